//! A number for what some bytes are.

/// FNV-1a: a name for a state of the rules, or a draw that is always the same; no defence against who wants two alike.
pub fn fingerprint(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the test vectors of its authors.
    #[test]
    fn it_is_fnv_1a() {
        let cases = [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)];
        let wrong: Vec<_> = cases.iter().filter(|(text, want)| fingerprint(text.bytes()) != *want).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
