//! The library's rule compiler.

#[path = "../src/rules/automaton.rs"]
mod automaton;
#[path = "../src/rules/compile.rs"]
mod compile;
#[path = "../src/rules/folder.rs"]
pub mod folder;
#[path = "../src/rules/layer.rs"]
mod layer;
#[path = "../src/rules/source.rs"]
mod source;
#[path = "../src/rules/term.rs"]
mod term;
#[path = "../src/rules/words.rs"]
mod words;

pub use source::Mistakes;
