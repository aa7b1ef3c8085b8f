//! Whether words joined by a dot are an address to the people who read them.

use super::chain::Chain;
use super::dot::DotKind;
use super::host::is_numeric;
use super::reader::Reader;
use super::rules::{LinkRules, listed};
use super::tail;
use super::tld::{self, Tld};
use crate::detect::pii::ip::is_someones;
use crate::text::Dress;

/// Words before an address that say that one comes.
const LEAD_INS: [&str; 24] = [
    "at", "auf", "bei", "check", "domain", "en", "find", "goto", "hier", "http", "join", "link", "links", "na", "on",
    "open", "see", "site", "sur", "url", "via", "visit", "website", "www",
];

/// Words that are no name of a site and may well stand before ".com" or "dot com".
const NO_NAMES: [&str; 93] = [
    "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "best", "big", "but", "buy", "by", "cool",
    "dem", "den", "der", "die", "each", "early", "ein", "el", "every", "failed", "first", "for", "from", "get", "good",
    "great", "had", "has", "have", "he", "her", "him", "his", "how", "i", "in", "is", "it", "its", "just", "la", "le",
    "like", "love", "many", "me", "mi", "mini", "mon", "most", "mr", "my", "need", "new", "no", "not", "of", "old",
    "on", "only", "or", "other", "our", "polka", "she", "so", "some", "that", "the", "their", "them", "they", "this",
    "to", "u", "un", "una", "ur", "us", "was", "we", "what", "who", "with", "you", "your",
];

/// Whether a site can be called that where its address is spelled out.
pub(crate) fn is_name_of_site(word: &str) -> bool {
    !NO_NAMES.contains(&word)
}

/// Words after "dot com" that make it no address: Portuguese "with …", "the dot com bubble". Sorted.
const NOT_AFTER: [&str; 29] = [
    "boom",
    "bubble",
    "bust",
    "certeza",
    "companies",
    "company",
    "crash",
    "domain",
    "domains",
    "ela",
    "elas",
    "ele",
    "eles",
    "era",
    "essa",
    "esse",
    "isso",
    "licenca",
    "mais",
    "meu",
    "meus",
    "millionaire",
    "minha",
    "muita",
    "muito",
    "startup",
    "startups",
    "toda",
    "todo",
];

/// Words after a Portuguese "com" that begins a sentence. Sorted.
const PORTUGUESE: [&str; 12] =
    ["certeza", "ele", "essa", "esse", "isso", "licenca", "minha", "muita", "muito", "toda", "todo", "voce"];

/// Names of code and files that stand before an ending that is also a top-level domain. Sorted.
const CODE: [&str; 41] = [
    "ado",
    "app",
    "array",
    "asp",
    "build",
    "config",
    "console",
    "data",
    "document",
    "entity",
    "event",
    "file",
    "index",
    "install",
    "item",
    "java",
    "lib",
    "main",
    "math",
    "ml",
    "mod",
    "numpy",
    "obj",
    "object",
    "os",
    "package",
    "player",
    "prototype",
    "readme",
    "run",
    "script",
    "self",
    "setup",
    "src",
    "std",
    "sys",
    "system",
    "test",
    "this",
    "vb",
    "window",
];

/// Top-level domains that may be spelled out ("evil dot gg"). Sorted.
const SPELLED: [&str; 37] = [
    "app", "au", "biz", "ca", "cc", "ch", "club", "cn", "co", "com", "de", "dev", "eu", "fr", "gg", "gl", "info", "io",
    "link", "live", "ly", "me", "net", "nl", "online", "org", "pl", "pro", "ru", "shop", "site", "store", "top", "tv",
    "uk", "vip", "xyz",
];

/// Whether the label that begins at `i` is a top-level domain that may be spelled out, letter by letter or not.
pub(crate) fn begins_spelled_tld(reader: Reader, i: usize) -> bool {
    let step = if reader.is_word(i + 1) { 1 } else { 2 };
    SPELLED.iter().any(|tld| {
        let end = i + tld.len() * step;
        !reader.is_word(end) && tld.chars().zip((i..).step_by(step)).all(|(c, at)| reader.ch(at) == c)
    })
}

/// A reading of a chain that may be an address: its first `n` labels.
pub(crate) struct Reading<'c> {
    pub(crate) chain: &'c Chain,
    pub(crate) n: usize,
    /// The labels as they look, with dots between them.
    pub(crate) looks: &'c str,
    /// The byte after each of them.
    pub(crate) ends: &'c [usize],
}

impl Reading<'_> {
    fn end(&self) -> usize {
        self.chain.labels.get(self.n - 1).map_or(0, |label| label.end)
    }

    fn label(&self, i: usize) -> &str {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before] + 1);
        self.looks.get(start..self.ends[i]).unwrap_or_default()
    }

    fn labels(&self) -> impl DoubleEndedIterator<Item = &str> {
        (0..self.n).map(|i| self.label(i))
    }

    fn start(&self) -> usize {
        self.chain.labels.first().map_or(0, |label| label.start)
    }

    /// Whether the labels can be a host at all.
    fn is_well_formed(&self) -> bool {
        self.looks.len() <= 253
            && self.labels().all(|l| !l.is_empty() && !l.starts_with('-') && !l.ends_with('-'))
            && self.labels().rev().take(2).all(|l| !l.contains('_'))
    }

    /// Whether people read it as an address where no scheme says so.
    pub(crate) fn is_address(&self, reader: Reader, rules: &LinkRules) -> bool {
        if self.n < 2 || !self.is_well_formed() {
            return false;
        }
        if is_quad(self.looks) {
            return self.is_address_by_number(reader);
        }
        let Some(class) = self.tld(reader) else { return false };
        let weakest = self.chain.weakest(self.n);
        let dots = self.chain.dots.iter().take(self.n - 1);
        // `see this . evil.com`: once a dot is more than a dot, all after it are.
        if dots.skip_while(|&&dot| dot <= DotKind::Bracketed).any(|&dot| dot == DotKind::Plain) {
            return false;
        }
        let known = listed(&rules.deny, self.looks)
            || self.is_known(rules) && (class != Tld::Word || tail::has_path(reader, self.end()));
        if weakest > DotKind::Bracketed {
            return self.is_spelled(reader, weakest, known);
        }
        known || self.label(0) == "www" && self.n > 2 || self.is_name(reader, class)
    }

    fn is_known(&self, rules: &LinkRules) -> bool {
        [&rules.invites, &rules.shorteners, &rules.allow].iter().any(|list| listed(list, self.looks))
    }

    /// The class of the last label, as it looks or as it was written.
    fn tld(&self, reader: Reader) -> Option<Tld> {
        let looks = self.label(self.n - 1);
        let range = self.chain.labels.get(self.n - 1)?.clone();
        if range.len() < 2 || reader.is_digit(range.start) {
            return None;
        }
        let plain = range.clone().all(|i| reader.written(i).is_ascii());
        // A word of another alphabet that only looks like a domain: "не", "то", "со".
        let word = looks.len() < 3 && range.clone().any(|i| reader.dress(i).has(Dress::LOOKALIKE));
        let class = match looks {
            _ if word => None,
            "c0m" => Some(Tld::Sure),
            _ => tld::class(looks),
        };
        class.or_else(|| if plain { None } else { tld::class(&reader.source(range).to_lowercase()) })
    }

    /// Whether a dotted name is more likely a site than two sentences, a file or a number.
    fn is_name(&self, reader: Reader, class: Tld) -> bool {
        let (start, end) = (self.start(), self.end());
        let name = (0..self.n - 1).map(|i| self.label(i)).max_by_key(|label| label.len()).unwrap_or_default();
        let everyday = (0..self.n - 1).all(|i| tld::is_everyday(self.label(i)));
        let path = tail::has_path(reader, end);
        let tld = self.label(self.n - 1);
        let numeric = (0..self.n - 1).all(|i| self.label(i).bytes().all(|b| b.is_ascii_digit()));
        if numeric && (class != Tld::Sure || name.len() < 2) || self.is_code(class) {
            return false;
        }
        if matches!(reader.before(start), '@' | '#' | '$' | '/' | '\\' | '_') && reader.before(start - 1) != '/' {
            return class == Tld::Sure;
        }
        match class {
            Tld::Sure => !self.goes_on_as_speech(reader),
            Tld::Name => path || !everyday && !self.is_joined_sentence(reader) || self.n > 2 && !tld::is_word(tld),
            Tld::File => path && !everyday,
            Tld::Word if path => !everyday || tail::has_rich_path(reader, end),
            Tld::Word => !everyday && !self.is_joined_sentence(reader) && self.is_odd_enough(reader, name),
        }
    }

    /// `asp.net`, `self.health`, `main.rs`, `com.example.app`
    fn is_code(&self, class: Tld) -> bool {
        let known = CODE.binary_search(&self.label(self.n - 2)).is_ok();
        let reversed = self.n > 2 && matches!(self.label(0), "com" | "org" | "net");
        reversed || known && (class != Tld::Sure || self.label(self.n - 1).len() < 4 && !self.is_com())
    }

    fn is_com(&self) -> bool {
        self.label(self.n - 1) == "com"
    }

    /// Evidence for a name under a top-level domain that is a word.
    fn is_odd_enough(&self, reader: Reader, name: &str) -> bool {
        let end = self.end();
        let mixed = name.bytes().any(|b| b.is_ascii_digit() || b == b'-');
        let before = reader.skip_spaces_back(self.start());
        let lead_in = reader.folded(reader.word_start(before, 8)..before);
        let ends = reader.is_gap(reader.skip_spaces(end)) || matches!(reader.ch(end), '!' | ')' | ']' | ':' | '"');
        mixed || ends || name.len() >= 12 || LEAD_INS.contains(&lead_in.as_str())
    }

    /// `that was close.It is over`: the word after the dot begins a sentence.
    fn is_joined_sentence(&self, reader: Reader) -> bool {
        let Some(tld) = self.chain.labels.get(self.n - 1) else { return false };
        reader.is_upper(tld.start) && !reader.is_upper(tld.end - 1) && !reader.is_upper(self.start())
    }

    /// `legal.com certeza`: the word after a "com" makes it Portuguese, or talk about domains.
    fn goes_on_as_speech(&self, reader: Reader) -> bool {
        let end = self.end();
        let next = reader.skip_spaces(end);
        let word = reader.folded(next..reader.word_end(next, 12));
        self.is_com() && next > end && PORTUGUESE.binary_search(&word.as_str()).is_ok()
    }

    /// Whether a host with a dot that is more than a dot is meant as one.
    fn is_spelled(&self, reader: Reader, weakest: DotKind, known: bool) -> bool {
        let (name, tld) = (self.label(self.n - 2), self.label(self.n - 1));
        let path = tail::has_path(reader, self.end());
        let next = reader.skip_spaces(self.end());
        let word = reader.folded(next..reader.word_end(next, 12));
        if !is_name_of_site(name) || NOT_AFTER.binary_search(&word.as_str()).is_ok() || reader.is_word(self.end()) {
            return false;
        }
        let sure = matches!(tld, "com" | "net" | "org" | "xyz" | "ru");
        let ends = reader.is_gap(next) || path;
        match weakest {
            DotKind::Word => {
                known
                    || sure
                    || SPELLED.binary_search(&tld).is_ok() && (!tld::is_everyday(name) || ends && !tld::is_word(tld))
            }
            DotKind::Spaced => known || sure || SPELLED.binary_search(&tld).is_ok() && !tld::is_everyday(name),
            DotKind::SpaceBefore => path || sure && tld != "net",
            DotKind::SpaceAfter => path && SPELLED.binary_search(&tld).is_ok() || tld == "com" && ends,
            _ => tld == "com" && name.len() > 2 && ends || path && sure,
        }
    }

    /// Whether four numbers are an address and not a version.
    fn is_address_by_number(&self, reader: Reader) -> bool {
        let (start, end) = (self.start(), self.end());
        if self.n != self.chain.labels.len() || reader.is_word(end) || reader.before(start) == '.' {
            return false;
        }
        let before = reader.skip_spaces_back(start);
        let word = reader.folded(reader.word_start(before, 10)..before);
        let version = matches!(
            word.as_str(),
            "v" | "ver" | "version" | "patch" | "update" | "build" | "driver" | "firmware" | "release" | "chrome"
        );
        let digits = self.looks.len() - 3;
        if tail::port_end(reader, end) > end || tail::has_path(reader, end) {
            return true;
        }
        // "his ip is …" is about a person: `pii` finds it.
        digits > 6 && !version && !is_private(self.looks) && !is_someones(reader, start, end)
    }
}

/// Addresses inside someone's own network: nobody else gets anywhere with them.
fn is_private(host: &str) -> bool {
    ["10.", "127.", "192.168."].iter().any(|net| host.starts_with(net))
}

/// Whether `host` is four numbers below 256.
fn is_quad(host: &str) -> bool {
    host.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && host.bytes().filter(|&b| b == b'.').count() == 3
        && is_numeric(host)
        && host.split('.').all(|part| part.len() < 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        for list in [&LEAD_INS[..], &NO_NAMES, &NOT_AFTER, &PORTUGUESE, &CODE, &SPELLED] {
            let out: Vec<_> = list.windows(2).filter(|pair| pair[0] >= pair[1]).collect();
            assert!(out.is_empty(), "{out:?}");
        }
    }
}
