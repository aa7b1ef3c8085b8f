//! Addresses whose dots stay out, or stand between all of their letters.

use super::chain::{self, Letters};
use super::host::{Host, Means};
use super::reader::Reader;
use super::rules::{LinkRules, with_letters};
use super::words::{SITES, has};
use super::{Address, Step, dot, evidence, tail, tld};

/// `discord gg/abc`, `bit ly/abc`, `.gg/abc`, `tiktok com / @abc`, the slash of it at `i`: a host so well known that its dot, or its
/// name, can stay out; or a "com" that a path makes one.
pub(super) fn site(reader: Reader, i: usize, floor: usize, rules: &LinkRules) -> Step {
    let end = reader.skip_spaces_back(i);
    let path = reader.skip_spaces(i + 1);
    let handle = usize::from(reader.ch(path) == '@');
    let tld = reader.word_start(end, 10).max(floor);
    if tld == end || !reader.is_word(path + handle) || (end < i) != (path > i + 1) {
        return Step::On(i + 1);
    }
    let name = tld.saturating_sub(1);
    let start = reader.word_start(name, 24);
    let is_nameless = start == name && dot::is_dot(reader.ch(name)) && reader.is_gap(name.wrapping_sub(1));
    let looks = reader.folded(start..end);
    let start = match looks.as_str() {
        ".gg" if is_nameless && end == i => name,
        _ if reader.reads(tld, "discordgg/") => tld,
        _ if start < name && start >= floor && reader.is_space(name) => {
            let written = looks.replace(' ', ".");
            let looks = if rules.leads_elsewhere(&written) { written } else { with_letters(&written) };
            let known = rules.leads_elsewhere(&looks) || has(SITES, &looks);
            if !known && looks.rsplit('.').next() != Some("com") {
                return Step::On(i + 1);
            }
            let word = reader.folded(path + handle..reader.word_end(path + handle, 64));
            // "about me/you" is none, and neither is "line me/you".
            let odd = || handle > 0 || word.len() > 4 && !tld::is_said(&word);
            let odd = || odd() || end == i && tail::has_telling_path(reader, i);
            // "twitch tv / youtube which one"
            let last = reader.is_gap(reader.skip_spaces(reader.word_end(path, 64)));
            let listed = [".com", ".tv"].iter().any(|tld| has(SITES, &format!("{word}{tld}")));
            let named = handle > 0 || reader.ch(reader.word_end(path, 64)) == '_';
            let known = known && (end == i || named || odd() && last && !listed);
            let means = match tld::class(&reader.folded(tld..end)) {
                Some(tld::Tld::Word) => known && odd(),
                _ => known || is_com(&looks) && odd(),
            };
            return if means { Step::Found(undotted(reader, start, end, looks)) } else { Step::On(i + 1) };
        }
        _ => return Step::On(i + 1),
    };
    Step::Found(undotted(reader, start, i, "discord.gg".into()))
}

/// `frostgate.com`, which was written with a space and before a path: a name that no language has, and no Portuguese
/// "jogando com/contra".
fn is_com(looks: &str) -> bool {
    let name = looks.strip_suffix(".com").filter(|name| name.len() > 3);
    name.is_some_and(|name| !tld::is_said(name) && !name.ends_with("ndo"))
}

/// The address that begins at `start`, and whose host ends at `host_end` and means `looks`.
#[inline(never)]
fn undotted(reader: Reader, start: usize, host_end: usize, looks: String) -> Address {
    let host = Host { means: Means::of(&looks), looks };
    Address { glyphs: start..tail::end(reader, host_end), host, host_end, user: String::new(), spelled: true }
}

/// `www evil com`, `www.evil com`, `www,evil,com`: after a "www" that begins at `i`, the dots can stay out.
pub(super) fn www(reader: Reader, i: usize) -> Step {
    let after = i + 3;
    if !reader.reads(i, "www") || reader.is_word(after) {
        return Step::On(i + 1);
    }
    let dash = |i| usize::from(matches!(reader.ch(i), '-' | '_'));
    // A comma with a space behind it is a comma.
    let mark = |i| usize::from(dot::is_dot(reader.ch(i)) || dot::is_mark(reader.ch(i)) && reader.is_word(i + 1));
    let dashed = dash(after) > 0;
    let name = reader.skip_spaces(after + mark(after) + dash(after));
    let name_end = if dashed { reader.word_end(name, 63) } else { chain::label_end(reader, name, Letters::Usual) };
    if name <= after || name_end == name || dot::is_dot(reader.ch(name_end)) {
        return Step::On(i + 1);
    }
    let tld = if dashed { name_end + dash(name_end) } else { reader.skip_spaces(name_end + mark(name_end)) };
    let end = reader.word_end(tld, 4);
    let is_tld = matches!(reader.folded(tld..end).as_str(), "com" | "net" | "org" | "ru" | "xyz" | "tv" | "gg");
    if tld == name_end || !is_tld || !evidence::is_name_of_site(&reader.folded(name..name_end)) {
        return Step::On(i + 1);
    }
    let looks = format!("{}.{}", reader.folded(name..name_end), reader.folded(tld..end));
    Step::Found(undotted(reader, i, end, looks))
}

/// `e.v.i.l.s.i.t.e.c.o.m`: a row of letters with dots between them that begins at `start`.
pub(super) fn letters(reader: Reader, start: usize) -> Option<Step> {
    let single = |i: usize| reader.is_word(i) && !reader.is_word(i + 1);
    let dots =
        (start..start + LONGEST_ROW).step_by(2).take_while(|&i| single(i) && reader.ch(i + 1) == '.' && single(i + 2));
    let end = dots.last()? + 3;
    let letters: String = (start..end).step_by(2).map(|i| reader.ch(i)).collect();
    let name = letters.strip_suffix("com").filter(|name| name.len() > 3);
    Some(name.map_or(Step::On(end), |name| Step::Found(undotted(reader, start, end, format!("{name}.com")))))
}

/// The longest row of letters and dots that is read as an address.
const LONGEST_ROW: usize = 80;
