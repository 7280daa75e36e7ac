//! Segments: whom a rule means, why, and what the other screens show of a segment.

use super::{Desk, as_of, day, everyone, order, table, trade};
use model::ShopDay;
use protocol::{
    Behind, ClustersView, CohortQuery, CustomerEdit, CustomerFilter, Found, Lens, ListAct, Members,
    Problem, Request, Response, SegmentId, SegmentProfile, SegmentQuery, SegmentView, SegmentsView,
    ShopEdit, StoredSegment, Truth,
};

const SHOPIFY: &str = include_str!("../../../ingest/tests/data/syn_shopify_orders.csv");

/// Ann: 550 in two orders, the last 21 days ago; Ben: 120 in two; Cat: 5; Dan: 700, long ago.
fn desk() -> (Desk, Lens) {
    let mut desk = Desk::new();
    desk.import(&table(&[
        order(1, "ann", "2025-01-10", 400.0),
        order(2, "ann", "2026-10-10", 150.0),
        order(3, "ben", "2026-09-10", 90.0),
        order(4, "ben", "2026-10-20", 30.0),
        order(5, "cat", "2026-10-20", 5.0),
        order(6, "dan", "2024-10-20", 700.0),
    ]));
    (desk, as_of("2026-10-31"))
}

fn view(desk: &mut Desk, lens: &Lens, rule: &str) -> SegmentView {
    let query = SegmentQuery { lens: lens.clone(), rule: rule.to_owned(), who: None };
    *desk.ask(Request::Segment(query)).of_segments().unwrap()
}

fn listed(desk: &mut Desk, lens: &Lens, rule: &str) -> Vec<String> {
    let filter = CustomerFilter::behind(Behind::Rule(rule.to_owned()));
    let page = desk.list(everyone(lens, filter));
    let name = |email: &str| email.split('@').next().unwrap().to_owned();
    let mut names: Vec<String> = page.rows.iter().map(|row| name(&row.email)).collect();
    names.sort_unstable();
    names
}

fn save(desk: &mut Desk, id: u64, name: &str, rule: &str) -> SegmentId {
    let id = SegmentId(id);
    desk.ask(Request::EditShop(ShopEdit::Segment(StoredSegment::of_rule(id, name, rule))));
    id
}

fn within(lens: &Lens, id: SegmentId) -> Lens {
    Lens { segment: Some(id), ..lens.clone() }
}

fn overview(desk: &mut Desk, lens: &Lens) -> SegmentsView {
    *desk.ask(Request::Segments(lens.clone())).of_segments().unwrap()
}

#[test]
fn a_rule_means_whom_it_says() {
    let (mut desk, lens) = desk();
    for (rule, expected) in [
        ("", "ann ben cat dan"),
        ("net>500", "ann dan"),
        ("net>550", "dan"),
        ("net>=550", "ann dan"),
        ("net>=150@90d", "ann"),
        ("orders=1", "cat dan"),
        ("orders>=1@90d", "ann ben cat"),
        ("order_value<=60", "ben cat"),
        ("silent<=11", "ben cat"),
        ("known>=365", "ann dan"),
        ("last>=21d", "ann ben cat"),
        ("first<=2025-01-10", "ann dan"),
        ("gap>0", "ann ben"),
        ("refunded=0", "ann ben cat dan"),
        ("all(net>100,orders=2)", "ann ben"),
        ("any(net<10,net>600)", "cat dan"),
        ("!any(net<10,net>600)", "ann ben"),
        ("all(orders=2,!all(net>500))", "ben"),
        ("email=yes", "ann ben cat dan"),
        ("phone=no", "ann ben cat dan"),
        ("r=5", "ben cat"),
        ("tier=vip", "dan"),
        ("tier!=vip", "ann ben cat"),
        ("source~'e'", "ann ben cat dan"),
        ("blocked=no", "ann ben cat dan"),
        // Nothing is known of these: neither the condition nor its opposite means anybody.
        ("country='China'", ""),
        ("country!='China'", ""),
        ("!all(country='China')", ""),
        ("country=?", "ann ben cat dan"),
        ("csat>=1", ""),
        ("csat<=5", ""),
        ("may_email=yes", ""),
        ("may_email=no", ""),
        ("gap=?", "cat dan"),
        ("gap!=?", "ann ben"),
        ("any(csat>=4,net<10)", "cat"),
        ("all(csat>=4,net<10)", ""),
    ] {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(listed(&mut desk, &lens, rule), expected, "{rule}");
        let found = view(&mut desk, &lens, rule);
        assert_eq!(found.size.customers as usize, expected.len(), "{rule}");
        assert_eq!(found.size.of_customers, 4);
    }
    assert_eq!(view(&mut desk, &lens, "country='China'").unknown, 4);
    let query = SegmentQuery { lens, rule: "net>".to_owned(), who: None };
    assert!(matches!(desk.try_ask(Request::Segment(query)), Err(Problem::Invalid(_))));
}

#[test]
fn the_explanation_names_the_failing_condition() {
    use Truth::{No, Yes};
    let (mut desk, lens) = desk();
    let rule = "any(all(r>=4,net>500),tag='VIP')";
    let page = desk.list(everyone(&lens, CustomerFilter::default()));
    let id = |name: &str| page.rows.iter().find(|it| it.email.starts_with(name)).unwrap().id;
    let (ann, cat) = (id("ann"), id("cat"));
    let why = |desk: &mut Desk, who| {
        let query = SegmentQuery { lens: lens.clone(), rule: rule.to_owned(), who: Some(who) };
        let view: Box<SegmentView> = desk.ask(Request::Segment(query)).of_segments().unwrap();
        view.why.unwrap().parts
    };
    let truths = |parts: &[protocol::WhyPart]| parts.iter().map(|it| it.truth).collect::<Vec<_>>();
    // The whole, the group, its two conditions, the tag.
    let parts = why(&mut desk, cat);
    assert_eq!(truths(&parts), [No, No, Yes, No, No]);
    assert_eq!(parts[3].found, Found::Number(500.0));
    desk.ask(Request::EditCustomer(cat, CustomerEdit::Tag("vip".to_owned())));
    let parts = why(&mut desk, cat);
    assert_eq!(truths(&parts), [Yes, No, Yes, No, Yes]);
    assert_eq!(parts[4].found, Found::Texts(vec!["vip".to_owned()]));
    assert_eq!(truths(&why(&mut desk, ann)), [No, No, No, Yes, No]);
    assert_eq!(listed(&mut desk, &lens, rule), ["cat"]);
}

#[test]
fn whom_a_rule_means_is_what_a_count_by_hand_says() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(120)));
    let lens = as_of("2026-10-31");
    let page = desk.list(everyone(&lens, CustomerFilter::default()));
    for customer in page.rows.iter().step_by(7) {
        desk.ask(Request::EditCustomer(customer.id, CustomerEdit::Tag("VIP".to_owned())));
    }
    let by_hand = page
        .rows
        .iter()
        .enumerate()
        .filter(|(at, row)| (row.rfm[0] >= 4 && row.net > 20_000) || at % 7 == 0);
    let found = view(&mut desk, &lens, "any(all(r>=4,net>200),tag='VIP')");
    assert_eq!(found.size.customers as usize, by_hand.clone().count());
    assert_eq!(found.size.net, by_hand.map(|it| it.1.net).sum::<i64>());
}

#[test]
fn segments_are_saved_combined_and_deleted() {
    let (mut desk, lens) = desk();
    let big = save(&mut desk, 1, "Big spenders", "all(net>500)");
    let recent = save(&mut desk, 2, "Recent", "all(silent<=30)");
    let both = format!("all(segment={big},segment={recent})");
    let without = format!("all(segment={big},segment!={recent})");
    assert_eq!(listed(&mut desk, &lens, &both), ["ann"]);
    assert_eq!(listed(&mut desk, &lens, &without), ["dan"]);
    let either = format!("any(segment={big},segment={recent})");
    assert_eq!(listed(&mut desk, &lens, &either), ["ann", "ben", "cat", "dan"]);
    let mut desk = desk.reopened();
    assert_eq!(listed(&mut desk, &lens, &both), ["ann"]);
    let saved = overview(&mut desk, &lens).saved;
    let names: Vec<&str> = saved.iter().map(|it| it.segment.name()).collect();
    assert_eq!(names, ["Big spenders", "Recent"]);
    assert_eq!(saved[0].size.unwrap().customers, 2);
    // Deleted, it means nobody, and no opposite of it anybody.
    let gone = StoredSegment { id: recent, text: String::new() };
    desk.ask(Request::EditShop(ShopEdit::Segment(gone)));
    assert_eq!(listed(&mut desk, &lens, &without), [""; 0]);
    assert_eq!(desk.shop().segments.len(), 1);
    let lost = desk.try_ask(Request::Analyse(within(&lens, recent)));
    assert_eq!(lost.err(), Some(Problem::NotFound));
    // One that asks for itself means nobody.
    let own = save(&mut desk, 3, "Own", "all(segment=0000000000000003)");
    assert_eq!(listed(&mut desk, &lens, &own.as_rule()), [""; 0]);
}

#[test]
fn what_a_newer_version_wrote_is_kept_and_said() {
    let (mut desk, lens) = desk();
    let id = save(&mut desk, 9, "From the future", "all(mood='good')");
    let saved = overview(&mut desk, &lens).saved;
    assert_eq!((saved[0].segment.name(), saved[0].size), ("From the future", None));
    assert_eq!(saved[0].segment.members(), Members::NotUnderstood);
    assert_eq!(listed(&mut desk, &lens, &id.as_rule()), [""; 0]);
    assert_eq!(desk.reopened().shop().segments[0].rule_text(), "all(mood='good')");
}

#[test]
fn a_fixed_segment_keeps_its_customers() {
    let (mut desk, lens) = desk();
    let recent = everyone(&lens, CustomerFilter::behind(Behind::Rule("silent<=21".to_owned())));
    let id = SegmentId(77);
    let act = ListAct::Segment(id, " Of  October ".to_owned());
    let Response::Acted(acted) = desk.ask(Request::Act(recent.clone(), act.clone())) else {
        panic!()
    };
    assert_eq!((acted.customers, acted.changed), (3, 3));
    let mut desk = desk.reopened();
    assert_eq!(listed(&mut desk, &lens, &id.as_rule()), ["ann", "ben", "cat"]);
    let early = as_of("2025-01-31");
    assert_eq!(listed(&mut desk, &early, &id.as_rule()), ["ann", "ben", "cat"]);
    let segment = desk.shop().segments.remove(0);
    assert_eq!((segment.name(), segment.members()), ("Of October", Members::Fixed(today())));
    // Taken back, both the segment and who is in it are gone.
    let Response::Acted(acted) =
        desk.ask(Request::Act(recent, ListAct::Segment(SegmentId(78), "Again".to_owned())))
    else {
        panic!()
    };
    desk.ask(Request::UndoAct(acted.undo));
    assert_eq!(desk.shop().segments.len(), 1);
}

fn today() -> ShopDay {
    day("2026-11-22")
}

#[test]
fn every_screen_of_a_segment_is_of_its_customers() {
    let mut desk = Desk::new();
    desk.import(SHOPIFY);
    let lens = as_of("2026-10-31");
    let id = save(&mut desk, 5, "Regulars", "all(orders>=3)");
    let within = within(&lens, id);
    let (all, own) = (desk.analyse(lens.clone()), desk.analyse(within.clone()));
    let page = desk.list(everyone(&within, CustomerFilter::default()));
    assert!(page.total > 3 && page.total < all.totals.buyers, "{}", page.total);
    assert_eq!((own.totals.buyers, own.totals.customers), (page.total, page.total));
    assert_eq!(own.totals.net, page.total_net);
    assert_eq!(own.totals.anonymous_orders, 0);
    assert_eq!(own.totals.gross - own.totals.refunds, own.totals.net);
    // Scores are those among all.
    for group in &own.rfm.groups {
        let filter = CustomerFilter { group: Some(group.group), ..CustomerFilter::default() };
        let inside = desk.list(everyone(&within, filter.clone())).total;
        assert_eq!(inside, group.customers, "{:?}", group.group);
        assert!(desk.list(everyone(&lens, filter)).total >= inside);
    }
    let count = |rows: &[protocol::TierRow]| rows.iter().map(|it| it.customers).sum::<u32>();
    assert_eq!(count(&own.tiers.tiers), page.total);
    assert_eq!(own.lifecycle.iter().map(|it| it.customers).sum::<u32>(), page.total);
    let cohorts = CohortQuery { lens: within.clone(), ..CohortQuery::default() };
    let cohorts =
        desk.ask(Request::Cohorts(cohorts)).of_segments::<protocol::CohortsView>().unwrap();
    assert_eq!(cohorts.rows.iter().map(|it| it.size).sum::<u32>(), page.total);
    let stages = desk
        .ask(Request::Lifecycle(within.clone()))
        .of_segments::<protocol::LifecycleView>()
        .unwrap();
    assert_eq!(stages.stages.iter().map(|it| it.row.customers).sum::<u32>(), page.total);
    for row in stages.moves.iter().filter(|it| it.from != it.to) {
        let mark = Behind::Moved { since: stages.since, from: row.from, to: row.to };
        let behind = desk.list(everyone(&within, CustomerFilter::behind(mark))).total;
        assert_eq!(behind, row.customers, "{row:?}");
    }
    for request in [
        Request::Baskets(within.clone()),
        Request::Satisfaction(within.clone()),
        Request::Grades(within.clone()),
        Request::Today(within.clone()),
        Request::ExportRegister(within.clone()),
        Request::Scorings(within.clone()),
    ] {
        assert!(desk.try_ask(request).is_ok());
    }
    // The whole shop is as it was.
    assert_eq!(desk.analyse(lens.clone()).totals, all.totals);
    assert_eq!(desk.list(everyone(&lens, CustomerFilter::default())).total, all.totals.customers);
}

#[test]
fn the_segment_of_everybody_is_the_shop() {
    let mut desk = Desk::new();
    desk.import(SHOPIFY);
    let lens = as_of("2026-10-31");
    let id = save(&mut desk, 5, "All", "all()");
    let (all, mut own) = (desk.analyse(lens.clone()), desk.analyse(within(&lens, id)));
    own.took_ms = all.took_ms;
    if all.totals.anonymous_orders == 0 {
        assert_eq!(own.totals, all.totals);
        assert_eq!(own.overview, all.overview);
        assert_eq!(desk.today(&within(&lens, id)), desk.today(&lens));
    }
    // Orders of nobody are in the order value that cuts are proposed by.
    own.rfm.proposal = all.rfm.proposal;
    assert_eq!(own.rfm, all.rfm);
    assert_eq!(own.tiers, all.tiers);
    assert_eq!(own.lifecycle, all.lifecycle);
    assert_eq!(own.churn, all.churn);
    let profile = profile(&mut desk, &lens, "all()");
    for index in [
        profile.order_value.index(),
        profile.orders_per_buyer.index(),
        profile.net_per_customer.index(),
        profile.gap_days.index(),
    ] {
        assert_eq!(index, Some(100.0));
    }
    assert!(!profile.products.is_empty() && !profile.hours.is_empty());
    assert!(
        profile.products.iter().chain(&profile.places).all(|it| it.share.index() == Some(100.0))
    );
}

fn profile(desk: &mut Desk, lens: &Lens, rule: &str) -> SegmentProfile {
    *desk.ask(Request::SegmentProfile(lens.clone(), rule.to_owned())).of_segments().unwrap()
}

#[test]
fn suggested_segments_and_clusters_open_their_customers() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(150)));
    let lens = as_of("2026-10-31");
    let suggested = overview(&mut desk, &lens).suggested;
    assert!(suggested.len() >= 2, "{suggested:?}");
    for row in suggested {
        let found = listed(&mut desk, &lens, row.suggestion.rule()).len();
        assert_eq!(found, row.size.customers as usize, "{:?}", row.suggestion);
    }
    let view: Box<ClustersView> = desk.ask(Request::Clusters(lens.clone())).of_segments().unwrap();
    assert!(view.clusters.len() >= 2 && view.sample.is_none());
    for (at, cluster) in view.clusters.iter().enumerate() {
        let rule = protocol::ClusterRow::rule(at);
        assert_eq!(listed(&mut desk, &lens, &rule).len(), cluster.size.customers as usize);
    }
    let again: Box<ClustersView> = desk.ask(Request::Clusters(lens)).of_segments().unwrap();
    assert_eq!(again, view);
}

#[test]
fn texts_and_products_are_offered_and_mean_who_has_them() {
    let mut desk = Desk::new();
    desk.import(SHOPIFY);
    let lens = as_of("2026-10-31");
    let texts = |desk: &mut Desk, field: &str| -> Vec<String> {
        *desk.ask(Request::RuleTexts(lens.clone(), field.to_owned())).of_segments().unwrap()
    };
    assert_eq!(texts(&mut desk, "name"), [""; 0]);
    assert_eq!(texts(&mut desk, "source"), ["shopify"]);
    let everybody = desk.list(everyone(&lens, CustomerFilter::default())).total;
    // Of who has one text at most the parts make the whole.
    for field in ["country", "region", "city", "first_channel", "first_product"] {
        let named: u32 = texts(&mut desk, field)
            .iter()
            .map(|text| {
                let is = protocol::Test::Text {
                    field: protocol::TextField::of_name(field).unwrap(),
                    how: protocol::How::Is,
                    text: text.clone(),
                    is: true,
                };
                view(&mut desk, &lens, &is.to_string()).size.customers
            })
            .sum();
        let unknown = view(&mut desk, &lens, &format!("{field}=?")).size.customers;
        assert_eq!(named + unknown, everybody, "{field}");
    }
    let baskets =
        desk.ask(Request::Baskets(lens.clone())).of_segments::<protocol::BasketsView>().unwrap();
    for product in baskets.products.iter().take(5) {
        let all = vec![product.key.clone()];
        let filter = CustomerFilter::behind(Behind::Bought { all, without: Vec::new() });
        let behind = desk.list(everyone(&lens, filter)).total;
        let rule = |is| protocol::Test::Bought {
            product: product.key.clone(),
            window: protocol::RfmWindow::AllTime,
            is,
        };
        assert_eq!(view(&mut desk, &lens, &rule(true).to_string()).size.customers, behind);
        let not = view(&mut desk, &lens, &rule(false).to_string()).size.customers;
        assert_eq!(not + behind, everybody, "{}", product.key);
    }
}

#[test]
fn orders_without_a_time_are_in_no_hour() {
    let mut desk = Desk::new();
    desk.import(
        "order_id,customer_email,ordered_at,total,currency\n\
         1,a@example.com,2026-10-05 09:30:00,10.00,USD\n\
         2,b@example.com,2026-10-06 00:00:00,10.00,USD\n",
    );
    let hours = profile(&mut desk, &as_of("2026-10-31"), "").hours;
    let filled: Vec<usize> = (0..hours.len()).filter(|at| hours[*at] > 0).collect();
    // Monday at nine.
    assert_eq!((filled, hours[9]), (vec![9], 1));
}

#[test]
fn a_list_by_a_tag_is_whom_the_rule_of_the_tag_means() {
    let (mut desk, lens) = desk();
    let contacts =
        "Email,First Name,Tags\nann@example.com,Ann,\"VIP, Blog\"\ncat@example.com,Cat,vips\n";
    desk.inspect(&[("contacts.csv", contacts.as_bytes())]);
    desk.confirm().unwrap();
    let page = desk.list(everyone(&lens, CustomerFilter::default()));
    let ben = page.rows.iter().find(|it| it.email.starts_with("ben")).unwrap().id;
    desk.ask(Request::EditCustomer(ben, CustomerEdit::Tag("vip".to_owned())));
    for (tag, expected) in
        [("vip", "ann ben"), (" VIP", "ann ben"), ("blog", "ann"), ("vips", "cat"), ("vi", "")]
    {
        let filter = CustomerFilter { tag: tag.to_owned(), ..CustomerFilter::default() };
        let page = desk.list(everyone(&lens, filter));
        let mut found: Vec<&str> =
            page.rows.iter().filter_map(|it| it.email.split('@').next()).collect();
        found.sort_unstable();
        assert_eq!(found.join(" "), expected, "{tag}");
        assert_eq!(listed(&mut desk, &lens, &format!("tag='{tag}'")).join(" "), expected, "{tag}");
    }
}

#[test]
fn a_list_by_a_product_is_whom_the_rule_of_the_product_means() {
    let mut desk = Desk::new();
    desk.import(
        "order_id,customer_email,ordered_at,total,currency,status,sku,product_name,quantity,price\n\
         1,ann@example.com,2026-01-05,30.00,USD,paid,tea,Tea,1,30.00\n\
         2,ben@example.com,2026-01-06,30.00,USD,paid,set,Tea set,1,30.00\n\
         3,cat@example.com,2026-01-07,30.00,USD,paid,cup,Cup for tea,1,30.00\n\
         4,cat@example.com,2026-01-08,30.00,USD,paid,tea,Tea,1,30.00\n",
    );
    let lens = as_of("2026-10-31");
    for (all, without, rule, expected) in [
        ("tea", "", "bought='tea'", 2),
        ("set", "", "bought='set'", 1),
        ("tea", "cup", "all(bought='tea',bought!='cup')", 1),
        ("cup", "tea", "all(bought='cup',bought!='tea')", 0),
    ] {
        let without = Some(without.to_owned()).filter(|it| !it.is_empty());
        let without = without.into_iter().collect();
        let mark = Behind::Bought { all: vec![all.to_owned()], without };
        let behind = desk.list(everyone(&lens, CustomerFilter::behind(mark))).total;
        assert_eq!((behind, listed(&mut desk, &lens, rule).len()), (expected, expected as usize));
    }
    // What tells no product apart is looked for in the names.
    assert_eq!(listed(&mut desk, &lens, "bought='TEA'"), ["ann", "ben", "cat"]);
}
