//! Baskets become numbered orders: discounts, refunds, cancellations, tests.

use crate::{Language, basket::Basket, catalogue::CATALOGUE, random::Random};
use model::{LineTable, OrderFlags, OrderTable, ProductTable};

/// The number of the first order is one more.
const NUMBERS_FROM: usize = 10_000;

/// Where an order is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    Web,
    App,
    Marketplace,
    Social,
    Counter,
}

impl Channel {
    /// Online channels with how many orders in a hundred each has.
    pub(crate) const ONLINE: [(Channel, u32); 4] =
        [(Channel::Web, 54), (Channel::App, 20), (Channel::Marketplace, 17), (Channel::Social, 9)];

    const fn name(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::English, Channel::Web) => "web",
            (Language::English, Channel::App) => "app",
            (Language::English, Channel::Marketplace) => "marketplace",
            (Language::English, Channel::Social) => "social",
            (Language::English, Channel::Counter) => "counter",
            (Language::Chinese, Channel::Web) => "官网",
            (Language::Chinese, Channel::App) => "小程序",
            (Language::Chinese, Channel::Marketplace) => "电商平台",
            (Language::Chinese, Channel::Social) => "社交媒体",
            (Language::Chinese, Channel::Counter) => "门店",
        }
    }
}

/// Something bought, before it is on the books.
pub(crate) struct Sale {
    /// Seconds on the shop's wall clock.
    pub(crate) at: i64,
    /// Row of the customer, or [`model::NO_CUSTOMER`].
    pub(crate) customer: u32,
    pub(crate) channel: Channel,
    pub(crate) basket: Basket,
    /// Taken off, in percent.
    pub(crate) discount_percent: i64,
    /// The merchant trying the shop out.
    pub(crate) test: bool,
}

/// What became of an order.
#[derive(Clone, Copy)]
enum Outcome {
    Paid,
    Refunded,
    PartlyRefunded,
    Cancelled,
    Unpaid,
}

impl Outcome {
    /// With how many orders in a thousand each has.
    const SHARES: [(Outcome, u32); 5] = [
        (Outcome::Paid, 925),
        (Outcome::Refunded, 25),
        (Outcome::PartlyRefunded, 20),
        (Outcome::Cancelled, 20),
        (Outcome::Unpaid, 10),
    ];
}

/// The shop's books.
pub(crate) struct Ledger {
    language: Language,
    pub(crate) orders: OrderTable,
    pub(crate) lines: LineTable,
}

impl Ledger {
    pub(crate) fn new(language: Language) -> Ledger {
        // Whatever currency the shop counts in is the sample's too.
        let orders = OrderTable { currencies: vec![None], ..OrderTable::default() };
        Ledger { language, orders, lines: LineTable::default() }
    }

    /// Puts a sale on the books; sales come in the order of their time.
    pub(crate) fn enter(&mut self, sale: &Sale, random: &mut Random) {
        let row = self.orders.len();
        let sum = sale.basket.sum(self.language);
        let discount = sum * sale.discount_percent / 100;
        let total = sum - discount;
        let shares = Outcome::SHARES.iter().map(|&(_, share)| share);
        // At the counter people pay at once.
        let settled = sale.test || sale.channel == Channel::Counter;
        let outcome =
            if settled { Outcome::Paid } else { Outcome::SHARES[random.weighted(shares)].0 };
        let (refunded, flags) = match outcome {
            Outcome::Paid => (0, OrderFlags::default()),
            Outcome::Refunded => (total, OrderFlags::REFUNDED),
            Outcome::PartlyRefunded => (self.part_of(total, sale), OrderFlags::default()),
            Outcome::Cancelled => (0, OrderFlags::CANCELLED),
            Outcome::Unpaid => (0, OrderFlags::UNPAID),
        };
        let flags = if sale.test { flags.with(OrderFlags::TEST) } else { flags };
        let orders = &mut self.orders;
        orders.number.push(&format!("#{}", NUMBERS_FROM + 1 + row));
        orders.customer.push(sale.customer);
        orders.at.push(sale.at);
        orders.total.push(total);
        orders.refunded.push(refunded);
        orders.discount.push(discount);
        orders.currency.push(0);
        orders.flags.push(flags.with(OrderFlags::WALL_TIME));
        orders.channel.push(sale.channel.name(self.language));
        for &(item, pieces) in &sale.basket.lines {
            self.lines.order.push(row as u32);
            self.lines.product.push(item as u32);
            self.lines.quantity_milli.push(i64::from(pieces) * 1_000);
            self.lines.price.push(CATALOGUE[item as usize].price(self.language));
        }
    }

    /// A refund of one piece, the last in the basket, at what was paid for it; of a basket with one
    /// piece a third, for the damage.
    fn part_of(&self, total: i64, sale: &Sale) -> i64 {
        let pieces: u32 = sale.basket.lines.iter().map(|&(_, pieces)| pieces).sum();
        let paid = 100 - sale.discount_percent;
        match sale.basket.lines.last() {
            Some(&(item, _)) if pieces > 1 => {
                CATALOGUE[item as usize].price(self.language) * paid / 100
            }
            _ => total / 3,
        }
    }
}

/// The catalogue as a table; a line's product is its [`crate::catalogue::Item`] as a number.
pub(crate) fn product_table(language: Language) -> ProductTable {
    ProductTable {
        key: CATALOGUE.iter().map(|product| product.sku).collect(),
        name: CATALOGUE.iter().map(|product| product.name(language)).collect(),
    }
}
