//! Addresses, as people read them.

use super::Hit;
use crate::text::Text;

/// Which hosts are allowed and which are denied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkRules {
    /// Hosts that are fine, subdomains included.
    pub allow: Vec<String>,
    /// Hosts that never are; wins over `allow`.
    pub deny: Vec<String>,
}

/// Appends a hit for every address in `content` that `rules` do not allow.
pub fn find<'r>(_content: &str, _text: &Text, _rules: &'r LinkRules, _hits: &mut Vec<Hit<'r>>) {}
