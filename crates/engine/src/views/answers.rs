//! The answers to surveys that count, as columns, and those of tickets.

use crate::frame::Tied;
use crate::shop::Shop;
use analytics::{ValueAnswer, latest_answers};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use model::{Aspect, COST_PARTS, ShopDay, VALUE_PARTS};

/// One entry an answer that counts: of one customer to one survey the latest.
#[derive(Debug, Default)]
pub struct Answers {
    /// Import and row.
    pub places: Vec<(u16, u32)>,
    /// Who; `None`: nobody known.
    pub customer: Vec<Option<u32>>,
    /// When; the lowest number: not known.
    pub day: Vec<i32>,
    /// Satisfaction, 1 to 5.
    pub overall: Vec<Option<u8>>,
    /// Likelihood to recommend, 0 to 10.
    pub nps: Vec<Option<u8>>,
    /// Ease, 1 to 7.
    pub ces: Vec<Option<u8>>,
    /// What was asked beside, in the order of the files.
    pub dimensions: Vec<Asked>,
    /// What the customer got and what it cost, in the order of [`VALUE_PARTS`] and [`COST_PARTS`]; 0: not
    /// answered.
    pub delivered: Vec<ValueAnswer>,
    /// The order that it is about, in the frame.
    pub order: Vec<Option<u32>>,
    /// Answers that a later one took the place of.
    pub replaced: u32,
    /// Channel of each ticket and what its customer said of the service, 1 to 5.
    pub tickets: Vec<(String, Option<u8>)>,
}

/// A dimension; columns with one entry an answer.
#[derive(Debug)]
pub struct Asked {
    /// As the file has it.
    pub name: String,
    /// What was expected, 1 to 5.
    pub expected: Vec<Option<u8>>,
    /// How it was perceived, 1 to 5.
    pub perceived: Vec<Option<u8>>,
}

impl Answers {
    /// Gathers the answers of the days `from..=until`; those without a day only where no first day
    /// is asked for.
    pub fn gather(shop: &Shop, from: Option<ShopDay>, until: ShopDay) -> Answers {
        let first = from.map_or(i32::MIN, ShopDay::number);
        let is_meant = |it: &&Tied| (first..=until.number()).contains(&day(it));
        let people = &shop.frame.people;
        let known: Vec<&Tied> = people.responses.iter().filter(is_meant).collect();
        let customers: Vec<Option<u32>> = known.iter().map(|it| it.known_customer()).collect();
        let days: Vec<i32> = known.iter().map(|it| day(it)).collect();
        let kept = latest_answers(&surveys(shop, &known), &customers, &days);
        let mut answers =
            Answers { replaced: (known.len() - kept.len()) as u32, ..Answers::default() };
        for at in kept {
            answers.push(shop, known[at as usize]);
        }
        answers.ask_dimensions(shop);
        for ticket in people.tickets.iter().filter(is_meant) {
            let table = &shop.frame.batches[usize::from(ticket.batch)].tables.people.tickets;
            let row = ticket.row as usize;
            answers.tickets.push((table.channel.get(row).to_owned(), table.csat[row]));
        }
        answers
    }

    /// How many answers count.
    pub const fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether an answer is dissatisfied: by the likelihood to recommend, without that by
    /// satisfaction over all; `None`: it has neither.
    pub fn is_detractor(&self, at: usize) -> Option<bool> {
        let by_recommendation = self.nps[at].map(|it| it <= 6);
        by_recommendation.or_else(|| self.overall[at].map(|it| it <= 2))
    }

    /// Of every known customer the latest answer, whatever survey it is to.
    pub fn latest_of_customers(&self) -> Vec<usize> {
        let mut latest: HashMap<u32, usize, FixedState> = HashMap::default();
        for at in 0..self.len() {
            let Some(customer) = self.customer[at] else { continue };
            let known = latest.entry(customer).or_insert(at);
            if self.day[at] >= self.day[*known] {
                *known = at;
            }
        }
        let is_latest = |at: &usize| self.customer[*at].is_some_and(|it| latest[&it] == *at);
        (0..self.len()).filter(is_latest).collect()
    }

    /// The known customers of dissatisfied answers, each once.
    pub fn detractors(&self) -> Vec<u32> {
        let dissatisfied = (0..self.len()).filter(|&at| self.is_detractor(at) == Some(true));
        let mut customers: Vec<u32> = dissatisfied.filter_map(|at| self.customer[at]).collect();
        customers.sort_unstable();
        customers.dedup();
        customers
    }

    fn push(&mut self, shop: &Shop, record: &Tied) {
        let row = record.row as usize;
        let table = &shop.frame.batches[usize::from(record.batch)].tables.people.responses;
        self.places.push((record.batch, record.row));
        self.customer.push(record.known_customer());
        self.day.push(day(record));
        self.overall.push(table.overall[row]);
        self.nps.push(table.nps[row]);
        self.ces.push(table.ces[row]);
        self.delivered.push(ValueAnswer::default());
        self.order.push(record.known_order());
    }

    fn ask_dimensions(&mut self, shop: &Shop) {
        let count = self.len();
        for at in 0..count {
            let (batch, row) = self.places[at];
            let table = &shop.frame.batches[usize::from(batch)].tables.people.answers;
            let begin = table.response.partition_point(|it| *it < row);
            let own = table.response[begin..].iter().take_while(|it| **it == row).count();
            for answer in begin..begin + own {
                let (name, score) = (table.dimension.get(answer), table.score[answer]);
                match table.aspect[answer] {
                    Aspect::Expected => self.asked(name).expected[at] = score,
                    Aspect::Perceived => self.asked(name).perceived[at] = score,
                    Aspect::Value => {
                        give(&mut self.delivered[at].values, &VALUE_PARTS, name, score);
                    }
                    Aspect::Cost => give(&mut self.delivered[at].costs, &COST_PARTS, name, score),
                    Aspect::Own => {}
                }
            }
        }
    }

    fn asked(&mut self, name: &str) -> &mut Asked {
        let known = self.dimensions.iter().position(|it| it.name == name);
        let at = known.unwrap_or_else(|| {
            let (expected, perceived) = (vec![None; self.len()], vec![None; self.len()]);
            self.dimensions.push(Asked { name: name.to_owned(), expected, perceived });
            self.dimensions.len() - 1
        });
        &mut self.dimensions[at]
    }
}

/// Puts down the score of a part.
fn give(parts: &mut [u8; 4], names: &[&str; 4], name: &str, score: Option<u8>) {
    if let Some(at) = names.iter().position(|it| *it == name) {
        parts[at] = score.unwrap_or_default();
    }
}

/// A number for each survey: the name in the file, of the program that wrote it.
fn surveys(shop: &Shop, records: &[&Tied]) -> Vec<u32> {
    let mut numbers: HashMap<(&str, &str), u32, FixedState> = HashMap::default();
    let number = |record: &&Tied| {
        let batch = &shop.frame.batches[usize::from(record.batch)];
        let survey = batch.tables.people.responses.survey.get(record.row as usize);
        let next = numbers.len() as u32;
        *numbers.entry((batch.source.as_str(), survey)).or_insert(next)
    };
    records.iter().map(number).collect()
}

/// The shop's day; the lowest number where there is no time.
fn day(record: &Tied) -> i32 {
    if record.wall == i64::MIN {
        return i32::MIN;
    }
    ShopDay::of_wall_seconds(record.wall).number()
}
