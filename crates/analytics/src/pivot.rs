//! Orders counted by several of their properties at once.

/// An order, or the share of it that one of its products has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PivotFact {
    /// Which order: the facts of one come one after the other.
    pub order: u32,
    /// Whose it is, if known: the orders of one customer come one after the other.
    pub customer: Option<u32>,
    /// Whether it is an order at all, and not a refund that names none.
    pub is_order: bool,
    /// Whether it is a valid order.
    pub counts: bool,
    /// Whether it is its customer's first valid order.
    pub is_first: bool,
    /// Amount before refunds, in minor units; 0 unless it counts.
    pub gross: i64,
    /// What was given back of it, in minor units; 0 unless it counts.
    pub refunded: i64,
    /// A refund that names no order, in minor units.
    pub given_back: i64,
    /// Pieces, in thousandths; 0 unless it counts.
    pub items_milli: i64,
}

/// What the orders of a cell add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PivotCell {
    /// Orders of any state.
    pub placed: u32,
    /// Valid orders.
    pub orders: u32,
    /// Customers with a valid order here, each once.
    pub customers: u32,
    /// Customers whose first valid order is here.
    pub new_customers: u32,
    /// Amount of the valid orders before refunds, in minor units.
    pub gross: i64,
    /// What was given back of the valid orders, in minor units.
    pub refunded: i64,
    /// Refunds that name no order, in minor units.
    pub given_back: i64,
    /// The part of the net that is known customers', in minor units.
    pub known_net: i64,
    /// Pieces, in thousandths.
    pub items_milli: i64,
}

impl PivotCell {
    /// Net of all refunds, in minor units.
    pub const fn net(&self) -> i64 {
        self.gross.saturating_sub(self.refunds())
    }

    /// All refunds, in minor units.
    pub const fn refunds(&self) -> i64 {
        self.refunded.saturating_add(self.given_back)
    }

    /// Refunds ÷ amount before them; `None` without an amount.
    pub fn refund_share(&self) -> Option<f64> {
        (self.gross > 0).then(|| self.refunds() as f64 / self.gross as f64)
    }

    /// Net of the valid orders ÷ their number, in minor units, as [`Kpis::aov`](crate::Kpis::aov).
    pub fn order_value(&self) -> Option<f64> {
        let net = self.gross.saturating_sub(self.refunded);
        (self.orders > 0).then(|| net as f64 / f64::from(self.orders))
    }

    /// Net of known customers ÷ customers, in minor units.
    pub fn net_per_customer(&self) -> Option<f64> {
        (self.customers > 0).then(|| self.known_net as f64 / f64::from(self.customers))
    }

    /// Whether nothing is in it.
    pub const fn is_empty(&self) -> bool {
        self.placed == 0 && self.given_back == 0
    }

    fn add_amounts(&mut self, fact: &PivotFact) {
        self.gross = self.gross.saturating_add(fact.gross);
        self.refunded = self.refunded.saturating_add(fact.refunded);
        self.given_back = self.given_back.saturating_add(fact.given_back);
        self.items_milli = self.items_milli.saturating_add(fact.items_milli);
        if fact.customer.is_some() {
            let net = fact.gross - fact.refunded - fact.given_back;
            self.known_net = self.known_net.saturating_add(net);
        }
    }
}

/// The order and the customer, each plus one, that a cell has counted last.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    order: u32,
    customer: u32,
}

/// A table of up to three dimensions with the sums of each.
///
/// An order with several products is in several cells and counts once in each of them and in each of
/// their sums; so does a customer. Sums are therefore counted, not added up, and do not depend on the
/// sequence of the dimensions.
#[derive(Debug, Clone)]
pub struct Pivot {
    /// How many places each dimension has, that of the sum after the others.
    places: Vec<usize>,
    cells: Vec<PivotCell>,
    counted: Vec<Counted>,
}

impl Pivot {
    /// An empty table with so many labels in each dimension.
    pub fn new(labels: &[usize]) -> Self {
        let places: Vec<usize> = labels.iter().map(|labels| labels + 1).collect();
        let count = places.iter().product();
        let cells = vec![PivotCell::default(); count];
        Self { places, cells, counted: vec![Counted::default(); count] }
    }

    /// Counts a fact whose labels are at these places, one a dimension.
    ///
    /// # Panics
    ///
    /// If a place is not one of its dimension's.
    pub fn add(&mut self, at: &[u32], fact: &PivotFact) {
        debug_assert!(at.iter().zip(&self.places).all(|(at, places)| (*at as usize) < places - 1));
        for sums in 0..1_usize << self.places.len() {
            let mut cell = 0;
            for (dimension, places) in self.places.iter().enumerate() {
                let is_sum = sums >> dimension & 1 == 1;
                cell = cell * places + if is_sum { places - 1 } else { at[dimension] as usize };
            }
            self.count(cell, fact);
        }
    }

    fn count(&mut self, cell: usize, fact: &PivotFact) {
        let (figures, counted) = (&mut self.cells[cell], &mut self.counted[cell]);
        figures.add_amounts(fact);
        if counted.order != fact.order + 1 {
            counted.order = fact.order + 1;
            figures.placed += u32::from(fact.is_order);
            figures.orders += u32::from(fact.counts);
            figures.new_customers += u32::from(fact.is_first);
        }
        if let Some(customer) = fact.customer.filter(|_| fact.counts)
            && counted.customer != customer + 1
        {
            counted.customer = customer + 1;
            figures.customers += 1;
        }
    }

    /// The cell at these places, one a dimension; the place after the last label is the sum's.
    ///
    /// # Panics
    ///
    /// If there is no such place.
    pub fn cell(&self, at: &[usize]) -> &PivotCell {
        let index = at.iter().zip(&self.places).fold(0, |cell, (at, places)| cell * places + at);
        &self.cells[index]
    }

    /// Every cell that has something, sums among them, with its places.
    pub fn filled(&self) -> impl Iterator<Item = (Vec<u32>, &PivotCell)> {
        let cells = self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        cells.map(|(index, cell)| (self.places_of(index), cell))
    }

    fn places_of(&self, mut index: usize) -> Vec<u32> {
        let mut at = vec![0; self.places.len()];
        for (place, places) in at.iter_mut().zip(&self.places).rev() {
            *place = (index % places) as u32;
            index /= places;
        }
        at
    }
}

/// Shares an amount among parts by their weights: in proportion, and exactly the amount together.
///
/// Weights below 0 weigh nothing; where nothing weighs anything, all are alike. Each part is what the
/// rounded running sum grows by.
pub fn share_out(amount: i64, weights: &[i64], mut part: impl FnMut(usize, i64)) {
    let total: i128 = weights.iter().map(|it| i128::from((*it).max(0))).sum();
    let (mut sum, mut given) = (0_i128, 0_i64);
    for (at, weight) in weights.iter().enumerate() {
        let (weight, total) = match total {
            0 => (1, weights.len() as i128),
            total => (i128::from((*weight).max(0)), total),
        };
        sum += weight;
        let until = (i128::from(amount) * sum).div_euclid(total) as i64;
        part(at, until - given);
        given = until;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fact(order: u32, customer: Option<u32>, gross: i64) -> PivotFact {
        PivotFact {
            order,
            customer,
            is_order: true,
            counts: true,
            is_first: false,
            gross,
            refunded: 0,
            given_back: 0,
            items_milli: 1_000,
        }
    }

    #[test]
    fn a_customer_counts_once_in_each_cell_and_each_sum() {
        // Rows: two months. Columns: two channels.
        let mut pivot = Pivot::new(&[2, 2]);
        pivot.add(&[0, 0], &PivotFact { is_first: true, ..fact(0, Some(0), 1_000) });
        pivot.add(&[0, 1], &fact(1, Some(0), 2_000));
        pivot.add(&[1, 1], &PivotFact { refunded: 500, ..fact(2, Some(0), 3_000) });
        pivot.add(&[1, 1], &PivotFact { is_first: true, ..fact(3, Some(1), 4_000) });
        pivot.add(&[1, 0], &fact(4, None, 700));
        let cancelled =
            PivotFact { counts: false, gross: 0, items_milli: 0, ..fact(5, Some(2), 0) };
        pivot.add(&[1, 0], &cancelled);
        let sum = pivot.cell(&[2, 2]);
        assert_eq!((sum.placed, sum.orders, sum.customers, sum.new_customers), (6, 5, 2, 2));
        assert_eq!((sum.net(), sum.known_net, sum.items_milli), (10_200, 9_500, 5_000));
        assert_eq!((sum.order_value(), sum.net_per_customer()), (Some(2_040.0), Some(4_750.0)));
        let customers: Vec<u32> = [[0, 0], [0, 1], [0, 2], [1, 1], [1, 2], [2, 0], [2, 1]]
            .map(|at| pivot.cell(&at).customers)
            .into();
        assert_eq!(customers, [1, 1, 1, 2, 2, 1, 2]);
        assert_eq!(pivot.cell(&[1, 0]).net_per_customer(), None);
        assert_eq!(pivot.filled().count(), 9);
        let filled = pivot.filled().all(|(at, cell)| {
            let at: Vec<usize> = at.iter().map(|it| *it as usize).collect();
            pivot.cell(&at) == cell
        });
        assert!(filled);
    }

    #[test]
    fn an_order_of_two_products_is_one_order_in_the_sum() {
        let mut pivot = Pivot::new(&[2]);
        pivot.add(&[0], &PivotFact { is_first: true, ..fact(0, Some(0), 600) });
        pivot.add(&[1], &PivotFact { is_first: true, ..fact(0, Some(0), 400) });
        let orders: Vec<(u32, u32, i64)> = (0..3)
            .map(|at| pivot.cell(&[at]))
            .map(|it| (it.orders, it.new_customers, it.net()))
            .collect();
        assert_eq!(orders, [(1, 1, 600), (1, 1, 400), (1, 1, 1_000)]);
    }

    #[test]
    fn a_refund_that_names_no_order_lowers_net_alone() {
        let mut pivot = Pivot::new(&[1]);
        pivot.add(&[0], &fact(0, None, 1_000));
        let refund = PivotFact {
            is_order: false,
            counts: false,
            given_back: 300,
            items_milli: 0,
            ..fact(1, None, 0)
        };
        pivot.add(&[0], &refund);
        let sum = pivot.cell(&[1]);
        assert_eq!((sum.placed, sum.orders, sum.net(), sum.refunds()), (1, 1, 700, 300));
        assert_eq!((sum.refund_share(), sum.order_value()), (Some(0.3), Some(1_000.0)));
    }

    #[test]
    fn an_amount_is_shared_by_weight() {
        for (amount, weights, parts) in [
            (1_000, vec![600, 400], vec![600, 400]),
            (100, vec![1, 1, 1], vec![33, 33, 34]),
            (-100, vec![1, 1, 1], vec![-34, -33, -33]),
            (90, vec![0, 0], vec![45, 45]),
            (90, vec![-5, 10], vec![0, 90]),
            (90, vec![], vec![]),
        ] {
            let mut found = vec![0; weights.len()];
            share_out(amount, &weights, |at, part| found[at] = part);
            assert_eq!(found, parts, "{amount} by {weights:?}");
        }
    }

    proptest! {
        #[test]
        fn parts_are_the_amount(amount in any::<i32>(), weights in prop::collection::vec(-9..9_000_i64, 1..8)) {
            let mut sum = 0;
            share_out(amount.into(), &weights, |_, part| sum += part);
            prop_assert_eq!(sum, i64::from(amount));
        }

        #[test]
        fn sums_do_not_depend_on_the_sequence_of_dimensions(
            rows in prop::collection::vec((0..4_u32, 0..3_u32, 0..5_u32, prop::option::of(0..6_u32), -50..900_i64), 0..60),
        ) {
            // The orders of a customer come one after the other.
            let mut rows = rows;
            rows.sort_by_key(|it| it.3);
            let (mut there, mut back) = (Pivot::new(&[4, 3, 5]), Pivot::new(&[5, 3, 4]));
            for (order, (a, b, c, customer, gross)) in (0..).zip(&rows) {
                let fact = fact(order, *customer, *gross);
                there.add(&[*a, *b, *c], &fact);
                back.add(&[*c, *b, *a], &fact);
            }
            for a in 0..=4 {
                for b in 0..=3 {
                    for c in 0..=5 {
                        prop_assert_eq!(there.cell(&[a, b, c]), back.cell(&[c, b, a]));
                    }
                }
            }
            let known: std::collections::BTreeSet<u32> = rows.iter().filter_map(|it| it.3).collect();
            prop_assert_eq!(there.cell(&[4, 3, 5]).customers as usize, known.len());
        }
    }
}
