//! How much a message may ask to be looked at closely: so many steps that no honest one comes near. There is no clock: a message
//! always takes the same.

use std::cell::Cell;

/// The steps of every message. Of 66,828 labelled ones that go through or are masked, seven in ten take none, abuse at most 0.52
/// of what it has, all others 0.51; of 15,820 made of them, joined to 500 characters, one in a hundred takes more than 0.59, and the
/// most is 0.88.
const BASE: u32 = 3_500;

/// What each of its glyphs brings.
const BRINGING: usize = 5;

/// What looking closely takes, in steps: about a hundred instructions each, counted where messages ask for much of it.
pub mod cost {
    /// To read a glyph in another way, and to search it.
    pub const READ: usize = 4;
    /// To see whether a term stands somewhere as it is written.
    pub const WRITTEN: usize = 18;
    /// What more it takes where it is not.
    pub const DISGUISED: usize = 10;
    /// And where its letters are there.
    pub const ALIGNED: usize = 20;
    /// And where each stands for itself.
    pub const SPELLED: usize = 25;
    /// To find a candidate.
    pub const FOUND: usize = 6;
    /// To ask what the rest of the message says about a hit.
    pub const JUDGED: usize = 15;
    /// To look for a list around one.
    pub const ASKED: usize = 5;
    /// To put the parts of a phrase together.
    pub const COMPLETED: usize = 6;
    /// So many candidates are passed over in a step.
    pub const PASSED: usize = 5;
}

/// The steps that are left to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effort {
    left: Cell<u32>,
    /// Those that were left when the last text began.
    before: Cell<u32>,
    is_spent: Cell<bool>,
    bounded: Cell<bool>,
}

impl Effort {
    /// That of a message of which nothing was read yet.
    pub const fn bounded() -> Self {
        Self { left: Cell::new(BASE), before: Cell::new(BASE), is_spent: Cell::new(false), bounded: Cell::new(true) }
    }

    /// That which is never spent.
    pub const fn boundless() -> Self {
        Self {
            left: Cell::new(u32::MAX),
            before: Cell::new(u32::MAX),
            is_spent: Cell::new(false),
            bounded: Cell::new(false),
        }
    }

    /// Whether more steps were asked for than were left. From then on, that nothing was found says nothing.
    pub const fn is_spent(&self) -> bool {
        self.is_spent.get()
    }

    /// The steps that the last text took so far, none in most; more than can be told where they have no bound.
    pub const fn taken(&self) -> u32 {
        if self.bounded.get() { self.before.get().saturating_sub(self.left.get()) } else { u32::MAX }
    }

    /// Makes it one that is never spent.
    pub fn unbind(&self) {
        self.left.set(u32::MAX);
        self.is_spent.set(false);
        self.bounded.set(false);
    }

    /// Leaves it what another has left.
    pub fn set(&self, other: &Self) {
        self.left.set(other.left.get());
        self.before.set(other.before.get());
        self.is_spent.set(other.is_spent.get());
    }

    /// A text of so many glyphs brings steps of its own.
    pub(super) fn grow(&self, glyphs: usize) {
        let more = u32::try_from(glyphs.saturating_mul(BRINGING)).unwrap_or(u32::MAX);
        self.left.set(self.left.get().saturating_add(more));
        self.before.set(self.left.get());
    }

    /// Takes so many steps; false if they are not left.
    #[inline]
    pub(super) fn take(&self, steps: usize) -> bool {
        if self.bounded.get() {
            let rest = u32::try_from(steps).ok().and_then(|steps| self.left.get().checked_sub(steps));
            self.left.set(rest.unwrap_or_default());
            self.is_spent.set(self.is_spent.get() | rest.is_none());
        }
        !self.is_spent.get()
    }

    /// Passes over so many candidates, each of which takes little.
    pub(super) fn pass(&self, candidates: usize) -> bool {
        self.take(candidates / cost::PASSED)
    }

    /// The most glyphs that other readings may have; with more of them, it is spent.
    pub(super) const fn most_read(&self) -> usize {
        self.left.get() as usize / cost::READ
    }

    /// Reads so many glyphs that are another reading of some.
    pub(super) fn read(&self, glyphs: usize) -> bool {
        self.take(glyphs.saturating_mul(cost::READ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_spent_by_what_is_more_than_it_has_and_stays_so() {
        let effort = Effort::bounded();
        effort.grow(10);
        let all = BASE as usize + 10 * BRINGING;
        assert!(effort.taken() == 0 && effort.take(3) && effort.taken() == 3);
        effort.grow(0);
        assert_eq!(effort.taken(), 0);
        let all = all - 3;
        assert!(effort.take(all) && !effort.is_spent());
        assert!(!effort.take(1) && effort.is_spent());
        effort.grow(1000);
        assert!(!effort.take(0));
        let other = Effort::bounded();
        effort.set(&other);
        assert_eq!(effort, other);
        assert!(effort.pass(cost::PASSED * BASE as usize) && !effort.pass(cost::PASSED));
        assert!(other.clone().read(other.most_read()) && !other.read(other.most_read() + 1) && other.is_spent());
        assert!(Effort::boundless().take(usize::MAX));
        other.unbind();
        assert!(!other.is_spent() && other.take(usize::MAX) && other.taken() == u32::MAX);
    }
}
