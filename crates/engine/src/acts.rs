//! What is done to all customers of a list at once, and its way back.

use crate::answer::Engine;
use crate::editing::LONGEST_TEXT;
use crate::host::{Host, SourceFile};
use crate::problem;
use crate::put_off::{PutOff, field_of as field_of_act};
use crate::segments::field_of;
use crate::shop::{Shop, field};
use model::{Change, CustomerId, Entity, Operation, Origin, ShopDay, Value};
use protocol::{ActKind, Acted, CustomerQuery, Field, ListAct, Problem, Response, StoredSegment};
use store::Backend;

/// So many acts can be taken back, the latest.
const KEPT: usize = 16;

/// The acts that can be taken back.
#[derive(Debug, Default)]
pub struct ActLog {
    last: u32,
    kept: Vec<(u32, Vec<Made>)>,
}

/// A change that an act has made, and the text that stood there before it.
#[derive(Debug)]
struct Made {
    change: Change,
    former: String,
}

impl ActLog {
    fn keep(&mut self, made: Vec<Made>) -> u32 {
        self.last += 1;
        self.kept.push((self.last, made));
        let surplus = self.kept.len().saturating_sub(KEPT);
        self.kept.drain(..surplus);
        self.last
    }

    fn find(&self, number: u32) -> Option<&[Made]> {
        self.kept.iter().find(|it| it.0 == number).map(|it| it.1.as_slice())
    }
}

/// One edit, as the store takes it.
type Edit = (Entity, String, Operation);

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// Does something to every customer of a list, in one transaction.
    pub(crate) async fn act(
        &mut self,
        query: &CustomerQuery,
        act: ListAct,
    ) -> Result<Response, Problem> {
        let (shop, _, listed) = self.list(query);
        let ids = listed.customers().iter().map(|&it| shop.id(it)).collect();
        self.act_on(ids, act).await
    }

    /// Does something to one customer.
    pub(crate) async fn act_on_one(
        &mut self,
        id: CustomerId,
        act: ListAct,
    ) -> Result<Response, Problem> {
        self.shop.frame.find(id).ok_or(Problem::NotFound)?;
        self.act_on(vec![id], act).await
    }

    async fn act_on(&mut self, ids: Vec<CustomerId>, act: ListAct) -> Result<Response, Problem> {
        let act = checked(act)?;
        let today = self.shop.today(&self.host);
        let mut planned: Vec<(Edit, String)> = first_of(&act, today).into_iter().collect();
        let mut changed = 0;
        for &id in &ids {
            let before = planned.len();
            plan(&self.shop, id, &act, today, &mut planned);
            changed += u32::from(planned.len() > before);
        }
        let (edits, formers): (Vec<Edit>, Vec<String>) = planned.into_iter().unzip();
        let stored = self.store_all(edits).await?.into_iter().zip(formers);
        let made = stored.map(|(change, former)| Made { change, former }).collect();
        let undo = self.acts.keep(made);
        Ok(Response::Acted(Acted { customers: ids.len() as u32, changed, undo }))
    }

    /// Takes an act back, as far as nobody has changed since what it had changed.
    pub(crate) async fn undo_act(&mut self, number: u32) -> Result<Response, Problem> {
        let made = self.acts.find(number).ok_or(Problem::NotFound)?;
        let edits = made.iter().filter_map(|it| inverse(&self.shop, it)).collect();
        self.store_all(edits).await?;
        self.acts.kept.retain(|it| it.0 != number);
        Ok(Response::Done)
    }

    async fn store_all(&mut self, edits: Vec<Edit>) -> Result<Vec<Change>, Problem> {
        if edits.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.host.now_ms();
        let stored = self.store.apply(Origin::Person, edits, now).await;
        let changes = stored.map_err(problem::of_store)?;
        self.take_over_edits(false).await?;
        Ok(changes)
    }
}

/// The act with its text as it is kept.
fn checked(act: ListAct) -> Result<ListAct, Problem> {
    let trimmed = |text: &str| {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Invalid(Field::ActText));
        }
        let too_long = text.len() > LONGEST_TEXT as usize;
        if too_long { Err(Problem::TooLong(LONGEST_TEXT)) } else { Ok(text.to_owned()) }
    };
    Ok(match act {
        ListAct::Tag(tag) => ListAct::Tag(tag_of(&tag)?),
        ListAct::Note(note) => ListAct::Note(trimmed(&note)?),
        ListAct::Contacted | ListAct::Done(_) | ListAct::Snooze(..) => act,
        ListAct::Segment(id, name) => ListAct::Segment(id, tag_of(&name)?),
    })
}

/// A tag as it is kept: on one line, and short enough for a chip.
pub fn tag_of(text: &str) -> Result<String, Problem> {
    const LONGEST_TAG: u32 = 120;
    let tag = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if tag.is_empty() {
        return Err(Problem::Invalid(Field::ActText));
    }
    if tag.len() > LONGEST_TAG as usize { Err(Problem::TooLong(LONGEST_TAG)) } else { Ok(tag) }
}

/// What an act changes of a customer, each with the text that stood there.
fn plan(
    shop: &Shop,
    id: CustomerId,
    act: &ListAct,
    today: ShopDay,
    planned: &mut Vec<(Edit, String)>,
) {
    let include = |name: &str, word: &str| {
        let is_new = !shop.words(id, name).any(|it| it == word);
        let operation = Operation::Include(word.to_owned());
        is_new.then(|| ((Entity::Customer(id), name.to_owned(), operation), String::new()))
    };
    let set = |name: &str, text: String| {
        let former = shop.edited(id, name);
        (text != former).then(|| {
            let operation = Operation::Set(Value::Text(text));
            ((Entity::Customer(id), name.to_owned(), operation), former.to_owned())
        })
    };
    let put_off = |kinds: &[ActKind], put_off: PutOff| {
        let is_meant = |name: &&str| kinds.iter().any(|it| field_of_act(*it) == *name);
        let names = [field::PUT_OFF, field::SERVICE_PUT_OFF].into_iter().filter(is_meant);
        names.filter_map(|name| set(name, put_off.to_string())).collect::<Vec<_>>()
    };
    match act {
        ListAct::Tag(tag) => planned.extend(include(field::TAGS, tag)),
        ListAct::Contacted => planned.extend(include(field::CONTACTED, &today.to_string())),
        ListAct::Segment(id, _) => planned.extend(include(field::SEGMENTS, &id.to_string())),
        ListAct::Done(kinds) => {
            planned.extend(include(field::CONTACTED, &today.to_string()));
            planned.extend(put_off(kinds, PutOff::done(today)));
        }
        ListAct::Snooze(kinds, snooze) => {
            planned.extend(put_off(kinds, PutOff::snoozed(today, *snooze)));
        }
        ListAct::Note(line) => {
            let former = shop.edited(id, field::NOTE);
            let break_ = if former.is_empty() { "" } else { "\n" };
            let text = format!("{former}{break_}{line}");
            // A note that is full stays as it is.
            if text.len() <= LONGEST_TEXT as usize {
                planned.extend(set(field::NOTE, text));
            }
        }
    }
}

/// What an act changes of the shop itself, with what stood there before.
fn first_of(act: &ListAct, today: ShopDay) -> Option<(Edit, String)> {
    let ListAct::Segment(id, name) = act else { return None };
    let segment = StoredSegment::of_day(*id, name, today);
    let operation = Operation::Set(Value::Text(segment.text));
    Some(((Entity::Shop, field_of(*id), operation), String::new()))
}

/// What takes a change back; `None`: somebody has changed the field since.
fn inverse(shop: &Shop, made: &Made) -> Option<Edit> {
    let Change { stamp, entity, field, operation, .. } = &made.change;
    let operation = if let Operation::Include(word) = operation {
        shop.overlay.field(entity, field)?;
        Operation::Exclude(word.clone(), vec![*stamp])
    } else {
        let set = shop.overlay.field(entity, field)?.set.as_ref();
        set.filter(|(_, at, _)| at == stamp)?;
        Operation::Set(Value::Text(made.former.clone()))
    };
    Some((entity.clone(), field.clone(), operation))
}
