//! Where hashed keys are in a table in which each has a slot of its own: "Hash, displace, and compress", Belazzougui, Botelho and
//! Dietzfelbinger 2009. The keys of a bucket share a move, so that a key is looked up where it is or nowhere.

/// Where in a table a key is, as a fraction of 2<sup>32</sup>.
#[derive(Clone, Copy)]
pub struct Place(u32);

impl Place {
    /// The slot there, of so many (Lemire, "Fast random integer generation in an interval", 2019).
    #[inline]
    pub const fn within(self, slots: usize) -> usize {
        (self.0 as u64 * slots as u64 >> 32) as usize
    }
}

/// Where the keys of a hash are, moved by so much.
#[inline]
pub const fn by_move(hash: u64, by: u16) -> Place {
    // Near hashes have to come apart, in a small table too: times an odd number of 17 bits, they did not always.
    let moved = hash ^ (by as u64).wrapping_mul(0xd6e8_feb8_6659_fd93);
    Place((moved.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32)
}

/// The bucket of a hash, of as many as so many bits can say.
#[inline]
pub const fn bucket(hash: u64, bits: u32) -> usize {
    (hash >> (u64::BITS - bits)) as usize
}

/// How many slots so many keys need: the table is as full as it can be without a long search for the last ones.
#[allow(dead_code, reason = "the build script makes tables, the library uses them")]
pub const fn slots_for(keys: usize) -> usize {
    keys + keys / 64 + 1
}

/// The moves of all buckets, so that no two of these hashes have the same of [so many](slots_for) slots; none if there are too many, or
/// two are the same.
#[allow(dead_code, reason = "the build script makes tables, the library uses them")]
pub fn moves(hashes: &[u64], bits: u32) -> Option<Vec<u16>> {
    let mut buckets = vec![Vec::new(); 1 << bits];
    hashes.iter().for_each(|&hash| buckets[bucket(hash, bits)].push(hash));
    let mut taken = vec![false; slots_for(hashes.len())];
    let mut moves = vec![0; buckets.len()];
    let mut largest_first: Vec<usize> = (0..buckets.len()).collect();
    largest_first.sort_by_key(|&number| std::cmp::Reverse(buckets[number].len()));
    for number in largest_first {
        let places = |by: u16| {
            let mut slots: Vec<usize> =
                buckets[number].iter().map(|&hash| by_move(hash, by).within(taken.len())).collect();
            slots.sort_unstable();
            slots
        };
        let fits = |by: &u16| {
            let slots = places(*by);
            slots.windows(2).all(|two| two[0] != two[1]) && slots.iter().all(|&slot| !taken[slot])
        };
        moves[number] = (0..=u16::MAX).find(fits)?;
        places(moves[number]).into_iter().for_each(|slot| taken[slot] = true);
    }
    Some(moves)
}
