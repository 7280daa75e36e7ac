//! Which records of two imports are the same, and whether they say the same.

use foldhash::fast::FixedState;
use model::{CustomerTable, DictColumn, PeopleTables, RecordKind, TextColumn, TimeColumn};
use std::hash::{BuildHasher, Hash, Hasher};
use store::Tables;

/// A record in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Equal for the same record, in whatever import of its source.
    pub key: u64,
    /// Equal if all that it says is.
    pub content: u64,
}

/// The fingerprints of an import's records. `source`: id of the platform.
#[derive(Debug)]
pub struct Fingerprints<'a> {
    source: &'a str,
    customers: &'a CustomerTable,
    people: &'a PeopleTables,
    state: FixedState,
}

impl<'a> Fingerprints<'a> {
    /// Of the records of an import.
    pub fn of(source: &'a str, tables: &'a Tables) -> Fingerprints<'a> {
        let Tables { customers, people, .. } = tables;
        Fingerprints { source, customers, people, state: FixedState::default() }
    }

    /// Of one record.
    pub fn get(&self, kind: RecordKind, row: usize) -> Fingerprint {
        let (mut key, mut content) = (self.state.build_hasher(), self.state.build_hasher());
        kind.hash(&mut key);
        match kind {
            RecordKind::Orders => {}
            RecordKind::Summaries => self.summary(row, &mut key, &mut content),
            RecordKind::Contacts => self.contact(row, &mut key, &mut content),
            RecordKind::Responses => self.response(row, &mut key, &mut content),
            RecordKind::Tickets => self.ticket(row, &mut key, &mut content),
            RecordKind::Events => {
                let it = &self.people.events;
                self.source.hash(&mut key);
                texts([&it.email, &it.phone, &it.member, &it.subject], row, &mut key);
                (it.kind.get(row), time(&it.at, row)).hash(&mut key);
            }
        }
        Fingerprint { key: key.finish(), content: content.finish() }
    }

    /// A contact is its customer, whichever program lists it.
    fn contact(&self, row: usize, key: &mut impl Hasher, content: &mut impl Hasher) {
        let (it, people) = (&self.people.contacts, self.customers);
        let customer = it.customer[row] as usize;
        people.id[customer].hash(key);
        let CustomerTable { email, phone, name, city, region, country, .. } = people;
        texts([email, phone, name, city, region, country], customer, content);
        texts(
            [&it.member, &it.more_emails, &it.more_phones, &it.company, &it.tags, &it.note],
            row,
            content,
        );
        let birthday = it.birthday[row].map(model::Birthday::packed);
        let consents = [it.email_consent[row], it.sms_consent[row]].map(model::Consent::code);
        (birthday, consents, it.claimed_orders[row], it.claimed_spent[row]).hash(content);
        let times = [&it.email_consent_at, &it.sms_consent_at, &it.since];
        times.map(|column| time(column, row)).hash(content);
    }

    /// A summary is its customer's.
    fn summary(&self, row: usize, key: &mut impl Hasher, content: &mut impl Hasher) {
        let it = &self.people.summaries;
        self.customers.id[it.customer[row] as usize].hash(key);
        (it.currency.get(row), it.as_of[row], it.first_day[row], it.orders[row]).hash(content);
        (it.net[row], it.first_day_net[row]).hash(content);
        let gaps = &self.people.gaps;
        let from = gaps.summary.partition_point(|&summary| (summary as usize) < row);
        gaps.days[from..][..it.orders[row] as usize - 1].hash(content);
    }

    /// Numbers of responses begin anew with every survey: who, when and about which order tells
    /// them too.
    fn response(&self, row: usize, key: &mut impl Hasher, content: &mut impl Hasher) {
        let it = &self.people.responses;
        self.source.hash(key);
        texts([&it.number, &it.email, &it.phone, &it.member, &it.order], row, key);
        (it.survey.get(row), time(&it.at, row)).hash(key);
        texts([&it.comment], row, content);
        (it.overall[row], it.nps[row], it.ces[row]).hash(content);
        let answers = &self.people.answers;
        let from = answers.response.partition_point(|&response| (response as usize) < row);
        let of_row = answers.response[from..].iter().take_while(|&&it| it as usize == row);
        for answer in from..from + of_row.count() {
            let question = (answers.dimension.get(answer), answers.aspect[answer] as u8);
            (question, answers.score[answer]).hash(content);
            texts([&answers.text], answer, content);
        }
    }

    /// A ticket is its number; without one it is all that it says.
    fn ticket(&self, row: usize, key: &mut impl Hasher, content: &mut impl Hasher) {
        let it = &self.people.tickets;
        self.source.hash(key);
        texts([&it.number], row, key);
        texts([&it.email, &it.phone, &it.member, &it.order, &it.text], row, content);
        let names = [&it.channel, &it.category, &it.agent];
        names.map(|column: &DictColumn| column.get(row)).hash(content);
        let times = [&it.opened, &it.replied, &it.closed];
        times.map(|column| time(column, row)).hash(content);
        (it.phase[row].map(model::Phase::code), it.csat[row]).hash(content);
        if it.number.bytes_of(row).is_empty() {
            texts([&it.email, &it.phone, &it.member, &it.order, &it.text], row, key);
            time(&it.opened, row).hash(key);
        }
    }
}

fn texts<const N: usize>(columns: [&TextColumn; N], row: usize, hasher: &mut impl Hasher) {
    for column in columns {
        column.bytes_of(row).hash(hasher);
    }
}

fn time(column: &TimeColumn, row: usize) -> (i64, u8) {
    (column.at[row], column.clock[row] as u8)
}
