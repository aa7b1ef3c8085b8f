//! Writes the top-level domains, in ASCII and in Unicode, as sorted lines.

/// Every top-level domain of the root zone, as IANA publishes it.
pub fn lines() -> String {
    let ascii = tld::TLD.iter().map(|&name| name.to_owned());
    let unicode = tld::TLD.iter().filter(|name| name.starts_with("xn--")).map(|name| idna::domain_to_unicode(name).0);
    let mut all: Vec<String> = ascii.chain(unicode).collect();
    all.sort_unstable();
    all.dedup();
    all.join("\n") + "\n"
}
