//! Messages put together at random for tests, always the same ones.

#[path = "../bin/room-review/bench/random.rs"]
mod random;

pub use random::Random;

/// `count` messages of up to `most` pieces each.
pub fn of<'p>(pieces: &'p [&'p str], most: usize, count: usize) -> impl Iterator<Item = String> + 'p {
    let mut random = Random::new("mixture", &pieces.concat());
    (0..count).map(move |_| (0..=random.below(most)).map(|_| random.pick(pieces)).collect())
}
