//! Columns as arrays of JSON: what one value of each kind of column looks like.

use model::{
    Aspect, Birthday, Clock, Consent, Currency, CustomerId, DictColumn, OrderFlags, OrderTime,
    Phase, TextColumn, TimeColumn,
};
use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A text that is not copied where it stands in the file as it is.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// A column whose values can be written one by one and read to its end.
pub(super) trait Cells {
    /// A value as it is written.
    type Out<'a>: Serialize
    where
        Self: 'a;
    /// A value as it is read.
    type In<'de>: Deserialize<'de>;

    fn rows(&self) -> usize;
    fn cell(&self, row: usize) -> Self::Out<'_>;
    /// Puts a value at the end; `false`: it is none of this column's.
    fn put(&mut self, value: Self::In<'_>) -> bool;
}

impl Cells for TextColumn {
    type Out<'a> = &'a str;
    type In<'de> = Text<'de>;

    fn rows(&self) -> usize {
        self.len()
    }

    fn cell(&self, row: usize) -> &str {
        self.get(row)
    }

    fn put(&mut self, value: Text<'_>) -> bool {
        self.push(&value.0);
        true
    }
}

impl Cells for DictColumn {
    type Out<'a> = &'a str;
    type In<'de> = Text<'de>;

    fn rows(&self) -> usize {
        self.codes.len()
    }

    fn cell(&self, row: usize) -> &str {
        self.get(row)
    }

    fn put(&mut self, value: Text<'_>) -> bool {
        self.push(&value.0);
        true
    }
}

/// A time with its clock: `{"utc": seconds}` or `{"wall": seconds}` on the shop's own clock.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Time {
    Utc(i64),
    Wall(i64),
}

impl Cells for TimeColumn {
    type Out<'a> = Option<Time>;
    type In<'de> = Option<Time>;

    fn rows(&self) -> usize {
        if self.clock.len() == self.at.len() { self.at.len() } else { usize::MAX }
    }

    fn cell(&self, row: usize) -> Option<Time> {
        match self.clock[row] {
            Clock::None => None,
            Clock::Instant => Some(Time::Utc(self.at[row])),
            Clock::Wall => Some(Time::Wall(self.at[row])),
        }
    }

    fn put(&mut self, value: Option<Time>) -> bool {
        self.push(value.map(|time| match time {
            Time::Utc(at) => OrderTime::Instant(at),
            Time::Wall(at) => OrderTime::Wall(at),
        }));
        true
    }
}

/// The currency of each order: a code, or `null` for the shop's own.
pub(super) struct Currencies<'a> {
    pub codes: &'a mut Vec<u8>,
    pub names: &'a mut Vec<Option<Currency>>,
}

impl Currencies<'_> {
    fn code_of(&mut self, currency: Option<Currency>) -> Option<u8> {
        let place = self.names.iter().position(|known| *known == currency).unwrap_or_else(|| {
            self.names.push(currency);
            self.names.len() - 1
        });
        u8::try_from(place).ok()
    }
}

impl Cells for Currencies<'_> {
    type Out<'a>
        = Option<&'static str>
    where
        Self: 'a;
    type In<'de> = Option<Text<'de>>;

    fn rows(&self) -> usize {
        self.codes.len()
    }

    fn cell(&self, row: usize) -> Option<&'static str> {
        self.names.get(usize::from(self.codes[row])).copied().flatten().map(Currency::code)
    }

    fn put(&mut self, value: Option<Text<'_>>) -> bool {
        let same = self.codes.last().copied().filter(|last| {
            let name = self.names[usize::from(*last)].map(Currency::code);
            name == value.as_ref().map(|it| &*it.0)
        });
        let code = same.or_else(|| match value {
            None => self.code_of(None),
            Some(text) => Currency::from_code(&text.0).and_then(|it| self.code_of(Some(it))),
        });
        self.codes.extend(code);
        code.is_some()
    }
}

/// A value of a plain column.
pub(super) trait Value: Copy {
    type Json: Serialize + for<'de> Deserialize<'de>;
    fn json(self) -> Self::Json;
    fn of_json(json: Self::Json) -> Option<Self>;
}

impl<T: Value> Cells for Vec<T> {
    type Out<'a>
        = T::Json
    where
        T: 'a;
    type In<'de> = T::Json;

    fn rows(&self) -> usize {
        self.len()
    }

    fn cell(&self, row: usize) -> T::Json {
        self[row].json()
    }

    fn put(&mut self, value: T::Json) -> bool {
        let value = T::of_json(value);
        self.extend(value);
        value.is_some()
    }
}

macro_rules! as_it_is {
    ($($type:ty)*) => {$(
        impl Value for $type {
            type Json = $type;

            fn json(self) -> $type {
                self
            }

            fn of_json(json: $type) -> Option<$type> {
                Some(json)
            }
        }
    )*};
}

as_it_is! { i32 i64 Option<u8> Option<u32> Option<i64> CustomerId }

/// The row of another table. Nobody's is `null` ([`model::NO_CUSTOMER`]).
impl Value for u32 {
    type Json = Option<u32>;

    fn json(self) -> Option<u32> {
        Some(self).filter(|row| *row != model::NO_CUSTOMER)
    }

    fn of_json(json: Option<u32>) -> Option<u32> {
        Some(json.unwrap_or(model::NO_CUSTOMER))
    }
}

impl Value for OrderFlags {
    type Json = u8;

    fn json(self) -> u8 {
        self.bits()
    }

    fn of_json(json: u8) -> Option<OrderFlags> {
        Some(OrderFlags::from_bits(json))
    }
}

impl Value for Option<Birthday> {
    type Json = Option<u32>;

    fn json(self) -> Option<u32> {
        self.map(Birthday::packed)
    }

    fn of_json(json: Option<u32>) -> Option<Self> {
        match json {
            None => Some(None),
            Some(packed) => Birthday::unpacked(packed).map(Some),
        }
    }
}

/// Values of few kinds, by name.
macro_rules! names {
    ($($type:ty as $names:ident: $($name:ident = $value:expr),+;)*) => {$(
        #[derive(Clone, Copy, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(super) enum $names { $($name),+ }

        impl Value for $type {
            type Json = $names;

            fn json(self) -> $names {
                let all = [$(($value, $names::$name)),+];
                all.iter().find(|(it, _)| *it == self).unwrap_or(&all[0]).1
            }

            fn of_json(json: $names) -> Option<$type> {
                Some(match json {
                    $($names::$name => $value),+
                })
            }
        }
    )*};
}

names! {
    Consent as ConsentName: Unknown = Consent::Unknown, Given = Consent::Given,
        Refused = Consent::Refused;
    Aspect as AspectName: Own = Aspect::Own, Expected = Aspect::Expected,
        Perceived = Aspect::Perceived, Value = Aspect::Value, Cost = Aspect::Cost;
    Option<Phase> as PhaseName: None = None, Presale = Some(Phase::Presale),
        Insale = Some(Phase::Insale), Aftersale = Some(Phase::Aftersale);
}

/// Writes some rows of a column as an array.
pub(super) fn write<C: Cells>(
    column: &C,
    rows: Range<usize>,
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    out.push(b'[');
    for row in rows.clone() {
        if row > rows.start {
            out.push(b',');
        }
        serde_json::to_writer(&mut *out, &column.cell(row))?;
    }
    out.push(b']');
    Ok(())
}

/// Reads an array to the end of a column.
pub(super) struct Reading<'a, C>(pub &'a mut C);

impl<'de, C: Cells> DeserializeSeed<'de> for Reading<'_, C> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de, C: Cells> Visitor<'de> for Reading<'_, C> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the values of a column")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        while let Some(value) = values.next_element::<C::In<'de>>()? {
            if !self.0.put(value) {
                return Err(A::Error::custom("a value that the column cannot hold"));
            }
        }
        Ok(())
    }
}
