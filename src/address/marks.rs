//! How a mark of a picture stands in the URL as a filter of the customer list.

use super::{labels, orders};
use model::ShopDay;
use protocol::{
    AGE_BANDS, ActKind, Behind, ChurnReason, Circle, CohortBy, CohortFilter, CohortKey,
    CohortPeriod, Period, Plane, QuadrantFilter, Stage, Trait, TraitKind,
};

/// Names of the lengths of an age.
const PERIODS: [(&str, CohortPeriod); 3] = [
    ("week", CohortPeriod::Week),
    ("month", CohortPeriod::Month),
    ("quarter", CohortPeriod::Quarter),
];
/// Names of what puts customers into one row.
const ROWS: [(&str, CohortBy); 3] = [
    ("period", CohortBy::FirstOrder),
    ("product", CohortBy::FirstProduct),
    ("channel", CohortBy::FirstChannel),
];
/// Names of the planes.
const PLANES: [(&str, Plane); 2] =
    [("need", Plane::ValueNeed), ("strategic", Plane::EconomicStrategic)];
/// A stage that nobody is in who has not bought.
const NO_STAGE: &str = "none";

const TO_WIN_BACK: &str = "to-win-back";
const LEAVING: &str = "leaving";
const WON_BACK: &str = "won-back";
const DETRACTORS: &str = "detractors";
const AGE: &str = "age";
const TAG: &str = "tag";
const LIKE_BEST: &str = "like-best";
/// Names of the circles that the first screen speaks of.
const CIRCLES: [(&str, Circle); 7] = [
    ("key", Circle::Key),
    ("key-silent", Circle::KeySilent),
    ("open-tickets", Circle::OpenTickets),
    ("complaints", Circle::Complaints),
    ("dissatisfied", Circle::Dissatisfied),
    ("expected-soon", Circle::ExpectedSoon),
    ("about-to-climb", Circle::AboutToClimb),
];

/// Names of what is to be done.
const ACTS: [(&str, ActKind); 10] = [
    ("answer", ActKind::AnswerTickets),
    ("hear", ActKind::HearDissatisfied),
    ("win-back", ActKind::WinBackBest),
    ("at-risk", ActKind::RescueAtRisk),
    ("late", ActKind::CallLate),
    ("due", ActKind::RemindExpected),
    ("runs-out", ActKind::OfferAgain),
    ("second", ActKind::SecondOrder),
    ("lift", ActKind::LiftToTier),
    ("thank", ActKind::ThankChampions),
];

/// What the period of the address does to who stands behind a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodUse {
    /// Nothing.
    None,
    /// It is of the period, which has a usual one.
    Always,
    /// It is of all days, but for a period that the address names.
    IfNamed,
}

/// What the period does to the mark of a text, which is not taken apart for that.
pub fn period_use(text: &str) -> PeriodUse {
    match text {
        DETRACTORS => PeriodUse::IfNamed,
        "circle:complaints" => PeriodUse::Always,
        _ => PeriodUse::None,
    }
}

/// The name of what is to be done in the URL.
pub fn act_code(kind: ActKind) -> &'static str {
    code(&ACTS, kind)
}

/// What is to be done, of a name.
pub fn act_of(name: &str) -> Option<ActKind> {
    of_code(&ACTS, name)
}

/// The name of a period in the URL.
pub fn period_code(period: CohortPeriod) -> &'static str {
    code(&PERIODS, period)
}

/// The period of a name; months unless it is one of the others.
pub fn period_of(name: Option<&str>) -> CohortPeriod {
    of_code(&PERIODS, name.unwrap_or_default()).unwrap_or_default()
}

/// The name of what makes rows in the URL.
pub fn rows_code(by: CohortBy) -> &'static str {
    code(&ROWS, by)
}

/// What makes rows of a name; first orders unless it is one of the others.
pub fn rows_of(name: Option<&str>) -> CohortBy {
    of_code(&ROWS, name.unwrap_or_default()).unwrap_or_default()
}

fn code<T: Copy + PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, it)| *it == value).map_or("", |(name, _)| name)
}

fn of_code<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    names.iter().find(|(it, _)| *it == name).map(|(_, value)| *value)
}

/// The name of a plane in the URL.
pub fn plane_code(plane: Plane) -> &'static str {
    code(&PLANES, plane)
}

/// The plane of a name; need unless it is the other.
pub fn plane_of(name: Option<&str>) -> Plane {
    of_code(&PLANES, name.unwrap_or_default()).unwrap_or_default()
}

/// A stage in the URL.
pub fn stage_of(name: &str) -> Option<Stage> {
    Stage::ALL.into_iter().find(|it| it.name() == name)
}

/// The mark as text, not yet encoded: `cohort:month:period:3:missing:2026-01-01`,
/// `moved:2026-07-31:retention:win-back`, `labels:tier=vip;stage=win-back`, `reason:refund` or
/// `bought:TEA;POT:CUP;BOX` (the last two not).
pub fn to_text(mark: &Behind) -> String {
    match mark {
        Behind::Cohort(cell) => {
            let side = if cell.returned { "returned" } else { "missing" };
            let by = match &cell.row {
                CohortKey::Others => format!("others-{}", rows_code(cell.by)),
                CohortKey::Start(_) | CohortKey::Label(_) => rows_code(cell.by).to_owned(),
            };
            let row = match &cell.row {
                CohortKey::Start(day) => day.to_string(),
                CohortKey::Label(label) => label.clone(),
                CohortKey::Others => String::new(),
            };
            format!("cohort:{}:{by}:{}:{side}:{row}", period_code(cell.period), cell.age)
        }
        Behind::Moved { since, from, to } => {
            let name = |stage: &Option<Stage>| stage.map_or(NO_STAGE, Stage::name);
            format!("moved:{since}:{}:{}", name(from), name(to))
        }
        Behind::Leaving => LEAVING.to_owned(),
        Behind::WonBack => WON_BACK.to_owned(),
        Behind::ToWinBack => TO_WIN_BACK.to_owned(),
        Behind::MovedSince(day) => format!("moved-since:{day}"),
        Behind::Detractors => DETRACTORS.to_owned(),
        Behind::Reason(reason) => format!("reason:{}", reason.code()),
        Behind::Bought { all, without } => {
            let all: Vec<String> = all.iter().map(|key| escaped(key)).collect();
            let without: Vec<String> = without.iter().map(|key| escaped(key)).collect();
            format!("bought:{}:{}", all.join(";"), without.join(";"))
        }
        Behind::Due(key) => format!("due:{key}"),
        Behind::Quadrant(QuadrantFilter { plane, cuts, is_high }) => {
            let side = |high: bool| if high { "high" } else { "low" };
            let [across, up] = is_high.map(side);
            format!("quarter:{}:{}:{}:{across}:{up}", plane_code(*plane), cuts[0], cuts[1])
        }
        Behind::Rule(rule) => format!("rule:{rule}"),
        Behind::Circle(circle) => format!("circle:{}", code(&CIRCLES, *circle)),
        Behind::Act(kind) => format!("act:{}", kind.map_or("", act_code)),
        Behind::Explored { period: Period { from, to }, conditions } => {
            format!("orders:{from}:{to}:{}", orders::to_text(conditions))
        }
        Behind::LikeBest => LIKE_BEST.to_owned(),
        Behind::Untapped { label, without } => {
            format!("untapped:{}:{}", escaped(&trait_text(label)), escaped(without))
        }
        Behind::Labelled(conditions) => format!("labels:{}", labels::to_text(conditions)),
    }
}

/// The mark of a text; `None`: it is none.
pub fn of_text(text: &str) -> Option<Behind> {
    match text.split_once(':').unwrap_or((text, "")) {
        (WON_BACK, "") => Some(Behind::WonBack),
        (TO_WIN_BACK, "") => Some(Behind::ToWinBack),
        ("moved-since", day) => ShopDay::parse_iso(day).map(Behind::MovedSince),
        (LEAVING, "") => Some(Behind::Leaving),
        (DETRACTORS, "") => Some(Behind::Detractors),
        ("reason", code) => ChurnReason::of_code(code).map(Behind::Reason),
        ("bought", rest) => {
            let (all, without) = rest.split_once(':')?;
            let all: Vec<String> = all.split(';').map(unescaped).collect();
            let all = Some(all).filter(|it| it.iter().all(|key| !key.is_empty()))?;
            let without = without.split(';').filter(|it| !it.is_empty()).map(unescaped).collect();
            Some(Behind::Bought { all, without })
        }
        ("due", key) => Some(Behind::Due(key.to_owned())),
        ("cohort", rest) => cell(rest).map(Behind::Cohort),
        ("moved", rest) => {
            let mut parts = rest.split(':');
            let since = ShopDay::parse_iso(parts.next()?)?;
            let stage = |name: &str| match name {
                NO_STAGE => Some(None),
                name => stage_of(name).map(Some),
            };
            let (from, to) = (stage(parts.next()?)?, stage(parts.next()?)?);
            Some(Behind::Moved { since, from, to })
        }
        ("quarter", rest) => quarter(rest).map(Behind::Quadrant),
        ("circle", name) => of_code(&CIRCLES, name).map(Behind::Circle),
        ("act", "") => Some(Behind::Act(None)),
        ("act", name) => act_of(name).map(|it| Behind::Act(Some(it))),
        ("rule", rule) => Some(Behind::Rule(rule.to_owned())),
        (LIKE_BEST, "") => Some(Behind::LikeBest),
        ("untapped", rest) => {
            let (label, without) = rest.split_once(':')?;
            let label = trait_of(&unescaped(label))?;
            Some(Behind::Untapped { label, without: unescaped(without) })
        }
        ("orders", rest) => {
            let mut parts = rest.splitn(3, ':');
            let mut day = || ShopDay::parse_iso(parts.next()?);
            let (from, to) = (day()?, day()?);
            let conditions = orders::of_text(parts.next()?)?;
            (from <= to).then_some(Behind::Explored { period: Period { from, to }, conditions })
        }
        ("labels", rest) => labels::of_text(rest).map(Behind::Labelled),
        _ => None,
    }
}

/// The name of what tells customers apart in the URL.
pub fn trait_kind_code(kind: TraitKind) -> &'static str {
    match kind {
        TraitKind::Age => AGE,
        TraitKind::Tag => TAG,
        TraitKind::Label(kind) => labels::kind_code(kind),
    }
}

/// What tells customers apart, of a name.
pub fn trait_kind_of(name: &str) -> Option<TraitKind> {
    match name {
        AGE => Some(TraitKind::Age),
        TAG => Some(TraitKind::Tag),
        name => labels::kind_of(name).map(TraitKind::Label),
    }
}

/// A trait as text: `age=25`, `tag='loves tea`, `tier=vip`.
fn trait_text(it: &Trait) -> String {
    match it {
        Trait::Age(from) => format!("{AGE}={from}"),
        Trait::Tag(tag) => format!("{TAG}={}", labels::quoted(tag)),
        Trait::Label(kind, label) => {
            format!("{}={}", labels::kind_code(*kind), labels::label_text(label))
        }
    }
}

fn trait_of(text: &str) -> Option<Trait> {
    let (kind, value) = text.split_once('=')?;
    match trait_kind_of(kind)? {
        TraitKind::Age => {
            value.parse().ok().filter(|from| AGE_BANDS.contains(from)).map(Trait::Age)
        }
        TraitKind::Tag => labels::unquoted(value).map(Trait::Tag),
        TraitKind::Label(kind) => labels::label_of(kind, value).map(|it| Trait::Label(kind, it)),
    }
}

/// What stands between the parts of a mark is written otherwise within them.
const ESCAPED: [(&str, &str); 3] = [("%", "%25"), (";", "%3B"), (":", "%3A")];

fn escaped(key: &str) -> String {
    ESCAPED.iter().fold(key.to_owned(), |text, (plain, code)| text.replace(plain, code))
}

fn unescaped(text: &str) -> String {
    ESCAPED.iter().rev().fold(text.to_owned(), |text, (plain, code)| text.replace(code, plain))
}

fn quarter(text: &str) -> Option<QuadrantFilter> {
    let mut parts = text.split(':');
    let plane = of_code(&PLANES, parts.next()?)?;
    let cuts = [parts.next()?.parse().ok()?, parts.next()?.parse().ok()?];
    let side = |name: &str| match name {
        "high" => Some(true),
        "low" => Some(false),
        _ => None,
    };
    let is_high = [side(parts.next()?)?, side(parts.next()?)?];
    Some(QuadrantFilter { plane, cuts, is_high })
}

fn cell(text: &str) -> Option<CohortFilter> {
    let mut parts = text.splitn(5, ':');
    let period = of_code(&PERIODS, parts.next()?)?;
    let rows = parts.next()?;
    let age = parts.next()?.parse().ok()?;
    let returned = match parts.next()? {
        "returned" => true,
        "missing" => false,
        _ => return None,
    };
    let row = parts.next()?;
    let (by, row) = match rows.strip_prefix("others-") {
        Some(by) => (of_code(&ROWS, by)?, CohortKey::Others),
        None => match of_code(&ROWS, rows)? {
            CohortBy::FirstOrder => {
                (CohortBy::FirstOrder, CohortKey::Start(ShopDay::parse_iso(row)?))
            }
            by => (by, CohortKey::Label(row.to_owned())),
        },
    };
    Some(CohortFilter { period, row, by, age, returned })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_survives_the_address() {
        for text in [
            "to-win-back",
            "moved-since:2026-07-31",
            "cohort:month:period:3:missing:2026-01-01",
            "cohort:week:product:0:returned:Tea: green, 100 g",
            "cohort:quarter:others-channel:12:missing:",
            "moved:2026-07-31:retention:win-back",
            "moved:2026-07-31:none:acquisition",
            "leaving",
            "won-back",
            "rule:any(all(r>=4,net>500),tag='VIP')",
            "detractors",
            "reason:no-need",
            "bought:TEA;100%25 POT%3B a%3Ab:",
            "bought:TEA:CUP",
            "bought:TEA:CUP;100%25 POT%3B",
            "due:",
            "due:TEA: green",
            "quarter:strategic:10:80:high:low",
            "labels:group@2026-07-31=champions;group=at-risk",
            "orders:2026-01-01:2026-03-31:channel='web: north;hour=7",
            "orders:2026-01-01:2026-03-31:",
            "like-best",
            "untapped:age=25:TEA",
            "untapped:tag='loves%253B tea%3A green:TEA%3A1",
            "untapped:tier=vip:TEA",
        ] {
            assert_eq!(of_text(text).map(|it| to_text(&it)).as_deref(), Some(text));
        }
        for kind in ActKind::ALL.into_iter().map(Some).chain([None]) {
            let mark = Behind::Act(kind);
            assert_eq!(of_text(&to_text(&mark)), Some(mark));
        }
        for circle in Circle::ALL {
            let mark = Behind::Circle(circle);
            assert_eq!(of_text(&to_text(&mark)), Some(mark));
        }
        for bad in [
            "",
            "cohort",
            "leaving:soon",
            "reason:none such",
            "act:sleep",
            "bought:",
            "bought::CUP",
            "cohort:year:period:3:missing:2026-01-01",
            "cohort:month:period:-1:missing:2026-01-01",
            "cohort:month:period:1:gone:2026-01-01",
            "cohort:month:period:1:missing:January",
            "moved:2026-07-31:retention",
            "moved:2026-07-31:retention:nowhere",
            "quarter:need:10:80:high",
            "quarter:need:10:999:high:low",
            "labels:",
            "untapped:age=20:TEA",
            "untapped:mood='good:TEA",
            "orders:2026-01-01",
            "orders:2026-03-31:2026-01-01:hour=7",
            "orders:2026-01-01:2026-03-31:hour=70",
        ] {
            assert_eq!(of_text(bad), None, "{bad}");
        }
    }
}
