//! Where buyers stand on the planes of two figures.
//!
//! Up: the share of other buyers who have spent less so far. Across: need, the mean of the shares of
//! others with fewer contacts, less browsing and fewer different products, of what there are data
//! for; or worth beside money, ten points for each point of the signs below.

use crate::basket_columns::BasketColumns;
use crate::computed::Computed;
use crate::frame::{CustomerField, Tied};
use crate::shop::Shop;
use crate::tags::tagged;
use crate::words::has_word;
use analytics::{bought, mean_standing, percentiles};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use model::{NO_CUSTOMER, ShopDay};
use protocol::{Plane, Sign, SignSource};

/// Points of worth beside money that make 100.
const MOST_POINTS: u8 = 10;
/// Where a shop sells to fewer regions, the first buyer of one opens nothing.
const LEAST_REGIONS: usize = 3;
/// Words for an event of bringing others, and for one of praise.
#[rustfmt::skip]
const REFERRAL: [&str; 15] = [
    "refer", "refers", "referred", "referral", "referrals", "invite", "invites", "invited",
    "invitation", "share", "shares", "shared", "推荐", "邀请", "分享",
];
const REVIEW: [&str; 7] =
    ["review", "reviews", "reviewed", "testimonial", "testimonials", "评价", "晒单"];
/// Words in tags for people whom many follow, and for those who sell on.
#[rustfmt::skip]
const INFLUENCER: [&str; 11] = [
    "kol", "kols", "koc", "kocs", "influencer", "influencers", "creator", "creators", "达人", "博主",
    "网红",
];
#[rustfmt::skip]
const PARTNER: [&str; 14] = [
    "distributor", "distributors", "wholesale", "wholesaler", "wholesalers", "reseller",
    "resellers", "partner", "partners", "partnership", "分销", "经销", "代理", "批发",
];

/// Where everybody stands; `None`: has not bought.
#[derive(Debug)]
pub struct Standing {
    /// 0 to 100.
    pub across: Vec<Option<u8>>,
    /// 0 to 100.
    pub up: Vec<Option<u8>>,
    /// What the figure across is made of.
    pub signs: Vec<SignSource>,
}

impl Standing {
    /// The standing on the day of `computed`. `until` is the last day of what people said and did.
    pub fn new(
        shop: &Shop,
        computed: &Computed,
        columns: &BasketColumns,
        plane: Plane,
        until: ShopDay,
    ) -> Standing {
        let summaries = &computed.summaries;
        let buys: Vec<bool> = summaries.orders.iter().map(|orders| *orders > 0).collect();
        let spent = buys.iter().zip(&summaries.net).map(|(buys, net)| buys.then_some(*net));
        let up = percentiles(&spent.collect::<Vec<_>>());
        let found = Found { shop, computed, until, buys: &buys };
        let (across, signs) = match plane {
            Plane::ValueNeed => found.need(columns),
            Plane::EconomicStrategic => found.worth(),
        };
        Standing { across, up, signs }
    }
}

/// What is looked at.
struct Found<'a> {
    shop: &'a Shop,
    computed: &'a Computed,
    until: ShopDay,
    buys: &'a [bool],
}

type Across = (Vec<Option<u8>>, Vec<SignSource>);

impl Found<'_> {
    fn need(&self, columns: &BasketColumns) -> Across {
        let people = &self.shop.frame.people;
        let contacts = self.counted(people.tickets.iter().chain(&people.responses), |_| true);
        let browsing = self.counted(people.events.iter(), |_| true);
        let signs = [
            (Sign::Contacts, contacts),
            (Sign::Browsing, browsing),
            (Sign::Breadth, self.breadth(columns)),
        ];
        let sources = signs.iter().map(|(sign, counts)| self.source(*sign, counts)).collect();
        let scales: Vec<Vec<Option<u8>>> = signs
            .iter()
            .filter(|(_, counts)| counts.iter().any(|count| *count > 0))
            .map(|(_, counts)| {
                let own = self.buys.iter().zip(counts);
                percentiles(&own.map(|(buys, it)| buys.then_some(*it)).collect::<Vec<_>>())
            })
            .collect();
        (mean_standing(&scales, self.buys), sources)
    }

    fn worth(&self) -> Across {
        let people = &self.shop.frame.people;
        let event = |words: &'static [&str]| {
            move |it: &Tied| {
                let table = &self.shop.frame.batches[usize::from(it.batch)].tables.people.events;
                has_word(table.kind.get(it.row as usize), words)
            }
        };
        let answer = |it: &Tied| {
            let batch = &self.shop.frame.batches[usize::from(it.batch)];
            (&batch.tables.people.responses, it.row as usize)
        };
        let mut reviews = self.counted(people.events.iter(), event(&REVIEW));
        let comments = self.counted(people.responses.iter(), |it| {
            let (table, row) = answer(it);
            !table.comment.get(row).is_empty()
        });
        reviews.iter_mut().zip(comments).for_each(|(sum, more)| *sum += more);
        let promoter = self.counted(people.responses.iter(), |it| {
            let (table, row) = answer(it);
            table.nps[row].is_some_and(|it| it >= 9)
        });
        // Each with the points that one is worth, and the most that it can bring.
        let signs = [
            (Sign::Referrals, self.counted(people.events.iter(), event(&REFERRAL)), 1, 4),
            (Sign::Reviews, reviews, 1, 2),
            (Sign::Promoter, promoter, 1, 1),
            (Sign::Influencer, self.tagged(&INFLUENCER), 3, 3),
            (Sign::Partner, self.tagged(&PARTNER), 3, 3),
            (Sign::NewRegion, self.first_of_regions(), 1, 1),
        ];
        let points = |customer: usize| {
            let own =
                signs.iter().map(|(_, counts, each, most)| (counts[customer] * each).min(*most));
            (own.sum::<u32>().min(MOST_POINTS.into()) as u8) * (100 / MOST_POINTS)
        };
        let across = self.buys.iter().enumerate().map(|(it, buys)| buys.then(|| points(it)));
        let sources = signs.iter().map(|(sign, counts, ..)| self.source(*sign, counts));
        (across.collect(), sources.collect())
    }

    fn source(&self, sign: Sign, counts: &[u32]) -> SignSource {
        let own = self.buys.iter().zip(counts).filter(|(buys, count)| **buys && **count > 0);
        SignSource { sign, customers: own.count() as u32 }
    }

    /// By customer, how many of some records up to the day are of a kind.
    fn counted<'a>(
        &self,
        records: impl Iterator<Item = &'a Tied>,
        is_meant: impl Fn(&Tied) -> bool,
    ) -> Vec<u32> {
        let mut counts = vec![0; self.buys.len()];
        let known = |it: &&Tied| {
            it.customer != NO_CUSTOMER && ShopDay::of_wall_seconds(it.wall) <= self.until
        };
        for record in records.filter(known).filter(|it| is_meant(it)) {
            counts[record.customer as usize] += 1;
        }
        counts
    }

    /// By customer, the different products bought.
    fn breadth(&self, columns: &BasketColumns) -> Vec<u32> {
        let Some(baskets) = columns.baskets(self.shop).filter(|_| !columns.is_empty()) else {
            return vec![0; self.buys.len()];
        };
        let who = bought(self.shop.frame.purchases(), baskets, self.computed.as_of.number());
        (0..self.buys.len()).map(|it| who.offsets[it + 1] - who.offsets[it]).collect()
    }

    /// By customer, 1 if a tag, of contact lists or the shop's own, has one of some words.
    fn tagged(&self, words: &[&str]) -> Vec<u32> {
        tagged(self.shop, |tag| has_word(tag, words)).into_iter().map(u32::from).collect()
    }

    /// By customer, 1 for the first buyer of a region.
    fn first_of_regions(&self) -> Vec<u32> {
        let frame = &self.shop.frame;
        let mut first: HashMap<&str, (i32, usize), FixedState> = HashMap::default();
        for customer in 0..self.buys.len() {
            let region =
                frame.customers.text(&frame.batches, customer as u32, CustomerField::Region);
            let Some(day) = self.computed.summaries.first(customer) else { continue };
            if region.is_empty() {
                continue;
            }
            let own = first.entry(region).or_insert((day, customer));
            *own = (*own).min((day, customer));
        }
        let mut counts = vec![0; self.buys.len()];
        if first.len() >= LEAST_REGIONS {
            first.into_values().for_each(|(_, customer)| counts[customer] = 1);
        }
        counts
    }
}
