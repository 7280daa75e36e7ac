//! Which part of the program answers a question.
//!
//! What opens the data is loaded with the engine; the other parts, larger together, when they are
//! asked for or nothing else is to do (`src/bin/engine/parts.rs`).

use protocol::Request;

/// A part of the engine's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Opens the data, shows figures and customers, takes edits.
    First,
    /// The insight screens and the files that a user takes out.
    Insights,
    /// Takes files in, and what was taken in out again: imports, or all of one person.
    Files,
    /// Makes and restores backups.
    Keeping,
    /// Opens and closes the lock of this device.
    Locking,
}

impl Part {
    /// The part that answers.
    pub fn of(request: &Request) -> Part {
        match request {
            Request::Hello { .. }
            | Request::Shop
            | Request::Analyse(_)
            | Request::Models(_)
            | Request::Customers(_)
            | Request::Customer(..)
            | Request::ExpectFiles
            | Request::Abandon
            | Request::Batch(_)
            | Request::Reading(_)
            | Request::SaveReading(_)
            | Request::ChangeReading(_)
            | Request::Act(..)
            | Request::ActOn(..)
            | Request::UndoAct(_)
            | Request::EditShop(_)
            | Request::EditCustomer(..)
            | Request::EraseAll => Part::First,
            Request::Today(_)
            | Request::Outreach(..)
            | Request::Scorings(_)
            | Request::Grades(_)
            | Request::Quadrants(_)
            | Request::Cross(_)
            | Request::Explore(_)
            | Request::Reports(_)
            | Request::Lifecycle(_)
            | Request::Cohorts(_)
            | Request::Churn(_)
            | Request::Baskets(_)
            | Request::Product(..)
            | Request::Products(_)
            | Request::Traits(_)
            | Request::Likely(..)
            | Request::ValueBy(_)
            | Request::Satisfaction(_)
            | Request::SatisfactionBy(_)
            | Request::Delivered(_)
            | Request::Segments(_)
            | Request::Segment(_)
            | Request::SegmentProfile(..)
            | Request::Clusters(_)
            | Request::RuleTexts(..)
            | Request::Mailing(_)
            | Request::ExportRegister(_)
            | Request::ExportWinBack(_)
            | Request::ExportMoves(_)
            | Request::ExportScores(_)
            | Request::ExportReport(_)
            | Request::ExportCustomers(_) => Part::Insights,
            Request::Inspect
            | Request::Answer(_)
            | Request::Preview(..)
            | Request::Import
            | Request::Undo(_)
            | Request::EraseCustomer(_)
            | Request::KnownOf(_)
            | Request::LoadSample { .. }
            | Request::RemoveSample => Part::Files,
            Request::BackUp(_)
            | Request::LookIntoBackup(_)
            | Request::Restore
            | Request::UndoRestore => Part::Keeping,
            Request::Lock(_) => Part::Locking,
        }
    }

    /// Whether the part of the insight screens has to look up who stands behind a list before the
    /// question is answered.
    pub const fn looks_behind(request: &Request) -> bool {
        match request {
            Request::Customers(query) | Request::Act(query, _) => query.filter.behind.is_some(),
            _ => false,
        }
    }
}
