//! The one typed protocol between page and engine.
//!
//! The page asks ([`Request`]), the engine answers once ([`Response`] or [`Problem`]) and announces
//! what it did unasked ([`Event`]). Messages travel as postcard bytes: plain types only, no serde
//! attributes that need a self-describing format.

mod acquire;
mod acts;
mod analysis;
mod backup;
mod baskets;
mod churn;
mod cohorts;
mod customers;
mod delivered;
mod explore;
mod grades;
mod import;
mod labels;
mod layout;
mod leaving;
mod lens;
mod lifecycle;
mod lifecycle_choice;
mod likely;
mod lock;
mod models;
mod outreach;
mod problem;
mod product;
mod product_list;
mod quadrants;
mod reports;
mod rfm;
mod satisfaction;
mod scope;
mod segments;
mod shop;
pub mod sync;
mod targets;
mod today;
mod traits;
mod writing;

pub use acquire::{AcquireCell, AcquireView, ChannelRow};
pub use acts::{Acted, ListAct, Mailing, Snooze};
pub use analysis::{
    Analysis, AsOfBasis, Band, BandCuts, ClassRow, CurvePoint, GridCell, GroupRow, KpiSet,
    Overview, RfmView, RfmWarning, SeriesPoint, SlippingRow, StateCount, Stretch, TierRow,
    TiersView, Totals,
};
pub use analytics::models::{
    Adjusted, Baseline, DropOut, FitError, FrequencyBin, Kind, Leaving, Metrics, NoSeason, Path,
    Predictor, Simpler, SpendError,
};
pub use analytics::{ChurnRule, ChurnState, Monetary, Quadrant, RfmClass, RfmGroup, Stage, Tier};
pub use backup::{BackedUp, BackupFault, BackupView};
pub use baskets::{
    BasketsView, BreadthMonth, DueRow, LadderView, PairRow, ProductRow, RuleRow, RungRow,
};
pub use churn::{
    ChurnMonth, ChurnQuery, ChurnRow, ChurnTotals, ChurnView, EarlyWarning, LimitBasis,
    LogRankView, NextPurchase, SilenceView, Waiting, WaitingBy, WaitingCurve, WaitingGroup,
    WaitingPoint,
};
pub use cohorts::{
    AgeCell, CohortBy, CohortCell, CohortFilter, CohortKey, CohortPeriod, CohortQuery, CohortRow,
    CohortsView,
};
pub use customers::{
    Behind, Consent, ContactView, CustomerEdit, CustomerFilter, CustomerQuery, CustomerRow,
    CustomerSort, CustomerView, CustomersPage, Language, LineRow, OrderRow, Touch, TouchKind,
    customer_label,
};
pub use delivered::{DeliveredFigure, DeliveredProduct, DeliveredView, DeliveredWeights};
pub use explore::{
    Axis, Dimension, ExploreCell, ExploreFigures, ExploreQuery, ExploreView, MOST_DIMENSIONS,
    Slice, SliceCondition,
};
pub use grades::{
    BadRules, Bound, GradeCondition, GradeMeasure, GradeRule, GradeRules, GradesView,
    LONGEST_GRADE_TEXT, MOST_GRADE_CONDITIONS, MOST_GRADE_RULES,
};
pub use import::{
    Answer, BatchPage, BatchView, Choice, Coded, CurrencyFigures, DryRun, FileReport,
    ImportSummary, Inspection, Links, Progress, ProgressPhase, Question, RejectedRow, Unfinished,
};
pub use labels::{
    CrossCell, CrossQuery, CrossView, Label, LabelCondition, LabelKind, RowsOn, slug,
};
pub use layout::{
    ColumnView, Layout, ReadCell, ReadOrder, ReadRecords, ReadingView, RoleView, SavedReading,
};
pub use leaving::{
    CauseFactor, CauseRow, ChurnReason, ReasonRow, Register, RegisterRow, Verdict, WON_BACK_DAYS,
    WinBackQueue, WinBackRow, WonBackRow,
};
pub use lens::{Compare, Lens, Period};
pub use lifecycle::{DatedMove, LifecycleView, SecondOrder, StageDetail, StageMoveRow, StageRow};
pub use lifecycle_choice::{LifecycleChoice, OutOfOrder, SilenceLimits, StageCounts};
pub use likely::{LikelyReason, LikelyRow, LikelyView};
pub use lock::{LockAsk, LockFault, LockSecret, LockView};
pub use models::{
    ChoiceReason, ChosenModel, CustomerAhead, FitDone, FittedModel, Likely, ModelCandidate,
    ModelTest, Models, ModelsState, ModelsView, ShopForecast, SpendModel, ValueBasis, ValueByView,
    ValueDecile, ValuePart,
};
pub use outreach::{AwayRow, OutreachRow, OutreachView, Reach};
pub use problem::{Field, Problem};
pub use product::{Companion, FirstValue, ProductMonth, ProductView};
pub use product_list::{ProductFigures, ProductsView};
pub use quadrants::{
    Plane, QuadrantFilter, QuadrantPoint, QuadrantQuery, QuadrantsView, Sign, SignSource,
};
pub use reports::{BridgeSide, BridgeView, Mix, MixMonth, MixPart, ReportsView};
pub use rfm::{
    ClassConstants, ClassCut, FixedCuts, NotRising, RfmChoice, RfmWindow, Rising, ScoreCuts,
    Scoring, ScoringsView,
};
pub use satisfaction::{
    Answerers, Detractor, DriverRow, GapRow, SatisfactionByView, SatisfactionPart,
    SatisfactionQuery, SatisfactionView, ScoreFigure, Scores, Touchpoint, TouchpointName,
};
pub use segments::{
    AnyField, ChoiceField, ClusterRow, ClustersView, Compared, Comparison, DEEPEST_RULE, DayField,
    FlagField, Found, How, LONGEST_RULE, MOST_TESTS, Members, Moment, Node, NumberField,
    ProfileRow, Rule, SegmentId, SegmentProfile, SegmentQuery, SegmentRow, SegmentSize,
    SegmentView, SegmentsView, Side, StoredSegment, SuggestedRow, Suggestion, Test, TextField,
    Truth, Unit, Why, WhyPart,
};
pub use shop::{CurrencyRates, EditedFacts, Recovery, ShopEdit, ShopView, are_tier_shares};
pub use targets::{Target, TargetFigure, Targets};
pub use today::{Act, ActKind, Circle, KeyCustomersNow, SatisfactionNow, ServiceNow, Today};
pub use traits::{
    AGE_BANDS, FEW_WITH_TRAIT, LikeBest, LikeBestRow, Trait, TraitCell, TraitKind, TraitProduct,
    TraitRow, TraitsQuery, TraitsView, UntappedRow,
};
pub use writing::Writes;

use model::CustomerId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A question of the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// First message of a page: its build. An engine of another build refuses all else.
    Hello {
        /// Build id of the page.
        build: String,
    },
    /// The shop: settings, counts, imports.
    Shop,
    /// Every figure of the insight screens, worked out from the orders.
    Analyse(Lens),
    /// What there is to do, how the service is and who the key customers are: what the first screen
    /// shows beside the figures of [`Request::Analyse`], once they are there.
    Today(Lens),
    /// Whom to turn to one after the other, for this reason or for any.
    Outreach(Lens, Option<ActKind>),
    /// The same customers scored by fifths and by fixed cuts.
    Scorings(Lens),
    /// How many customers each rule of the shop's grades hits.
    Grades(Lens),
    /// Customers on a plane of two figures, cut into four.
    Quadrants(QuadrantQuery),
    /// Customers by two labels, of one day or of two.
    Cross(CrossQuery),
    /// Orders by any of their properties.
    Explore(ExploreQuery),
    /// Why net changed, and how much of it is regulars'.
    Reports(Lens),
    /// Stages of the customers' life with the shop.
    Lifecycle(Lens),
    /// What became of customers who began together.
    Cohorts(CohortQuery),
    /// Who is silent, who left, who came back, and how long people wait.
    Churn(ChurnQuery),
    /// What is bought together, later, again.
    Baskets(Lens),
    /// A product, by what tells it apart.
    Product(String, Lens),
    /// All products.
    Products(Lens),
    /// What kind of customer buys what, and who is like the best.
    Traits(TraitsQuery),
    /// What customers say.
    Satisfaction(Lens),
    /// The same by a label of who says it.
    SatisfactionBy(SatisfactionQuery),
    /// What customers get, less what it costs them, by product and by such a label.
    Delivered(SatisfactionQuery),
    /// Saved segments, and some to begin with.
    Segments(Lens),
    /// Whom a rule means.
    Segment(SegmentQuery),
    /// What those are like whom a rule means.
    SegmentProfile(Lens, String),
    /// Customers who are alike.
    Clusters(Lens),
    /// The commonest texts of a field of rules, or names of products, to choose from.
    RuleTexts(Lens, String),
    /// The customer-base models of the lens's day. What is not there yet is fitted meanwhile, see
    /// [`Event::Fitted`].
    Models(Lens),
    /// What customers are worth ahead, by what they began with.
    ValueBy(Lens),
    /// A stretch of the customer list.
    Customers(CustomerQuery),
    /// One customer with all orders.
    Customer(CustomerId, Lens),
    /// What a customer is likely to buy next.
    Likely(CustomerId, Lens),
    /// Files are likely to come: whoever reads them gets ready.
    ExpectFiles,
    /// Looks at the files that come with the message; nothing is stored.
    Inspect,
    /// Reads the files of the last inspection once more with these answers.
    Answer(Vec<Answer>),
    /// Reads the beginning of a file of the last inspection once more with these answers, to show at
    /// once what comes of them. What the inspection found stays.
    Preview(u32, Vec<Answer>),
    /// Stores what the last inspection found. Has the data changed since, so that other questions
    /// are to be asked, nothing is stored and the answer is a new inspection.
    Import,
    /// Forgets the last inspection, or stops a running one.
    Abandon,
    /// Takes an import back.
    Undo(u32),
    /// An import of the past, with the rows of it that could not be used.
    Batch(u32),
    /// What can be changed of how files are read, by the signature of the reading.
    Reading(String),
    /// Remembers how files with the same columns are read; without columns and options: forgets it.
    SaveReading(SavedReading),
    /// Changes of a remembered reading what is named here, columns and options; an option without a
    /// choice is as found. A column whose role only one can have takes it from the other.
    ChangeReading(SavedReading),
    /// Makes the sample shop.
    LoadSample {
        /// With Chinese names and goods, in yuan.
        chinese: bool,
    },
    /// Removes the sample shop.
    RemoveSample,
    /// Changes a fact of the shop.
    EditShop(ShopEdit),
    /// Changes a fact of a customer.
    EditCustomer(CustomerId, CustomerEdit),
    /// Erases a customer for good.
    EraseCustomer(CustomerId),
    /// All that is stored of a customer, as `person.json`.
    KnownOf(CustomerId),
    /// Does something to every customer of a list, its stretch apart.
    Act(CustomerQuery, ListAct),
    /// Does the same to one customer.
    ActOn(CustomerId, ListAct),
    /// Takes such an act back, by its number.
    UndoAct(u32),
    /// The customers of a list who may be written to.
    Mailing(CustomerQuery),
    /// `customer-scores.csv`.
    ExportScores(Lens),
    /// `analysis-report.json`.
    ExportReport(Lens),
    /// The customer list as CSV, with filter and order as on screen.
    ExportCustomers(CustomerQuery),
    /// `churn-register.csv`: everybody on the register of the churn screen.
    ExportRegister(Lens),
    /// `win-back.csv`: all whom to win back, in their order.
    ExportWinBack(Lens),
    /// `stage-moves.csv`: all moves to another stage since the lens' period began.
    ExportMoves(Lens),
    /// Makes a backup of everything; with a passphrase it is locked by that.
    BackUp(Option<String>),
    /// Looks into the backup that comes with the message; without a file once more into the last,
    /// with a passphrase. Nothing is stored.
    LookIntoBackup(Option<String>),
    /// Restores the backup that was looked into last.
    Restore,
    /// Takes the backup that was restored last out again, unless something has changed since.
    UndoRestore,
    /// Something about the lock of this device.
    Lock(LockAsk),
    /// Deletes everything; also what cannot be opened ([`Problem::StorageUnreadable`]), or is locked.
    EraseAll,
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// Done; nothing to tell.
    Done,
    /// To [`Request::Hello`] and [`Request::Shop`].
    Shop(Box<ShopView>),
    /// To [`Request::Analyse`].
    Analysis(Box<Analysis>),
    /// To the questions of the insight screens: the bytes of the view, so that what opens knows nothing
    /// of its form.
    Segmented(Vec<u8>),
    /// To [`Request::Customers`].
    Customers(CustomersPage),
    /// To [`Request::Customer`].
    Customer(Box<CustomerView>),
    /// To [`Request::Inspect`] and [`Request::Answer`]; to [`Request::Import`] if the user has to be
    /// asked again.
    Inspection(Inspection),
    /// To [`Request::Preview`].
    Preview(Box<FileReport>),
    /// To [`Request::Reading`].
    Reading(Box<ReadingView>),
    /// To [`Request::Batch`].
    Batch(Box<BatchPage>),
    /// To [`Request::Import`] and [`Request::LoadSample`].
    Imported(ImportSummary),
    /// To [`Request::EraseCustomer`]: names of files whose imports are damaged, so that nobody can
    /// tell whether they hold something of the customer.
    Erased(Vec<String>),
    /// To [`Request::Act`] and [`Request::ActOn`].
    Acted(Acted),
    /// To [`Request::Mailing`].
    Mailing(Mailing),
    /// To [`Request::BackUp`].
    BackedUp(BackedUp),
    /// To [`Request::LookIntoBackup`] and [`Request::Restore`].
    Backup(Box<BackupView>),
    /// To [`Request::Lock`].
    Lock(LockView),
    /// A file for the user to keep.
    File(Vec<u8>),
}

impl Response {
    /// A view of an insight screen, as it travels.
    pub fn segmented<T: Serialize>(view: &T) -> Response {
        Response::Segmented(encode(view))
    }

    /// The view of an insight screen that it is.
    pub fn of_segments<T: DeserializeOwned>(self) -> Option<Box<T>> {
        match self {
            Response::Segmented(bytes) => decode(&bytes).map(Box::new),
            _ => None,
        }
    }
}

/// What the engine tells unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The data are now at this revision: ask again for what is on screen.
    Revision(u64),
    /// The models of a day are there: ask again for what shows them.
    Fitted(FitDone),
    /// A long task goes on.
    Progress(Progress),
    /// Something failed that nobody asked for: what another tab has written cannot be read. It is
    /// tried again at the next question.
    Problem(Problem),
}

/// A message to the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// Comes back with the answer.
    pub id: u32,
    /// The question.
    pub request: Request,
}

/// A message to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Message {
    /// The one answer to a question.
    Answer {
        /// Of the question.
        id: u32,
        /// The answer or why there is none.
        result: Result<Response, Problem>,
    },
    /// Unasked.
    Event(Event),
}

/// Bytes of a message.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // Fails only for lengths that do not fit a usize and for maps of unknown size: we have neither.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// Bytes of the message that answers a question, made of the bytes of its [`Response`].
pub fn encode_answer(id: u32, response: &[u8]) -> Vec<u8> {
    let mut message = encode(&Message::Answer { id, result: Ok(Response::Done) });
    // An answer ends with its response, and this one's is a single byte.
    message.pop();
    message.extend_from_slice(response);
    message
}

/// The message of some bytes; `None` if they are of another build.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Currency, ShopDay};

    #[test]
    fn every_kind_of_message_survives_the_way() {
        let lens = Lens {
            as_of: ShopDay::from_ymd(2026, 10, 31),
            period: Some(Period { from: ShopDay::from_number(1), to: ShopDay::from_number(9) }),
            compare: Compare::Year,
            segment: Some(SegmentId(7)),
        };
        let query = CustomerQuery {
            lens: lens.clone(),
            search: "张三".to_owned(),
            filter: CustomerFilter { group: Some(RfmGroup::Champions), r: 5, ..Default::default() },
            sort: CustomerSort::Net,
            language: Language::Chinese,
            descending: true,
            first_row: 100,
            rows: 50,
        };
        let requests = [
            Request::Hello { build: "a1".to_owned() },
            Request::Customers(query),
            Request::EditShop(ShopEdit::Currency(Some(Currency::CNY))),
            Request::Customer(CustomerId(u128::MAX), lens),
        ];
        for request in requests {
            let ask = Ask { id: 7, request };
            assert_eq!(decode(&encode(&ask)), Some(ask));
        }
        let answer = Message::Answer { id: 1, result: Err(Problem::StorageFull(9)) };
        assert_eq!(decode(&encode(&answer)), Some(answer));
        assert_eq!(decode::<Message>(b"\xff\xff"), None);
    }

    #[test]
    fn an_answer_is_made_of_the_bytes_of_its_response() {
        let segmented = Response::segmented(&7_u64);
        for response in [Response::Done, Response::File(vec![1; 300]), segmented] {
            for id in [0, 7, 300, u32::MAX] {
                let answer = Message::Answer { id, result: Ok(response.clone()) };
                assert_eq!(encode_answer(id, &encode(&response)), encode(&answer));
            }
        }
    }
}
