//! What stands directly before a host and makes it a part of something else, to people and to what makes links of text.

use super::reader::Reader;
use super::scheme;
use super::words::{ANNOUNCES, has};

/// Whether the host that begins at `i` is the rest of a tag, a share, a name or a path: `#evil.com`, `$evil.com`, `@evil.com`,
/// `notes//evil.com`. What makes links of text (twitter-text, linkify-it, GFM) leaves these alone: nobody is a click away.
///
/// A hyphen or an underscore makes nothing of the kind: people write lists (`-evil.com`) and emphasis (`_evil.com_`) with them.
pub(super) fn makes_part(reader: Reader, i: usize) -> bool {
    match reader.before(i) {
        // With more before the mark it is no tag, but a torn e-mail address as a rule: `a;@evil.com`.
        '#' | '$' | '@' => {
            reader.is_gap(i.wrapping_sub(2)) || matches!(reader.before(i - 1), '.' | '(' | '[' | '"' | '\'')
        }
        // What is left of a torn e-mail address: `joe@.evil.com`.
        '.' | '-' => i > 1 && reader.before(i - 1) == '@',
        '/' => is_inner_slash(reader, i),
        _ => false,
    }
}

/// Whether the slashes that end at `i` are more than one and begin nothing: after a word that is no scheme, or three of them.
fn is_inner_slash(reader: Reader, i: usize) -> bool {
    let slashes = (0..4).take_while(|&n| i > n && reader.ch(i - 1 - n) == '/').count();
    let start = i - slashes;
    let glued = || {
        let joins = start > 0 && (reader.is_word(start - 1) || reader.before(start) == '_');
        joins && scheme::web_before(reader, start, 0).is_none()
    };
    slashes > 2 || slashes == 2 && glued()
}

/// Whether a word before the mark says that an address comes: `visit #evil.com`.
pub(super) fn is_announced(reader: Reader, i: usize) -> bool {
    let end = reader.skip_spaces_back(i.saturating_sub(1));
    let end = end - usize::from(reader.before(end) == ':');
    let word = reader.folded(reader.word_start(end, 10)..end);
    has(ANNOUNCES, &word) || word == "to" && end > 4 && reader.reads(end - 5, "go to")
}
