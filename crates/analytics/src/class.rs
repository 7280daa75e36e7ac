//! Eight classes: each of R, F and M high or low against one cut.

use crate::monetary::RankedMonetary;
use crate::{Monetary, RankedSpend, Summaries, Tally};

/// A class of the table of eight that Chinese e-commerce uses.
///
/// 重要/一般 (important or general) is money; the second word is what to do about recency and
/// frequency: 价值 value, 发展 develop, 保持 keep, 挽留 win back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[repr(u8)]
pub enum RfmClass {
    /// 重要价值客户: recent, frequent, much.
    ImportantValue,
    /// 重要发展客户: recent, seldom, much.
    ImportantDevelop,
    /// 重要保持客户: long ago, frequent, much.
    ImportantKeep,
    /// 重要挽留客户: long ago, seldom, much.
    ImportantWinBack,
    /// 一般价值客户: recent, frequent, little.
    GeneralValue,
    /// 一般发展客户: recent, seldom, little.
    GeneralDevelop,
    /// 一般保持客户: long ago, frequent, little.
    GeneralKeep,
    /// 一般挽留客户: long ago, seldom, little.
    GeneralWinBack,
}

impl RfmClass {
    /// All classes; a class's position here is its discriminant.
    pub const ALL: [Self; 8] = [
        Self::ImportantValue,
        Self::ImportantDevelop,
        Self::ImportantKeep,
        Self::ImportantWinBack,
        Self::GeneralValue,
        Self::GeneralDevelop,
        Self::GeneralKeep,
        Self::GeneralWinBack,
    ];

    /// The class of three answers: bought recently, often, much.
    #[inline]
    pub fn of(recent: bool, frequent: bool, much: bool) -> Self {
        Self::ALL[usize::from(!much) * 4 + usize::from(!recent) * 2 + usize::from(!frequent)]
    }

    /// The Chinese name.
    pub const fn chinese_name(self) -> &'static str {
        match self {
            Self::ImportantValue => "重要价值客户",
            Self::ImportantDevelop => "重要发展客户",
            Self::ImportantKeep => "重要保持客户",
            Self::ImportantWinBack => "重要挽留客户",
            Self::GeneralValue => "一般价值客户",
            Self::GeneralDevelop => "一般发展客户",
            Self::GeneralKeep => "一般保持客户",
            Self::GeneralWinBack => "一般挽留客户",
        }
    }
}

/// What parts high from low.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClassCuts {
    /// The mean of the scored customers.
    #[default]
    Mean,
    /// The median of the scored customers.
    Median,
    /// Given values; 10 days, 3 orders and an average order of 200.00 are common.
    Constants {
        /// Recent is at most this many days since the last order.
        days: u32,
        /// Frequent is at least this many orders.
        orders: u32,
        /// Much is at least this amount in minor units, of what [`Monetary`] measures.
        amount_minor: i64,
    },
}

/// The cuts as they were applied. A customer on a cut is on the good side of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UsedCuts {
    /// Days since the last order.
    pub days: f64,
    /// Orders in the window.
    pub orders: f64,
    /// Money in minor units.
    pub amount: f64,
}

/// The class of every customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    /// One entry a customer; `None` without an order in the window.
    pub class: Vec<Option<RfmClass>>,
    /// The cuts; `None` when nobody bought, so that there is no mean or median.
    pub cuts: Option<UsedCuts>,
}

/// Classes every customer with at least one order in the window.
///
/// `spend` must rank the very `orders` and `net` of `customers`.
pub fn classify(
    customers: &Summaries,
    spend: &RankedSpend,
    monetary: Monetary,
    cuts: ClassCuts,
) -> Classes {
    let Some(used) = used_cuts(customers, spend, monetary, cuts) else {
        return Classes { class: vec![None; customers.len()], cuts: None };
    };
    let measures =
        customers.window_recencies().zip(customers.window_orders()).zip(monetary.values(customers));
    let class = measures.map(|((days, orders), amount)| {
        Some(RfmClass::of(
            f64::from(days?) <= used.days,
            f64::from(orders?) >= used.orders,
            amount? >= used.amount,
        ))
    });
    Classes { class: class.collect(), cuts: Some(used) }
}

fn used_cuts(
    customers: &Summaries,
    spend: &RankedSpend,
    monetary: Monetary,
    cuts: ClassCuts,
) -> Option<UsedCuts> {
    let tallies = || {
        let days: Tally = customers.window_recencies().flatten().collect();
        let orders: Tally = customers.window_orders().flatten().collect();
        (days, orders, RankedMonetary::new(monetary, customers, spend))
    };
    match cuts {
        ClassCuts::Constants { days, orders, amount_minor } => Some(UsedCuts {
            days: f64::from(days),
            orders: f64::from(orders),
            amount: amount_minor as f64,
        }),
        ClassCuts::Mean => {
            let (days, orders, amount) = tallies();
            Some(UsedCuts { days: days.mean()?, orders: orders.mean()?, amount: amount.mean()? })
        }
        ClassCuts::Median => {
            let (days, orders, amount) = tallies();
            Some(UsedCuts {
                days: days.median()?,
                orders: orders.median()?,
                amount: amount.median()?,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_eight() {
        let (near, far, high, low) = (true, false, true, false);
        let table = [
            (near, high, high, "重要价值客户"),
            (near, low, high, "重要发展客户"),
            (far, high, high, "重要保持客户"),
            (far, low, high, "重要挽留客户"),
            (near, high, low, "一般价值客户"),
            (near, low, low, "一般发展客户"),
            (far, high, low, "一般保持客户"),
            (far, low, low, "一般挽留客户"),
        ];
        for (position, (recent, frequent, much, name)) in table.into_iter().enumerate() {
            let class = RfmClass::of(recent, frequent, much);
            assert_eq!((class as usize, class.chinese_name()), (position, name));
        }
    }
}
