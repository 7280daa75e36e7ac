//! What the first screen asks and what it says to do. Money is in minor units of the analysis'
//! currency.

use crate::{Behind, CustomerFilter, ScoreFigure};
use model::ShopDay;
use serde::{Deserialize, Serialize};

/// What the first screen says beside its figures, which come first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Today {
    /// What to do this week, dearest first.
    pub acts: Vec<Act>,
    /// How is the service? `None`: there are no tickets.
    pub service: Option<ServiceNow>,
    /// Who are the key customers, and do they stay?
    pub key: KeyCustomersNow,
}

/// How the service is. Tickets of the period are those that were opened in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceNow {
    /// Tickets that are not ended.
    pub open: u32,
    /// Those of them that nobody has answered, opened before the day.
    pub late: u32,
    /// Customers with an open ticket.
    pub open_customers: u32,
    /// Tickets of the period.
    pub tickets: u32,
    /// Tickets of the compared period; `None` if there is none to compare with.
    pub tickets_before: Option<u32>,
    /// Complaints of the period: rated 1 or 2 of 5, or filed as one.
    pub complaints: u32,
    /// Customers who made them.
    pub complaining: u32,
    /// Complaints of the compared period.
    pub complaints_before: Option<u32>,
    /// Median minutes from the first message to the first reply, tickets of the period.
    pub reply_minutes: Option<f64>,
}

/// How satisfied customers are, of the answers of the period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SatisfactionNow {
    /// Share of 4 and 5.
    pub csat: Option<ScoreFigure>,
    /// The same in the compared period.
    pub csat_before: Option<ScoreFigure>,
    /// Net promoter score.
    pub nps: Option<ScoreFigure>,
    /// The same in the compared period.
    pub nps_before: Option<ScoreFigure>,
    /// Day of the newest answer.
    pub newest: Option<ShopDay>,
    /// Known customers whose newest answers of the last 90 days say that they are dissatisfied.
    pub dissatisfied: u32,
}

/// Who the shop lives on: customers of the tiers VIP and big.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeyCustomersNow {
    /// How many.
    pub customers: u32,
    /// Their share of the net of known customers in the period, 0 to 1.
    pub share: Option<f64>,
    /// The same customers' share in the compared period.
    pub share_before: Option<f64>,
    /// Those at risk of leaving or gone.
    pub silent: u32,
    /// The net so far of those.
    pub silent_net: i64,
}

/// A circle of customers that the first screen speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Circle {
    /// The tiers VIP and big.
    Key,
    /// Those of them who are at risk of leaving or gone.
    KeySilent,
    /// With a ticket that is not ended.
    OpenTickets,
    /// With a complaint in the period.
    Complaints,
    /// Dissatisfied by the newest answer of the last 90 days.
    Dissatisfied,
    /// Regulars whose next order is expected within a week.
    ExpectedSoon,
    /// One usual order below the next tier.
    AboutToClimb,
}

impl Circle {
    /// All circles.
    pub const ALL: [Circle; 7] = [
        Circle::Key,
        Circle::KeySilent,
        Circle::OpenTickets,
        Circle::Complaints,
        Circle::Dissatisfied,
        Circle::ExpectedSoon,
        Circle::AboutToClimb,
    ];
}

/// What an act is about. Of several that are due with a customer, the first weighs most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ActKind {
    /// A ticket is open.
    AnswerTickets,
    /// A bad answer to a survey.
    HearDissatisfied,
    /// The best customers of old are gone quiet.
    WinBackBest,
    /// Good customers begin to be late.
    RescueAtRisk,
    /// Silent for too long by their own rhythm.
    CallLate,
    /// The next order is due.
    RemindExpected,
    /// A product is about to be used up.
    OfferAgain,
    /// First orders that wait for a second.
    SecondOrder,
    /// The next tier is near.
    LiftToTier,
    /// The best: thank them.
    ThankChampions,
}

impl ActKind {
    /// All kinds, the weightiest first.
    pub const ALL: [ActKind; 10] = [
        ActKind::AnswerTickets,
        ActKind::HearDissatisfied,
        ActKind::WinBackBest,
        ActKind::RescueAtRisk,
        ActKind::CallLate,
        ActKind::RemindExpected,
        ActKind::OfferAgain,
        ActKind::SecondOrder,
        ActKind::LiftToTier,
        ActKind::ThankChampions,
    ];

    /// Whether the customer has said something that waits for an answer; else the shop turns to the
    /// customer of its own accord.
    pub const fn is_service(self) -> bool {
        matches!(self, ActKind::AnswerTickets | ActKind::HearDissatisfied)
    }
}

/// Something to do: the list it opens has exactly `customers` rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// What.
    pub kind: ActKind,
    /// For how many.
    pub customers: u32,
    /// Their net so far.
    pub net: i64,
    /// Median days since their last order; `None`: none of them has ordered.
    pub median_silent_days: Option<i32>,
    /// How many days after a first order the second is waited for.
    pub within_days: u32,
}

impl Act {
    /// Who.
    pub fn filter(&self) -> CustomerFilter {
        CustomerFilter::behind(Behind::Act(Some(self.kind)))
    }
}
