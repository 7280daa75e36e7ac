//! What stands in the fields of the scoring, as text, and the choice that it makes.

use model::{Amount, Currency, plain_decimal};
use protocol::{
    ClassConstants, ClassCut, FixedCuts, Monetary, RfmChoice, RfmWindow, Rising, ScoreCuts,
};

/// Something for each field of the scoring: its text, its draft.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fields<T> {
    /// [`FIFTHS`] or [`FIXED`].
    pub cuts: T,
    /// For the scores 5, 4, 3, 2.
    pub days: [T; 4],
    /// For the scores 2, 3, 4, 5.
    pub orders: [T; 4],
    /// For the scores 2, 3, 4, 5.
    pub amounts: [T; 4],
    /// [`ALL_TIME`], months as `12m`, or [`DAYS`].
    pub window: T,
    /// Days of the window.
    pub window_days: T,
    /// [`TOTAL`] or [`AVERAGE`].
    pub monetary: T,
    /// [`MEAN`], [`MEDIAN`] or [`CONSTANTS`].
    pub classes: T,
    /// The three constants of the classes.
    pub class_days: T,
    pub class_orders: T,
    pub class_amount: T,
}

pub(super) const FIFTHS: &str = "fifths";
pub(super) const FIXED: &str = "fixed";
pub(super) const ALL_TIME: &str = "all";
pub(super) const DAYS: &str = "days";
pub(super) const TOTAL: &str = "total";
pub(super) const AVERAGE: &str = "average";
pub(super) const MEAN: &str = "mean";
pub(super) const MEDIAN: &str = "median";
pub(super) const CONSTANTS: &str = "constants";

/// Days that the window begins with where it is of none yet.
const WINDOW_DAYS: u16 = 90;

/// What cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    CutDays,
    CutOrders,
    CutAmounts,
    WindowDays,
    ClassDays,
    ClassOrders,
    ClassAmount,
}

impl<T> Fields<T> {
    /// All of them.
    pub(super) fn all(self) -> impl Iterator<Item = T> {
        let one_by_one = [
            self.cuts,
            self.window,
            self.window_days,
            self.monetary,
            self.classes,
            self.class_days,
            self.class_orders,
            self.class_amount,
        ];
        let cuts = self.days.into_iter().chain(self.orders).chain(self.amounts);
        one_by_one.into_iter().chain(cuts)
    }

    /// Something else for each field.
    pub(super) fn map<U>(self, each: impl Fn(T) -> U) -> Fields<U> {
        Fields {
            cuts: each(self.cuts),
            days: self.days.map(&each),
            orders: self.orders.map(&each),
            amounts: self.amounts.map(&each),
            window: each(self.window),
            window_days: each(self.window_days),
            monetary: each(self.monetary),
            classes: each(self.classes),
            class_days: each(self.class_days),
            class_orders: each(self.class_orders),
            class_amount: each(self.class_amount),
        }
    }
}

impl Fields<String> {
    /// The texts of a choice. Values that it has none of are proposed.
    pub(super) fn of(choice: &RfmChoice, proposal: Option<FixedCuts>) -> Fields<String> {
        let (by, cuts) = match choice.cuts {
            ScoreCuts::Fifths => (FIFTHS, proposal),
            ScoreCuts::Fixed(cuts) => (FIXED, Some(cuts)),
        };
        let (window, window_days) = match choice.window {
            RfmWindow::AllTime => (ALL_TIME.to_owned(), WINDOW_DAYS),
            RfmWindow::Months(months) => (format!("{months}m"), WINDOW_DAYS),
            RfmWindow::Days(days) => (DAYS.to_owned(), days.get()),
        };
        let (classes, constants) = match choice.classes {
            ClassCut::Mean => (MEAN, ClassConstants::PROPOSAL),
            ClassCut::Median => (MEDIAN, ClassConstants::PROPOSAL),
            ClassCut::Constants(constants) => (CONSTANTS, constants),
        };
        let monetary = match choice.monetary {
            Monetary::Total => TOTAL,
            Monetary::AverageOrder => AVERAGE,
        };
        Fields {
            cuts: by.to_owned(),
            days: texts(cuts.map(|it| it.days)),
            orders: texts(cuts.map(|it| it.orders)),
            amounts: texts(cuts.map(|it| it.amounts)),
            window,
            window_days: window_days.to_string(),
            monetary: monetary.to_owned(),
            classes: classes.to_owned(),
            class_days: constants.days.to_string(),
            class_orders: constants.orders.to_string(),
            class_amount: constants.amount.to_string(),
        }
    }

    /// The choice that they make, or all that is wrong with them. Fields that the choice does not
    /// need may hold anything.
    pub(super) fn read(&self, currency: Currency) -> Result<RfmChoice, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let choice = RfmChoice {
            cuts: self.read_cuts(currency, &mut wrong),
            window: self.read_window(&mut wrong),
            monetary: if self.monetary == AVERAGE {
                Monetary::AverageOrder
            } else {
                Monetary::Total
            },
            classes: self.read_classes(currency, &mut wrong),
        };
        if wrong.is_empty() { Ok(choice) } else { Err(wrong) }
    }

    fn read_cuts(&self, currency: Currency, wrong: &mut Vec<Wrong>) -> ScoreCuts {
        if self.cuts != FIXED {
            return ScoreCuts::Fifths;
        }
        let days = or_note(rising(&self.days, whole), Wrong::CutDays, wrong);
        let orders = or_note(rising(&self.orders, whole), Wrong::CutOrders, wrong);
        let read = |text: &str| amount(text, currency);
        let amounts = or_note(rising(&self.amounts, read), Wrong::CutAmounts, wrong);
        match (days, orders, amounts) {
            (Some(days), Some(orders), Some(amounts)) => {
                ScoreCuts::Fixed(FixedCuts { days, orders, amounts })
            }
            _ => ScoreCuts::Fifths,
        }
    }

    fn read_window(&self, wrong: &mut Vec<Wrong>) -> RfmWindow {
        if self.window == DAYS {
            let days = plain_decimal(&self.window_days).and_then(|text| text.parse().ok());
            return or_note(days, Wrong::WindowDays, wrong)
                .map_or(RfmWindow::AllTime, RfmWindow::Days);
        }
        let months = self.window.strip_suffix('m').and_then(|text| text.parse().ok());
        months.map_or(RfmWindow::AllTime, RfmWindow::Months)
    }

    fn read_classes(&self, currency: Currency, wrong: &mut Vec<Wrong>) -> ClassCut {
        if self.classes != CONSTANTS {
            return if self.classes == MEDIAN { ClassCut::Median } else { ClassCut::Mean };
        }
        let days = or_note(whole(&self.class_days), Wrong::ClassDays, wrong);
        let orders = or_note(whole(&self.class_orders), Wrong::ClassOrders, wrong);
        let amount = or_note(amount(&self.class_amount, currency), Wrong::ClassAmount, wrong);
        match (days, orders, amount) {
            (Some(days), Some(orders), Some(amount)) => {
                ClassCut::Constants(ClassConstants { days, orders, amount })
            }
            _ => ClassCut::Mean,
        }
    }
}

fn texts<T: Copy + ToString>(values: Option<Rising<T>>) -> [String; 4] {
    values.map_or_else(Default::default, |it| it.values().map(|value| value.to_string()))
}

fn or_note<T>(value: Option<T>, what: Wrong, wrong: &mut Vec<Wrong>) -> Option<T> {
    if value.is_none() {
        wrong.push(what);
    }
    value
}

fn rising<T: PartialOrd>(
    texts: &[String; 4],
    read: impl Fn(&str) -> Option<T>,
) -> Option<Rising<T>> {
    let [a, b, c, d] = texts.each_ref().map(|text| read(text));
    Rising::try_from([a?, b?, c?, d?]).ok()
}

fn whole(text: &str) -> Option<u32> {
    plain_decimal(text)?.parse().ok()
}

/// An amount that the currency can hold: no cents of a yen.
fn amount(text: &str, currency: Currency) -> Option<Amount> {
    let amount = Amount::parse(&plain_decimal(text)?)?;
    (Amount::from_minor(amount.minor(currency), currency) == amount).then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed() -> RfmChoice {
        let text = "cuts=30,90,180,365/2,3,5,10/50,100.5,200,400;window=90d;classes=10/3/200";
        RfmChoice::parse(text).unwrap()
    }

    #[test]
    fn a_choice_survives_its_fields() {
        for text in ["", "window=12m;money=average", "window=7m;classes=median"] {
            let choice = RfmChoice::parse(text).unwrap();
            assert_eq!(Fields::of(&choice, None).read(Currency::USD), Ok(choice), "{text}");
        }
        assert_eq!(Fields::of(&fixed(), None).read(Currency::USD), Ok(fixed()));
    }

    #[test]
    fn each_thing_wrong_is_named_and_nothing_that_is_not_needed() {
        let mut fields = Fields::of(&fixed(), None);
        fields.days[1] = "30".to_owned();
        fields.orders[0] = "2.5".to_owned();
        fields.amounts[3] = "-4".to_owned();
        fields.window_days = "0".to_owned();
        fields.class_days = String::new();
        fields.class_orders = "many".to_owned();
        fields.class_amount = "1.234".to_owned();
        let all = [
            Wrong::CutDays,
            Wrong::CutOrders,
            Wrong::CutAmounts,
            Wrong::WindowDays,
            Wrong::ClassDays,
            Wrong::ClassOrders,
            Wrong::ClassAmount,
        ];
        assert_eq!(fields.read(Currency::USD), Err(all.to_vec()));
        fields.cuts = FIFTHS.to_owned();
        fields.window = ALL_TIME.to_owned();
        fields.classes = MEAN.to_owned();
        assert_eq!(fields.read(Currency::USD), Ok(RfmChoice::default()));
    }

    #[test]
    fn the_proposal_stands_ready_where_the_choice_has_no_values() {
        let ScoreCuts::Fixed(proposal) = fixed().cuts else { panic!() };
        let fields = Fields::of(&RfmChoice::default(), Some(proposal));
        assert_eq!(fields.amounts, ["50", "100.5", "200", "400"]);
        assert_eq!((fields.class_amount.as_str(), fields.window_days.as_str()), ("200", "90"));
    }

    #[test]
    fn an_amount_has_no_more_decimals_than_its_currency() {
        let jpy = Currency::from_code("JPY").unwrap();
        assert_eq!(amount("12.5", Currency::USD), Amount::parse("12.5"));
        assert_eq!(amount("12.5", jpy), None);
        assert_eq!(amount("12.0", jpy), Amount::parse("12"));
    }
}
