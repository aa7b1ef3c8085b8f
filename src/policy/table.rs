//! Reads a table whose values depend on their keys, which serde derives nothing for.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// What a table is read into, pair by pair.
pub trait Table<'de>: Default {
    /// What a mistake says that it expected.
    const EXPECTED: &'static str = "a map";

    /// A key.
    type Key: Deserialize<'de>;

    /// Takes a key, whose value is the next that `map` has.
    fn put<A: MapAccess<'de>>(&mut self, key: Self::Key, map: &mut A) -> Result<(), A::Error>;

    /// Reads all of it.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<T>(PhantomData<T>);

        impl<'de, T: Table<'de>> Visitor<'de> for Pairs<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
                let mut table = T::default();
                while let Some(key) = map.next_key()? {
                    table.put(key, &mut map)?;
                }
                Ok(table)
            }
        }

        deserializer.deserialize_map(Pairs(PhantomData))
    }
}
