//! Where phrases are laid over one another: not at a start, which has no time for it.

/// Words in which some phrases stand already, and where: none. Those that ship were laid together by `build/phrases.rs`.
pub fn together(_: impl Iterator<Item = Vec<u16>>) -> (Vec<u16>, Vec<(Vec<u16>, usize)>) {
    (Vec::new(), Vec::new())
}
