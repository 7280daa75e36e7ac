//! Invented tables and drafts.

use model::{Aspect, Birthday, Consent, CustomerId, NO_CUSTOMER, OrderFlags, OrderTime, Phase};
use store::{BatchDraft, BatchFacts, BatchReport, Tables};

pub fn draft(file_name: &str) -> BatchDraft {
    BatchDraft {
        source: "shopify".to_owned(),
        shop_key: 0,
        file_name: file_name.to_owned(),
        file_size: 1_234,
        content_hash: 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef,
        unnamed_decimals: 3,
        sample: false,
        facts: BatchFacts { rows: 10, orders: 9, rejected: 1, ..BatchFacts::default() },
        report: BatchReport::default(),
    }
}

/// A shop of so many orders, with a customer, a product and a line for every second of them.
pub fn tables(orders: u32) -> Tables {
    let mut tables = Tables::default();
    let half = orders.div_ceil(2);
    for n in 0..half {
        tables.customers.id.push(CustomerId(u128::from(n) << 77 | 1));
        tables.customers.email.push(&format!("customer{n}@example.com"));
        tables.customers.phone.push("");
        tables.customers.name.push(["Ann", "张三", ""][n as usize % 3]);
        tables.customers.city.push("Hangzhou");
        tables.customers.region.push("");
        tables.customers.country.push("CN");
        tables.products.key.push(&format!("SKU-{n}"));
        tables.products.name.push("Tea");
        tables.lines.order.push(n * 2);
        tables.lines.product.push(n);
        tables.lines.quantity_milli.push(1_000 + i64::from(n));
        tables.lines.price.push(995);
    }
    let table = &mut tables.orders;
    table.currencies = vec![None];
    for n in 0..orders {
        table.number.push(&format!("#{}", 1_000 + n));
        table.customer.push(if n % 7 == 3 { NO_CUSTOMER } else { n / 2 });
        table.at.push(1_700_000_000 + i64::from(n) * 977);
        table.total.push(i64::from(n) * 31 - 5);
        table.refunded.push(0);
        table.currency.push(0);
        table.flags.push(OrderFlags::from_bits((n % 32) as u8));
        table.channel.push(["web", "app"][n as usize % 2]);
    }
    tables
}

/// A few of every kind of record of people, with blanks in every column that may have them.
#[expect(clippy::too_many_lines, reason = "a column a line")]
pub fn people() -> Tables {
    let mut tables = Tables::default();
    for n in 0..2_u32 {
        tables.customers.id.push(CustomerId(u128::from(n) << 90 | 7));
        let customers = &mut tables.customers;
        for texts in [
            &mut customers.email,
            &mut customers.phone,
            &mut customers.name,
            &mut customers.city,
            &mut customers.region,
            &mut customers.country,
        ] {
            texts.push(["", "王伟"][n as usize]);
        }
    }
    let people = &mut tables.people;
    let times = [None, Some(OrderTime::Instant(1_780_000_000)), Some(OrderTime::Wall(-86_400))];
    for row in 0..3_usize {
        let (text, time) = (["", "VIP\nBlog", "茶"][row], times[row]);
        let score = [None, Some(0), Some(5)][row];
        let it = &mut people.contacts;
        it.customer.push(row as u32 % 2);
        for texts in [
            &mut it.member,
            &mut it.more_emails,
            &mut it.more_phones,
            &mut it.company,
            &mut it.tags,
            &mut it.note,
        ] {
            texts.push(text);
        }
        it.birthday.push([None, Birthday::new(None, 5, 20), Birthday::new(Some(1990), 2, 28)][row]);
        it.email_consent.push([Consent::Unknown, Consent::Given, Consent::Refused][row]);
        it.sms_consent.push(Consent::Unknown);
        for times in [&mut it.email_consent_at, &mut it.sms_consent_at, &mut it.since] {
            times.push(time);
        }
        it.claimed_orders.push([None, Some(0), Some(u32::MAX)][row]);
        it.claimed_spent.push([None, Some(0), Some(-12_345)][row]);
        let it = &mut people.responses;
        for texts in [
            &mut it.number,
            &mut it.email,
            &mut it.phone,
            &mut it.member,
            &mut it.order,
            &mut it.comment,
        ] {
            texts.push(text);
        }
        it.survey.push(text);
        it.at.push(time);
        for scores in [&mut it.overall, &mut it.nps, &mut it.ces] {
            scores.push(score);
        }
        let it = &mut people.answers;
        it.response.push(row as u32);
        it.dimension.push(["delivery", "quality", "delivery"][row]);
        it.aspect.push([Aspect::Own, Aspect::Expected, Aspect::Perceived][row]);
        it.score.push(score);
        it.text.push(text);
        let it = &mut people.tickets;
        for texts in [
            &mut it.number,
            &mut it.email,
            &mut it.phone,
            &mut it.member,
            &mut it.order,
            &mut it.text,
        ] {
            texts.push(text);
        }
        for names in [&mut it.channel, &mut it.category, &mut it.agent] {
            names.push(text);
        }
        for times in [&mut it.opened, &mut it.replied, &mut it.closed] {
            times.push(time);
        }
        it.phase.push([None, Some(Phase::Presale), Some(Phase::Aftersale)][row]);
        it.csat.push(score);
        let it = &mut people.summaries;
        it.customer.push(row as u32 % 2);
        it.member.push(text);
        it.currency.push(["USD", "USD", "JPY"][row]);
        it.as_of.push([20_000, 20_000, -3][row]);
        it.first_day.push([19_000, 20_000, -9][row]);
        it.orders.push(row as u32 + 1);
        it.net.push([1, i64::MAX, 900][row]);
        it.first_day_net.push([1, 5, 300][row]);
        for days in 0..row as u32 {
            people.gaps.summary.push(row as u32);
            people.gaps.days.push(days * 6);
        }
        let it = &mut people.events;
        it.at.push(time);
        it.kind.push(["view", "cart", "view"][row]);
        for texts in [&mut it.email, &mut it.phone, &mut it.member, &mut it.subject] {
            texts.push(text);
        }
    }
    tables
}
