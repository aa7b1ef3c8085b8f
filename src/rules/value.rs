//! Hands what a file says to serde, value by value.
//!
//! The deserializer of `toml` does the same for any type of value that any type may ask for, and each type that is read makes
//! another copy of that: it was a tenth of the function. This one answers what our types ask, and borrows the document.

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_spanned::de::{SpannedDeserializer, is_spanned};
use std::fmt::{self, Display};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeInteger, DeString, DeTable, DeValue};

/// What is wrong with a value, and the bytes where it stands.
#[derive(Debug)]
pub struct Error(Box<(String, Option<Range<usize>>)>);

impl Error {
    /// What is wrong, in serde's words.
    pub fn message(&self) -> &str {
        &self.0.0
    }

    /// Where.
    pub fn span(&self) -> Option<Range<usize>> {
        self.0.1.clone()
    }

    /// The same, in this place if it has none yet.
    #[cold]
    #[inline(never)]
    fn within(mut self, span: &Range<usize>) -> Self {
        self.0.1.get_or_insert_with(|| span.clone());
        self
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    #[cold]
    fn custom<T: Display>(message: T) -> Self {
        Self(Box::new((message.to_string(), None)))
    }
}

/// A value, or a key, where it stands.
#[derive(Clone)]
pub struct Value<'v> {
    what: What<'v>,
    span: Range<usize>,
}

#[derive(Clone, Copy)]
enum What<'v> {
    Text(&'v str),
    Integer(&'v DeInteger<'v>),
    Boolean(bool),
    List(&'v DeArray<'v>),
    Table(&'v DeTable<'v>),
    /// Nobody asks for the others.
    Other(&'v DeValue<'v>),
}

impl<'v> From<&'v Spanned<DeTable<'v>>> for Value<'v> {
    fn from(table: &'v Spanned<DeTable<'v>>) -> Self {
        Self { what: What::Table(table.get_ref()), span: table.span() }
    }
}

impl<'v> From<&'v Spanned<DeValue<'v>>> for Value<'v> {
    #[inline(never)]
    fn from(value: &'v Spanned<DeValue<'v>>) -> Self {
        let what = match value.get_ref() {
            DeValue::String(text) => What::Text(text),
            DeValue::Integer(number) => What::Integer(number),
            DeValue::Boolean(is) => What::Boolean(*is),
            DeValue::Array(list) => What::List(list),
            DeValue::Table(table) => What::Table(table),
            other => What::Other(other),
        };
        Self { what, span: value.span() }
    }
}

impl<'v> From<&'v Spanned<DeString<'v>>> for Value<'v> {
    fn from(key: &'v Spanned<DeString<'v>>) -> Self {
        Self { what: What::Text(key.get_ref()), span: key.span() }
    }
}

impl Value<'_> {
    /// That something else was expected.
    #[cold]
    #[inline(never)]
    fn refused(&self, expected: &dyn de::Expected) -> Error {
        let large;
        let found = match self.what {
            What::Text(text) => Unexpected::Str(text),
            What::Integer(number) => match integer(number) {
                Some(number) => Unexpected::Signed(number),
                None => {
                    large = format!("integer `{number}`");
                    Unexpected::Other(&large)
                }
            },
            What::Boolean(is) => Unexpected::Bool(is),
            What::List(_) => Unexpected::Seq,
            What::Other(DeValue::Float(number)) => Unexpected::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            What::Table(_) | What::Other(_) => Unexpected::Map,
        };
        Error::invalid_type(found, expected)
    }
}

/// The number, if it is not too large for any of ours.
fn integer(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

impl<'de> IntoDeserializer<'de, Error> for Value<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Asks a visitor for the one kind of value that it is for.
macro_rules! only {
    ($($method:ident: $pattern:pat => |$visitor:ident| $visit:expr;)*) => {$(
        #[inline(never)]
        fn $method<V: Visitor<'de>>(self, $visitor: V) -> Result<V::Value, Error> {
            match self.what {
                $pattern => $visit,
                _ => Err(self.refused(&$visitor)),
            }
            .map_err(|error: Error| error.within(&self.span))
        }
    )*};
}

/// Answers some questions as another.
macro_rules! same {
    ($($($method:ident)+ => $other:ident;)*) => {$($(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$other(visitor)
        }
    )+)*};
}

// Not inlined: what asks for the same kind of value then shares one copy of the answer.
impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.what {
            What::Text(_) => self.deserialize_str(visitor),
            What::List(_) => self.deserialize_seq(visitor),
            What::Table(_) => self.deserialize_map(visitor),
            _ => Err(self.refused(&visitor).within(&self.span)),
        }
    }

    only! {
        deserialize_str: What::Text(text) => |visitor| visitor.visit_str(text);
        deserialize_bool: What::Boolean(is) => |visitor| visitor.visit_bool(is);
        deserialize_seq: What::List(list) => |visitor| visitor.visit_seq(Items(list.iter()));
        deserialize_map: What::Table(table) => |visitor| visitor.visit_map(Entries { rest: table.iter(), value: None });
    }

    #[inline(never)]
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let number = if let What::Integer(number) = self.what { integer(number) } else { None };
        match number {
            Some(number) => visitor.visit_i64(number),
            None => Err(self.refused(&visitor)),
        }
        .map_err(|error: Error| error.within(&self.span))
    }

    #[inline(never)]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if is_spanned(name) {
            let span = self.span.clone();
            return visitor.visit_map(SpannedDeserializer::new(self, span));
        }
        self.deserialize_map(visitor)
    }

    #[inline(never)]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.what {
            What::Text(word) => visitor.visit_enum(StrDeserializer::new(word)),
            _ => Err(Error::custom("wanted string or table")),
        }
        .map_err(|error| error.within(&self.span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    same! {
        deserialize_u8 deserialize_u32 deserialize_u64 => deserialize_i64;
        deserialize_string deserialize_char deserialize_identifier => deserialize_str;
    }

    forward_to_deserialize_any! { i8 i16 i32 u16 f32 f64 bytes byte_buf unit unit_struct tuple tuple_struct }
}

/// The items of a list.
struct Items<'v>(std::slice::Iter<'v, Spanned<DeValue<'v>>>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Error;

    #[inline(never)]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.next().map(|item| seed.deserialize(Value::from(item))).transpose()
    }
}

/// The entries of a table.
struct Entries<'v> {
    rest: toml::map::Iter<'v, Spanned<DeString<'v>>, Spanned<DeValue<'v>>>,
    value: Option<&'v Spanned<DeValue<'v>>>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Error;

    #[inline(never)]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        let key = Value::from(key);
        let span = key.span.clone();
        seed.deserialize(key).map(Some).map_err(|error| error.within(&span))
    }

    #[inline(never)]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let value = self.value.take().ok_or_else(|| Error::custom("a value without its key"))?;
        seed.deserialize(Value::from(value)).map_err(|error| error.within(&value.span()))
    }
}
