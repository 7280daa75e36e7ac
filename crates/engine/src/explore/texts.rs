//! The texts that orders are told apart by, numbered over all imports: those of most first.

use crate::basket_columns::line_starts;
use crate::first_orders::product_name;
use crate::frame::CustomerField;
use crate::shop::Shop;
use analytics::Codes;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use protocol::Dimension;
use std::cmp::Reverse;
use std::ops::Range;

/// So many texts have a name of their own; the others are put together.
const MOST_TEXTS: usize = 40;

/// What the texts of a shop are, which holds as long as its orders do.
#[derive(Debug)]
pub struct Texts {
    /// Channels, by import and code there.
    pub channels: TextCodes<Vec<Vec<u32>>>,
    /// Products by name, by import and row there.
    pub products: TextCodes<Vec<Vec<u32>>>,
    /// By import, where the lines of each order begin, and the end; nothing without lines.
    line_starts: Vec<Vec<u32>>,
    /// Country, region and city, by customer.
    places: [TextCodes<Vec<u32>>; 3],
}

/// Texts with numbers, and what has which.
#[derive(Debug)]
pub struct TextCodes<T> {
    /// Those with a name of their own.
    pub names: Vec<String>,
    /// Whether there are others: their number is the one after the names.
    pub has_others: bool,
    /// The number of each; [`Codes::UNKNOWN`] without a text.
    pub codes: T,
}

impl Texts {
    /// Gathers them.
    pub fn new(shop: &Shop) -> Texts {
        let frame = &shop.frame;
        let place = |field| {
            let customers = 0..frame.customers.len() as u32;
            let text = |it| frame.customers.text(&frame.batches, it, field);
            let texts: Vec<&str> = customers.map(text).collect();
            let ranked = Ranked::of(texts.iter().map(|it| (*it, 1)));
            let codes = texts.iter().map(|it| ranked.place(it)).collect();
            ranked.with(codes)
        };
        let tables = || frame.batches.iter().map(|it| &it.tables);
        Texts {
            channels: channels(shop),
            products: products(shop),
            line_starts: tables().map(|it| line_starts(&it.lines.order, it.orders.len())).collect(),
            places: [CustomerField::Country, CustomerField::Region, CustomerField::City].map(place),
        }
    }

    /// The texts of customers, of a dimension that is one.
    pub fn of_customers(&self, dimension: Dimension) -> Option<&TextCodes<Vec<u32>>> {
        match dimension {
            Dimension::Country => Some(&self.places[0]),
            Dimension::Region => Some(&self.places[1]),
            Dimension::City => Some(&self.places[2]),
            _ => None,
        }
    }

    /// Whether some order has lines.
    pub fn has_lines(&self) -> bool {
        self.line_starts.iter().any(|it| !it.is_empty())
    }

    /// The lines of an order in its import.
    #[inline]
    pub fn lines_of(&self, batch: usize, row: usize) -> Range<usize> {
        match self.line_starts[batch].get(row..row + 2) {
            Some([begin, end]) => *begin as usize..*end as usize,
            _ => 0..0,
        }
    }
}

fn channels(shop: &Shop) -> TextCodes<Vec<Vec<u32>>> {
    let columns = || shop.frame.batches.iter().map(|it| &it.tables.orders.channel);
    let counts: Vec<Vec<u32>> = columns()
        .map(|column| {
            let mut counts = vec![0; column.names.len()];
            column.codes.iter().for_each(|code| counts[usize::from(*code)] += 1);
            counts
        })
        .collect();
    let named = columns().zip(&counts);
    let counted = named.flat_map(|(it, counts)| it.names.iter().zip(counts));
    let ranked = Ranked::of(counted.map(|(name, count)| (name.as_str(), *count)));
    let codes = columns()
        .map(|column| column.names.iter().map(|name| ranked.place(name)).collect())
        .collect();
    ranked.with(codes)
}

fn products(shop: &Shop) -> TextCodes<Vec<Vec<u32>>> {
    let tables = || shop.frame.batches.iter().map(|it| &it.tables);
    let counts: Vec<Vec<u32>> = tables()
        .map(|it| {
            let mut counts = vec![0; it.products.key.len()];
            it.lines.product.iter().for_each(|product| counts[*product as usize] += 1);
            counts
        })
        .collect();
    let counted = tables().zip(&counts).flat_map(|(it, counts)| {
        counts.iter().enumerate().map(|(row, count)| (product_name(it, row), *count))
    });
    let ranked = Ranked::of(counted);
    let codes = tables()
        .map(|it| (0..it.products.key.len()).map(|row| ranked.place(product_name(it, row))))
        .map(Iterator::collect)
        .collect();
    ranked.with(codes)
}

/// Texts by how often they occur.
struct Ranked<'a> {
    names: Vec<&'a str>,
    places: HashMap<&'a str, u32, FixedState>,
    has_others: bool,
}

impl<'a> Ranked<'a> {
    fn of(counted: impl Iterator<Item = (&'a str, u32)>) -> Ranked<'a> {
        let mut counts: HashMap<&str, u64, FixedState> = HashMap::default();
        for (text, count) in counted.filter(|(text, count)| !text.is_empty() && *count > 0) {
            *counts.entry(text).or_default() += u64::from(count);
        }
        let mut texts: Vec<(&str, u64)> = counts.into_iter().collect();
        tiny_sort::unstable::sort_by_key(&mut texts, |&(text, count)| (Reverse(count), text));
        let has_others = texts.len() > MOST_TEXTS;
        texts.truncate(MOST_TEXTS);
        let names: Vec<&str> = texts.into_iter().map(|(text, _)| text).collect();
        let places = names.iter().copied().zip(0..).collect();
        Ranked { names, places, has_others }
    }

    fn place(&self, text: &str) -> u32 {
        if text.is_empty() {
            return Codes::UNKNOWN;
        }
        self.places.get(text).copied().unwrap_or(self.names.len() as u32)
    }

    fn with<T>(self, codes: T) -> TextCodes<T> {
        let names = self.names.into_iter().map(str::to_owned).collect();
        TextCodes { names, has_others: self.has_others, codes }
    }
}
