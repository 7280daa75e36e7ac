//! Rows of people who are erased: found by the keys that lead to them, and taken out.

use super::{Tables, customer_texts, people::Columns as _};
use model::{
    CustomerId, EventTable, IdentityKey, NO_CUSTOMER, Part, PeopleTables, ResponseTable,
    TextColumn, TicketTable,
};

/// Who is erased, as far as rows tell whose they are.
///
/// A customer's id is a hash of the key that leads to them, so that nothing has to be kept of who is
/// erased to know them again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Ascending.
    ids: Vec<CustomerId>,
    /// Whose member names may be meant where a record names one.
    platforms: Vec<String>,
}

/// Rows of one import that are somebody's, by table. Those that hang on them, as the lines of their
/// orders, go without saying. Ascending, each once.
///
/// Plain lists: sets would bring their own sorting into the program that opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TheirRows {
    /// Customers, and with them their orders and what contact lists say of them.
    pub customers: Vec<u32>,
    /// Orders beside those of these customers.
    pub orders: Vec<u32>,
    /// Answers to surveys.
    pub responses: Vec<u32>,
    /// Service tickets.
    pub tickets: Vec<u32>,
    /// Events.
    pub events: Vec<u32>,
}

impl TheirRows {
    fn all(&self) -> [&Vec<u32>; 5] {
        [&self.customers, &self.orders, &self.responses, &self.tickets, &self.events]
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all().iter().all(|rows| rows.is_empty())
    }

    /// How many orders and records of people these are; of a list of contacts the people.
    pub fn count(&self) -> usize {
        let TheirRows { customers, orders, responses, tickets, events } = self;
        let records = responses.len() + tickets.len() + events.len();
        if orders.is_empty() { customers.len() + records } else { orders.len() + records }
    }

    /// Takes in further rows of the same import, in any order.
    pub fn extend(&mut self, more: &TheirRows) {
        let TheirRows { customers, orders, responses, tickets, events } = self;
        let own = [customers, orders, responses, tickets, events];
        for (own, more) in own.into_iter().zip(more.all()) {
            own.extend(more);
            tiny_sort::unstable::sort(own);
            own.dedup();
        }
    }
}

impl Erased {
    /// Those with these ids; `sources` are those of all imports that there are.
    pub fn new<'a>(
        ids: impl IntoIterator<Item = CustomerId>,
        sources: impl IntoIterator<Item = &'a str>,
    ) -> Erased {
        let mut erased = Erased { ids: ids.into_iter().collect(), platforms: Vec::new() };
        tiny_sort::unstable::sort(&mut erased.ids);
        for source in sources {
            let platform = platform(source);
            if !erased.platforms.iter().any(|known| known == platform) {
                erased.platforms.push(platform.to_owned());
            }
        }
        erased
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The rows of an import that are theirs, by what it says itself.
    pub fn rows_in(&self, tables: &Tables, source: &str) -> TheirRows {
        let mut theirs = TheirRows::default();
        if self.is_empty() {
            return theirs;
        }
        let customers = &tables.customers;
        let account_of = Part::of_source(source).filter(|it| it.1 == Part::Accounts);
        let is_theirs = |row: usize| match account_of {
            _ if self.has(customers.id[row]) => true,
            Some((platform, _)) => {
                self.is(IdentityKey::Member { platform, name: customers.name.get(row) })
            }
            None => false,
        };
        theirs.customers.extend((0..customers.len()).filter(|&row| is_theirs(row)).map(index));
        if !theirs.customers.is_empty() {
            let is_of = |(_, customer): &(u32, &u32)| has(&theirs.customers, **customer);
            let orders = (0..).zip(&tables.orders.customer).filter(is_of);
            theirs.orders.extend(orders.map(|(row, _)| row));
        }
        let PeopleTables { responses, tickets, events, .. } = &tables.people;
        let ResponseTable { email, phone, member, .. } = responses;
        theirs.responses = self.records([email, phone, member], source);
        let TicketTable { email, phone, member, .. } = tickets;
        theirs.tickets = self.records([email, phone, member], source);
        let EventTable { email, phone, member, .. } = events;
        theirs.events = self.records([email, phone, member], source);
        theirs
    }

    /// Records are told by their address, else their telephone, else their number, as everywhere.
    fn records(&self, keys: [&TextColumn; 3], source: &str) -> Vec<u32> {
        let own = platform(source);
        let is_theirs = |row: &usize| {
            let [email, phone, name] = keys.map(|column| column.get(*row));
            if !email.is_empty() {
                return self.is(IdentityKey::Email(email));
            }
            if !phone.is_empty() {
                return self.is(IdentityKey::Phone(phone));
            }
            let is_member = |platform| self.is(IdentityKey::Member { platform, name });
            !name.is_empty()
                && (is_member(own) || self.platforms.iter().any(|platform| is_member(platform)))
        };
        (0..keys[0].len()).filter(is_theirs).map(index).collect()
    }

    fn is(&self, key: IdentityKey) -> bool {
        self.has(key.customer_id())
    }

    fn has(&self, id: CustomerId) -> bool {
        self.ids.binary_search(&id).is_ok()
    }
}

/// The platform of a source, of which it may be a part.
fn platform(source: &str) -> &str {
    Part::of_source(source).map_or(source, |(platform, _)| platform)
}

/// Tables have fewer than 2³² rows.
const fn index(row: usize) -> u32 {
    row as u32
}

impl Tables {
    /// Takes somebody's rows out, with all that hangs on them. The tables must have passed
    /// [`Tables::check`].
    pub fn take_out(&mut self, theirs: &TheirRows) {
        self.divide(theirs, false);
    }

    /// Keeps somebody's rows alone, with all that hangs on them.
    pub(crate) fn keep_only(&mut self, theirs: &TheirRows) {
        self.divide(theirs, true);
    }

    /// Keeps what is theirs, or all else.
    fn divide(&mut self, theirs: &TheirRows, their: bool) {
        let of = |rows: &[u32], row: u32| has(rows, row) == their;
        let customers = Kept::of(self.customers.len(), |row| of(&theirs.customers, row));
        let buyers = &self.orders.customer;
        let orders = Kept::of(buyers.len(), |row| {
            let is_theirs =
                has(&theirs.orders, row) || has(&theirs.customers, buyers[row as usize]);
            is_theirs == their
        });
        self.orders.reorder(&orders.rows);
        let all = (0..index(self.orders.len())).collect::<Vec<_>>();
        self.orders.channel = self.orders.channel.take_rows(&all);
        customers.renumber(&mut self.orders.customer);
        self.divide_lines(&orders);
        keep_rows(&mut self.customers.id, &customers.rows);
        for texts in customer_texts(&mut self.customers) {
            *texts = texts.take_rows(&customers.rows);
        }
        let PeopleTables { contacts, responses, answers, tickets, events, summaries, gaps } =
            &mut self.people;
        let own = &contacts.customer;
        contacts.keep(&Kept::of(own.len(), |row| customers.has(own[row as usize])).rows);
        customers.renumber(&mut contacts.customer);
        let own = &summaries.customer;
        let kept = Kept::of(own.len(), |row| customers.has(own[row as usize]));
        let own = &gaps.summary;
        gaps.keep(&Kept::of(own.len(), |row| kept.has(own[row as usize])).rows);
        kept.renumber(&mut gaps.summary);
        summaries.keep(&kept.rows);
        customers.renumber(&mut summaries.customer);
        let kept = Kept::of(responses.len(), |row| of(&theirs.responses, row));
        let own = &answers.response;
        answers.keep(&Kept::of(own.len(), |row| kept.has(own[row as usize])).rows);
        kept.renumber(&mut answers.response);
        responses.keep(&kept.rows);
        tickets.keep(&Kept::of(tickets.len(), |row| of(&theirs.tickets, row)).rows);
        events.keep(&Kept::of(events.len(), |row| of(&theirs.events, row)).rows);
    }

    /// Keeps the lines of some orders. Products that stood in the other lines alone go with these: a
    /// name may have been made for somebody.
    fn divide_lines(&mut self, orders: &Kept) {
        let lines = &mut self.lines;
        let kept = Kept::of(lines.order.len(), |line| orders.has(lines.order[line as usize]));
        let mut is_left = vec![true; self.products.key.len()];
        for kept_lines in [false, true] {
            for (_, &product) in (0..).zip(&lines.product).filter(|it| kept.has(it.0) == kept_lines)
            {
                is_left[product as usize] = kept_lines;
            }
        }
        let products = Kept::of(is_left.len(), |row| is_left[row as usize]);
        keep_rows(&mut lines.order, &kept.rows);
        keep_rows(&mut lines.product, &kept.rows);
        keep_rows(&mut lines.quantity_milli, &kept.rows);
        keep_rows(&mut lines.price, &kept.rows);
        orders.renumber(&mut lines.order);
        products.renumber(&mut lines.product);
        self.products.key = self.products.key.take_rows(&products.rows);
        self.products.name = self.products.name.take_rows(&products.rows);
    }
}

/// Whether a row is among some, ascending.
fn has(rows: &[u32], row: u32) -> bool {
    rows.binary_search(&row).is_ok()
}

/// The rows of a table that stay.
struct Kept {
    rows: Vec<u32>,
    /// By former row the new one, [`NO_CUSTOMER`] where it goes.
    places: Vec<u32>,
}

impl Kept {
    fn of(rows: usize, stays: impl Fn(u32) -> bool) -> Kept {
        let mut kept = Kept { rows: Vec::with_capacity(rows), places: Vec::with_capacity(rows) };
        for row in 0..index(rows) {
            if stays(row) {
                kept.places.push(index(kept.rows.len()));
                kept.rows.push(row);
            } else {
                kept.places.push(NO_CUSTOMER);
            }
        }
        kept
    }

    fn has(&self, row: u32) -> bool {
        self.places[row as usize] != NO_CUSTOMER
    }

    /// Brings a column of former rows to the new ones; who goes is nobody, as nobody is.
    fn renumber(&self, column: &mut [u32]) {
        for row in column {
            *row = self.places.get(*row as usize).copied().unwrap_or(*row);
        }
    }
}

/// Keeps these rows of a column; one that the source does not have stays empty.
pub(super) fn keep_rows<T: Copy>(column: &mut Vec<T>, rows: &[u32]) {
    if !column.is_empty() {
        *column = rows.iter().map(|&row| column[row as usize]).collect();
    }
}
