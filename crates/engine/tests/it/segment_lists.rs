//! The lists behind pictures of a segment: as long as the pictures say.

use super::{Desk, as_of, day, everyone};
use protocol::{
    ActKind, Behind, ChurnQuery, Circle, CrossQuery, CustomerFilter, Dimension, ExploreQuery,
    LabelKind, Lens, Plane, QuadrantFilter, QuadrantQuery, Request, RowsOn, SegmentId, ShopEdit,
    StoredSegment,
};
use std::fmt::Write as _;

/// 180 customers in 30 countries who began by 30 channels with 30 products; those who came three times
/// or more are mostly of countries, channels and products that few of the others are of.
fn desk() -> Desk {
    let mut file = "order_id,customer_email,ordered_at,total,currency,status,channel,country,\
                    sku,product_name,quantity,price\n"
        .to_owned();
    let first_day = day("2026-10-20");
    for customer in 0..180_i32 {
        let orders = 1 + customer * 7 % 5;
        let kind =
            if orders >= 3 { 29 - customer * customer % 30 } else { customer * customer % 30 };
        for n in 0..orders {
            let at = first_day.plus_days(-(customer % 90) - n * (11 + customer % 17));
            let total = 10 + customer * 13 % 97;
            let _ = writeln!(
                file,
                "{customer}-{n},c{customer}@example.com,{at} 12:00:00,{total}.00,USD,paid,\
                 channel {kind},Land {kind},P{kind},Product {kind},1,{total}.00"
            );
        }
    }
    let mut desk = Desk::new();
    desk.import(&file);
    desk
}

/// The lens of those who came three times or more.
fn within(desk: &mut Desk) -> Lens {
    let id = SegmentId(3);
    let segment = StoredSegment::of_rule(id, "Regulars", "all(orders>=3)");
    desk.ask(Request::EditShop(ShopEdit::Segment(segment)));
    Lens { segment: Some(id), ..as_of("2026-10-31") }
}

/// Rows and net of the list behind a mark.
fn listed(desk: &mut Desk, lens: &Lens, mark: Behind) -> (u32, i64) {
    let page = desk.list(everyone(lens, CustomerFilter::behind(mark)));
    (page.total, page.total_net)
}

#[test]
fn labels_of_a_segment_open_its_customers() {
    let mut desk = desk();
    let lens = within(&mut desk);
    let before = RowsOn::Day(day("2026-08-31"));
    for (rows, columns, rows_on) in [
        (LabelKind::Country, LabelKind::Channel, RowsOn::AsOf),
        (LabelKind::Product, LabelKind::Tier, RowsOn::AsOf),
        (LabelKind::Group, LabelKind::Group, before),
        (LabelKind::Product, LabelKind::Stage, before),
    ] {
        let query = CrossQuery { lens: lens.clone(), rows, columns, rows_on };
        let view = desk.ask(Request::Cross(query)).of_segments::<protocol::CrossView>().unwrap();
        for row in 0..view.rows.len() {
            let condition = view.row_condition(row).unwrap();
            let total = view.row_total(row);
            let found = listed(&mut desk, &lens, Behind::Labelled(vec![condition.clone()]));
            assert_eq!(found, (total.customers, total.net), "{condition:?}");
            for column in 0..view.columns.len() {
                let both = vec![condition.clone(), view.column_condition(column).unwrap()];
                let cell = view.cell(row, column);
                let found = listed(&mut desk, &lens, Behind::Labelled(both.clone()));
                assert_eq!(found, (cell.customers, cell.net), "{both:?}");
            }
        }
    }
}

#[test]
fn labels_of_two_earlier_days_are_those_among_all() {
    let mut desk = desk();
    let lens = within(&mut desk);
    let all = Lens { segment: None, ..lens.clone() };
    let of_day = |text: &str| {
        let query = CrossQuery {
            lens: all.clone(),
            rows: LabelKind::Group,
            columns: LabelKind::Group,
            rows_on: RowsOn::Day(day(text)),
        };
        Request::Cross(query)
    };
    let mut rows_of = |text: &str| {
        let view = desk.ask(of_day(text)).of_segments::<protocol::CrossView>().unwrap();
        (0..view.rows.len()).filter_map(|at| view.row_condition(at)).collect::<Vec<_>>()
    };
    let (august, june) = (rows_of("2026-08-31"), rows_of("2026-06-30"));
    let emails = |desk: &mut Desk, lens: &Lens, mark| {
        let page = desk.list(everyone(lens, CustomerFilter::behind(mark)));
        let mut emails: Vec<String> = page.rows.into_iter().map(|it| it.email).collect();
        emails.sort_unstable();
        emails
    };
    let regulars = emails(&mut desk, &lens, Behind::Rule("orders>=3".to_owned()));
    let mut pairs = 0;
    for one in &august {
        for other in &june {
            let mark = || Behind::Labelled(vec![one.clone(), other.clone()]);
            let mut expected = emails(&mut desk, &all, mark());
            expected.retain(|it| regulars.contains(it));
            assert_eq!(emails(&mut desk, &lens, mark()), expected, "{one:?} {other:?}");
            pairs += usize::from(!expected.is_empty());
        }
    }
    assert!(pairs > 3, "{pairs}");
}

#[test]
fn other_pictures_of_a_segment_open_its_customers() {
    let mut desk = desk();
    let lens = within(&mut desk);
    let (plane, cuts) = (Plane::ValueNeed, [50, 80]);
    let query = QuadrantQuery { lens: lens.clone(), plane, cuts };
    let view =
        desk.ask(Request::Quadrants(query)).of_segments::<protocol::QuadrantsView>().unwrap();
    for is_high in [[false, false], [true, false], [false, true], [true, true]] {
        let quarter = view.quarter(is_high);
        let mark = Behind::Quadrant(QuadrantFilter { plane, cuts, is_high });
        assert_eq!(listed(&mut desk, &lens, mark), (quarter.customers, quarter.net), "{is_high:?}");
    }
    let baskets =
        desk.ask(Request::Baskets(lens.clone())).of_segments::<protocol::BasketsView>().unwrap();
    for product in &baskets.products {
        let request = Request::Product(product.key.clone(), lens.clone());
        let view = desk.ask(request).of_segments::<protocol::ProductView>().unwrap();
        let (due, _) = listed(&mut desk, &lens, Behind::Due(product.key.clone()));
        assert_eq!(due, view.due_count, "{}", product.key);
        let bought = Behind::Bought { all: vec![product.key.clone()], without: Vec::new() };
        assert_eq!(listed(&mut desk, &lens, bought).0, view.row.buyers, "{}", product.key);
    }
    let acts = desk.today(&lens).acts;
    assert!(acts.iter().any(|it| it.kind == ActKind::OfferAgain), "{acts:?}");
    for act in &acts {
        let found = desk.list(everyone(&lens, act.filter()));
        assert_eq!((found.total, found.total_net), (act.customers, act.net), "{:?}", act.kind);
    }
    assert!(listed(&mut desk, &lens, Behind::Circle(Circle::Key)).0 > 0);
    let query = ChurnQuery { lens: lens.clone(), ..ChurnQuery::default() };
    let churn = desk.ask(Request::Churn(query)).of_segments::<protocol::ChurnView>().unwrap();
    assert_eq!(listed(&mut desk, &lens, Behind::Leaving).0, churn.register.customers);
    for row in &churn.register.reasons {
        let found = listed(&mut desk, &lens, Behind::Reason(row.reason));
        assert_eq!(found, (row.customers, row.net), "{:?}", row.reason);
    }
}

#[test]
fn cells_of_orders_of_a_segment_open_its_customers() {
    let mut desk = desk();
    let lens = within(&mut desk);
    let all = [
        Dimension::Country,
        Dimension::Customer(LabelKind::Product),
        Dimension::Customer(LabelKind::Channel),
        Dimension::Customer(LabelKind::Tier),
    ];
    for dimension in all {
        let query = ExploreQuery {
            lens: lens.clone(),
            dimensions: vec![dimension],
            ..ExploreQuery::default()
        };
        let view =
            desk.ask(Request::Explore(query)).of_segments::<protocol::ExploreView>().unwrap();
        assert!(view.axes[0].slices.len() > 2, "{dimension:?}");
        for at in 0..view.axes[0].slices.len() as u32 {
            let conditions = view.conditions(&[at]);
            let mark = Behind::Explored { period: view.period, conditions };
            let customers = view.figures(&[at]).customers;
            assert_eq!(listed(&mut desk, &lens, mark).0, customers, "{dimension:?} {at}");
        }
    }
}
