//! How a shop scores its customers.

use crate::{BandCuts, GroupRow, Monetary};
use model::{Amount, Currency, ShopDay};
use serde::{Deserialize, Serialize};
use std::num::{NonZeroU8, NonZeroU16};

/// The shop's choices of RFM. Every value of this type can be scored by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RfmChoice {
    /// Where the scores 1 to 5 begin.
    pub cuts: ScoreCuts,
    /// Which orders F and M look at. R looks at all.
    pub window: RfmWindow,
    /// What M measures.
    pub monetary: Monetary,
    /// What parts high from low in the eight classes.
    pub classes: ClassCut,
}

/// Where the scores 1 to 5 begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScoreCuts {
    /// Each score has a fifth of the buyers.
    #[default]
    Fifths,
    /// At given values.
    Fixed(FixedCuts),
}

/// Given values at which the scores begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixedCuts {
    /// The most days since the last order for the scores 5, 4, 3, 2.
    pub days: Rising<u32>,
    /// The fewest orders for the scores 2, 3, 4, 5.
    pub orders: Rising<u32>,
    /// The least money for the scores 2, 3, 4, 5.
    pub amounts: Rising<Amount>,
}

/// Four values, each greater than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[T; 4]", bound(deserialize = "T: Deserialize<'de> + PartialOrd"))]
pub struct Rising<T>([T; 4]);

/// Four values of which one is not greater than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("each value must be greater than the one before")]
pub struct NotRising;

impl<T: PartialOrd> TryFrom<[T; 4]> for Rising<T> {
    type Error = NotRising;

    fn try_from(values: [T; 4]) -> Result<Self, NotRising> {
        let is_rising = values.windows(2).all(|pair| pair[0] < pair[1]);
        is_rising.then_some(Rising(values)).ok_or(NotRising)
    }
}

impl<T: Copy> Rising<T> {
    /// The four values.
    pub const fn values(self) -> [T; 4] {
        self.0
    }
}

/// Which orders F and M look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RfmWindow {
    /// All up to the as-of day.
    #[default]
    AllTime,
    /// Those of so many months that end on the as-of day.
    Months(NonZeroU8),
    /// Those of so many days that end on the as-of day.
    Days(NonZeroU16),
}

impl RfmWindow {
    /// Twelve months.
    pub const YEAR: RfmWindow = RfmWindow::months(12);
    /// Twenty-four months.
    pub const TWO_YEARS: RfmWindow = RfmWindow::months(24);

    /// So many months; of none, all time.
    pub const fn months(months: u8) -> RfmWindow {
        match NonZeroU8::new(months) {
            Some(months) => RfmWindow::Months(months),
            None => RfmWindow::AllTime,
        }
    }

    /// Reads what was stored; `None` if it is not of this form.
    pub fn parse(text: &str) -> Option<RfmWindow> {
        if text.is_empty() {
            return Some(RfmWindow::AllTime);
        }
        if let Some(months) = text.strip_suffix('m') {
            return months.parse().ok().map(RfmWindow::Months);
        }
        text.strip_suffix('d')?.parse().ok().map(RfmWindow::Days)
    }

    /// The first day of the window that ends on `as_of`; `None`: all time.
    pub fn first_day(self, as_of: ShopDay) -> Option<ShopDay> {
        match self {
            RfmWindow::AllTime => None,
            RfmWindow::Months(months) => Some(as_of.minus_months(months.get().into()).plus_days(1)),
            RfmWindow::Days(days) => Some(as_of.plus_days(1 - i32::from(days.get()))),
        }
    }
}

/// Writes the window as it is stored: `12m`, `90d`, nothing for all time.
impl std::fmt::Display for RfmWindow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RfmWindow::AllTime => Ok(()),
            RfmWindow::Months(months) => write!(f, "{months}m"),
            RfmWindow::Days(days) => write!(f, "{days}d"),
        }
    }
}

/// What parts high from low in the eight classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClassCut {
    /// The mean of the scored customers.
    #[default]
    Mean,
    /// Their median.
    Median,
    /// Given values.
    Constants(ClassConstants),
}

/// Given values that part high from low. A customer on one is on its good side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassConstants {
    /// Recent: at most so many days since the last order.
    pub days: u32,
    /// Frequent: at least so many orders.
    pub orders: u32,
    /// Much: at least so much of what M measures.
    pub amount: Amount,
}

impl ClassConstants {
    /// Common values to begin with.
    pub const PROPOSAL: ClassConstants =
        ClassConstants { days: 10, orders: 3, amount: Amount::from_major(200) };
}

/// The same customers scored in two ways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoringsView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of all money here.
    pub currency: Currency,
    /// Each score has a fifth of the buyers.
    pub fifths: Scoring,
    /// At fixed values; `None` before the first order.
    pub fixed: Option<(FixedCuts, Scoring)>,
    /// The shop chose the fixed values; else they are those to begin with.
    pub is_chosen: bool,
}

/// What comes of a way to score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scoring {
    /// Which values have which score.
    pub cuts: BandCuts,
    /// The eleven groups.
    pub groups: Vec<GroupRow>,
}

/// Writes the choices as they are stored: those that are not the default, as
/// `cuts=30,90,180,365/2,3,5,10/50,100,200,400;window=12m;money=average;classes=10/3/200`.
///
/// The text is in users' logs: what it once meant it has to mean for ever.
impl std::fmt::Display for RfmChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Vec::new();
        if let ScoreCuts::Fixed(cuts) = self.cuts {
            let (days, orders) = (list(cuts.days), list(cuts.orders));
            parts.push(format!("cuts={days}/{orders}/{}", list(cuts.amounts)));
        }
        if self.window != RfmWindow::AllTime {
            parts.push(format!("window={}", self.window));
        }
        match self.monetary {
            Monetary::Total => {}
            Monetary::AverageOrder => parts.push("money=average".to_owned()),
        }
        match self.classes {
            ClassCut::Mean => {}
            ClassCut::Median => parts.push("classes=median".to_owned()),
            ClassCut::Constants(ClassConstants { days, orders, amount }) => {
                parts.push(format!("classes={days}/{orders}/{amount}"));
            }
        }
        f.write_str(&parts.join(";"))
    }
}

fn list<T: Copy + ToString>(values: Rising<T>) -> String {
    values.values().map(|it| it.to_string()).join(",")
}

impl RfmChoice {
    /// Reads what was stored; `None` if it is not of this form. Nothing is the default.
    pub fn parse(text: &str) -> Option<RfmChoice> {
        let mut choice = RfmChoice::default();
        for part in text.split(';').filter(|part| !part.is_empty()) {
            match part.split_once('=')? {
                ("cuts", cuts) => choice.cuts = ScoreCuts::Fixed(fixed_cuts(cuts)?),
                ("window", window) if !window.is_empty() => {
                    choice.window = RfmWindow::parse(window)?;
                }
                ("money", "average") => choice.monetary = Monetary::AverageOrder,
                ("classes", "median") => choice.classes = ClassCut::Median,
                ("classes", values) => choice.classes = ClassCut::Constants(constants(values)?),
                _ => return None,
            }
        }
        Some(choice)
    }
}

fn fixed_cuts(text: &str) -> Option<FixedCuts> {
    let [days, orders, amounts] = parts(text, '/')?;
    let whole = |text| -> Option<Rising<u32>> { rising(text, |it| it.parse().ok()) };
    Some(FixedCuts {
        days: whole(days)?,
        orders: whole(orders)?,
        amounts: rising(amounts, Amount::parse)?,
    })
}

fn constants(text: &str) -> Option<ClassConstants> {
    let [days, orders, amount] = parts(text, '/')?;
    Some(ClassConstants {
        days: days.parse().ok()?,
        orders: orders.parse().ok()?,
        amount: Amount::parse(amount)?,
    })
}

fn rising<T: PartialOrd>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Rising<T>> {
    let [a, b, c, d] = parts(text, ',')?;
    Rising::try_from([read(a)?, read(b)?, read(c)?, read(d)?]).ok()
}

fn parts<const N: usize>(text: &str, between: char) -> Option<[&str; N]> {
    text.split(between).collect::<Vec<_>>().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_survives_its_text() {
        for text in [
            "",
            "cuts=30,90,180,365/2,3,5,10/50,100.5,200,400",
            "window=12m",
            "window=90d;money=average",
            "classes=median",
            "cuts=0,1,2,3/1,2,3,4/0,0.01,0.02,1;window=24m;money=average;classes=10/3/200",
        ] {
            assert_eq!(RfmChoice::parse(text).map(|it| it.to_string()).as_deref(), Some(text));
        }
        assert_eq!(RfmChoice::parse(""), Some(RfmChoice::default()));
    }

    #[test]
    fn what_cannot_be_scored_by_is_not_read() {
        for bad in [
            "cuts=30,90,180/2,3,5,10/50,100,200,400",
            "cuts=30,90,90,365/2,3,5,10/50,100,200,400",
            "cuts=365,180,90,30/2,3,5,10/50,100,200,400",
            "cuts=30,90,180,365/2,3,5,10/50,100,-200,400",
            "cuts=30,90,180,365/2,3,5,10",
            "window=0m",
            "window=12",
            "window=70000d",
            "classes=10/3",
            "money=most",
            "weights=1/2/3",
            "cuts",
        ] {
            assert_eq!(RfmChoice::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_message_brings_no_cuts_that_do_not_rise() {
        let rising: Rising<u32> = Rising::try_from([1, 2, 3, 4]).unwrap();
        assert_eq!(crate::decode(&crate::encode(&rising)), Some(rising));
        assert_eq!(crate::decode::<Rising<u32>>(&crate::encode(&[1_u32, 2, 2, 4])), None);
    }

    #[test]
    fn a_window_ends_on_the_as_of_day() {
        for (window, first) in [
            (RfmWindow::AllTime, None),
            (RfmWindow::YEAR, Some("2025-11-01")),
            (RfmWindow::TWO_YEARS, Some("2024-11-01")),
            (RfmWindow::Days(NonZeroU16::MIN), Some("2026-10-31")),
        ] {
            let as_of = ShopDay::from_ymd(2026, 10, 31).unwrap();
            let day = window.first_day(as_of).map(|day| day.to_string());
            assert_eq!(day.as_deref(), first, "{window:?}");
        }
    }
}
