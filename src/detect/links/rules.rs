//! The lists of hosts that decide what becomes of an address.

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::fmt;

/// Which hosts are allowed, which are denied, and which are named in the rule id. A host stands for its subdomains too.
///
/// Hosts are kept lower case and in their ASCII form (`xn--…`); deserializing maps them, and refuses what is no host. A list
/// that is not given is the one that ships.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinkRules {
    /// Hosts that are fine.
    #[serde(deserialize_with = "hosts")]
    pub allow: Vec<String>,
    /// Hosts that never are; wins over `allow`.
    #[serde(deserialize_with = "hosts")]
    pub deny: Vec<String>,
    /// Hosts that lead into another chat.
    #[serde(deserialize_with = "hosts")]
    pub invites: Vec<String>,
    /// Hosts that hide where a link goes.
    #[serde(deserialize_with = "hosts")]
    pub shorteners: Vec<String>,
}

/// The lists that ship.
const SHIPPED: &str = include_str!("../../../rules/links/default.toml");

impl LinkRules {
    /// No host is allowed, denied, or known by name.
    pub const fn empty() -> Self {
        Self { allow: Vec::new(), deny: Vec::new(), invites: Vec::new(), shorteners: Vec::new() }
    }
}

impl Default for LinkRules {
    /// The lists that ship (`rules/links/default.toml`).
    ///
    /// Every start pays for this, so the file is read by its lines, `name = [` and `"host",`; that a TOML parser reads the
    /// same from it is a test.
    fn default() -> Self {
        let mut rules = Self::empty();
        let mut list = &mut Vec::new();
        for line in SHIPPED.lines() {
            // Nearly all of them are hosts.
            if let Some(host) = line.strip_prefix("  \"").and_then(|host| host.strip_suffix("\",")) {
                list.push(host.to_owned());
                continue;
            }
            match line.split_once(" = ") {
                Some(("allow", _)) => list = &mut rules.allow,
                Some(("deny", _)) => list = &mut rules.deny,
                Some(("invites", _)) => list = &mut rules.invites,
                Some(("shorteners", _)) => list = &mut rules.shorteners,
                _ => {}
            }
        }
        rules
    }
}

/// A list of hosts in their ASCII form.
fn hosts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let hosts = Vec::<Host>::deserialize(deserializer)?;
    if hosts.len() > MOST_HOSTS {
        return Err(D::Error::custom(format!("more than {MOST_HOSTS} hosts would make every link too slow")));
    }
    Ok(hosts.into_iter().map(|host| host.0).collect())
}

/// The most hosts of a list: every address is compared with each.
const MOST_HOSTS: usize = 10_000;

/// One of them; a type of its own, so that a mistake is one of this item and not of the list.
struct Host(String);

impl<'de> Deserialize<'de> for Host {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl Visitor<'_> for Written {
            type Value = Host;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: Error>(self, host: &str) -> Result<Host, E> {
                if let Some(domain) = host.strip_prefix("*.") {
                    return Err(E::custom(format!("{host:?} is no host: {domain:?} stands for its subdomains too")));
                }
                let why = "expected a name such as \"example.com\", without https:// and without a path";
                let ascii = ascii_host(host).filter(|_| !host.contains('*'));
                ascii.map(Host).ok_or_else(|| E::custom(format!("{host:?} is no host: {why}")))
            }
        }
        deserializer.deserialize_str(Written)
    }
}

/// `host` after IDNA mapping (UTS #46): lower case, `xn--` for labels of other scripts. `None` where it is no host.
pub fn ascii_host(host: &str) -> Option<String> {
    let mapped = idna::domain_to_ascii_cow(host.as_bytes(), idna::AsciiDenyList::URL).ok()?;
    (!mapped.is_empty() && !mapped.starts_with('.') && !mapped.contains("..")).then(|| mapped.into_owned())
}

impl LinkRules {
    /// Whether a host leads into other chats or hides where it leads.
    pub(crate) fn leads_elsewhere(&self, host: &str) -> bool {
        let domains = Domains::of(host);
        domains.are_in(&self.invites) || domains.are_in(&self.shorteners)
    }
}

/// A host with the letters that its digits stand for: `disc0rd.gg` is read as `discord.gg`.
pub(crate) fn with_letters(host: &str) -> String {
    host.replace('0', "o").replace('1', "i")
}

/// A host and all domains that it is below.
pub(crate) struct Domains<'h> {
    host: &'h str,
    /// The [marks](mark) of it and of each domain.
    marks: u64,
}

impl<'h> Domains<'h> {
    /// Those of `host`.
    pub(crate) fn of(host: &'h str) -> Self {
        let (mut marks, mut before) = (0, b'.');
        for (at, &byte) in host.as_bytes().iter().enumerate() {
            marks |= u64::from(before == b'.') << mark(byte, host.len() - at);
            before = byte;
        }
        Self { host, marks }
    }

    /// Whether `list` has one of them.
    pub(crate) fn are_in(&self, list: &[String]) -> bool {
        list.chunks(64).any(|some| {
            // Most have another first letter or length: a bit for each that has not, without a branch for any.
            let mut like = some.iter().rev().fold(0, |like, known| {
                let first = known.as_bytes().first().copied().unwrap_or_default();
                like << 1 | self.marks >> mark(first, known.len()) & 1
            });
            while let Some(known) = some.get(like.trailing_zeros() as usize) {
                if is_within(self.host, known) {
                    return true;
                }
                like &= like - 1;
            }
            false
        })
    }
}

/// One of 64 numbers for a host of so many bytes that begins with this one.
const fn mark(first: u8, len: usize) -> u32 {
    (len as u32 ^ (first as u32) << 2) & 63
}

/// Whether `host` is `domain` or a subdomain of it.
fn is_within(host: &str, domain: &str) -> bool {
    let above = host.strip_suffix(domain);
    above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
}
