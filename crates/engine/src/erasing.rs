//! One person as a whole: all that is stored of them, for them to have, and its end.

use crate::answer::Engine;
use crate::frame::{LoadedBatch, Personal};
use crate::host::{Host, SourceFile};
use crate::keeping::saving;
use crate::problem;
use model::CustomerId;
use protocol::{Problem, Response};
use serde_json::json;
use store::{Backend, BatchEntry, BatchId, Erasure, ToErase};

/// The version of the file that a person gets.
const PERSON_VERSION: u32 = 1;

impl LoadedBatch {
    /// Whether it is this import, as it is stored now.
    pub fn is_of(&self, entry: &BatchEntry) -> bool {
        (self.id, self.edition) == (entry.id, entry.edition)
    }
}

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// Erases a customer for good.
    pub(crate) async fn erase_customer(&mut self, id: CustomerId) -> Result<Response, Problem> {
        let who = self.whole_person(id)?;
        let erased = self.erase(&who).await;
        // What failed may have shown what another tab has stored.
        if self.is_behind() {
            self.reload(Vec::new()).await?;
        }
        let name = |id: &BatchId| Some(self.store.manifest().batch(*id)?.file_name.clone());
        Ok(Response::Erased(erased?.unread.iter().filter_map(name).collect()))
    }

    /// All that is stored of a customer.
    pub(crate) async fn known_of(&mut self, id: CustomerId) -> Result<Response, Problem> {
        let who = self.whole_person(id)?;
        let known = self.store.known_of(&who).await.map_err(problem::of_store)?;
        let file = json!({
            "format": "regulars-person",
            "version": PERSON_VERSION,
            "made_at_ms": self.host.now_ms(),
            "id": id.to_string(),
            "known": known,
        });
        let text = serde_json::to_vec_pretty(&file);
        Ok(Response::File(text.map_err(|error| Problem::Internal(error.to_string()))?))
    }

    /// Takes what is stored again of people who are erased out of it: sync or a backup has brought it,
    /// or word of the erasure. Writes nothing where there is nothing.
    pub async fn erase_again(&mut self) -> Result<(), Problem> {
        self.erase(&ToErase::default()).await?;
        if self.is_behind() {
            self.reload(Vec::new()).await?;
        }
        Ok(())
    }

    /// All that is a customer's, by the rows as they are stored.
    fn whole_person(&self, id: CustomerId) -> Result<ToErase, Problem> {
        let personal = self.shop.frame.personal(id, &self.shop.zone).ok_or(Problem::NotFound)?;
        let Personal { ids, rows } = personal;
        Ok(ToErase { people: ids.into_iter().map(|id| (id, None)).collect(), beside: rows })
    }

    async fn erase(&mut self, who: &ToErase) -> Result<Erasure, Problem> {
        let (now, rows) = (self.host.now_ms(), self.shop.frame.orders.len() as u64);
        let erased = self.store.erase_customers(who, now, &mut saving(&self.host, rows)).await;
        let erased = erased.map_err(problem::of_store)?;
        if !erased.changes.is_empty() {
            self.forget_people();
        }
        Ok(erased)
    }
}
