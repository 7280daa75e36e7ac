//! The sample shop comes and goes without a trace.

use super::{Desk, order, place::Place, table};
use engine::Engine;
use model::{Currency, DeviceId, Entity, Operation, Origin, Value};
use pollster::block_on;
use protocol::{
    ChurnQuery, CohortBy, CohortQuery, CustomerFilter, ImportSummary, Lens, Problem, Request,
    Response, ShopEdit,
};
use store::{Fault, MemoryBackend, Store};

fn load(desk: &mut Desk, chinese: bool) -> Result<ImportSummary, Problem> {
    desk.try_ask(Request::LoadSample { chinese }).map(|response| match response {
        Response::Imported(summary) => summary,
        other => panic!("{other:?}"),
    })
}

#[test]
fn the_sample_fills_every_screen() {
    for (chinese, currency, name) in [(false, "USD", "Wren & Kiln Tea"), (true, "CNY", "陶雀茶铺")]
    {
        let mut desk = Desk::new();
        let summary = load(&mut desk, chinese).unwrap();
        let shop = desk.shop();
        assert!(shop.sample && !shop.empty);
        assert_eq!((shop.profile.currency.code(), shop.profile.name.as_str()), (currency, name));
        assert_eq!((shop.orders, shop.customers), (summary.orders, summary.customers));
        let analysis = desk.figures();
        assert!((2_500..3_500).contains(&analysis.totals.buyers));
        assert_eq!(analysis.other_currencies, []);
        let today = desk.today(&Lens::default());
        // Seven by orders and people, and what is about to be used up.
        assert_eq!((today.acts.len(), analysis.overview.slipping_top.len()), (8, 6));
        assert!(analysis.overview.before.is_some());
        assert!(analysis.rfm.groups.iter().all(|group| group.customers > 0));
        let all = desk.list(super::everyone(&Lens::default(), CustomerFilter::default()));
        assert_eq!((all.total, all.rows.len()), (summary.customers, 1_000));
        let orders = match desk.ask(Request::Customer(all.rows[0].id, Lens::default())) {
            Response::Customer(view) => view.orders,
            other => panic!("{other:?}"),
        };
        assert!(!orders[0].lines.is_empty());
        assert!(desk.reopened().shop().sample);
    }
}

#[test]
fn the_sample_never_comes_beside_data() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0)]));
    let report = desk.report();
    assert_eq!(load(&mut desk, false), Err(Problem::NotEmpty));
    assert_eq!(desk.report(), report);
    let mut desk = Desk::new();
    load(&mut desk, false).unwrap();
    assert!(load(&mut desk, true).is_err());
}

#[test]
fn real_data_take_the_samples_place() {
    let file = table(&[order(1, "ann", "2026-10-01", 5.0)]);
    let mut expected = Desk::new();
    expected.import(&file);
    let mut desk = Desk::new();
    load(&mut desk, true).unwrap();
    assert_eq!(desk.import(&file).dry_run.new, 1);
    for _ in 0..2 {
        assert!(!desk.shop().sample);
        assert_eq!(desk.report(), expected.report());
        assert_eq!(desk.shop().profile, expected.shop().profile);
        desk = desk.reopened();
    }
}

#[test]
fn removing_the_sample_leaves_an_empty_shop() {
    let mut desk = Desk::new();
    let empty = (desk.report(), desk.shop().profile);
    load(&mut desk, true).unwrap();
    desk.ask(Request::RemoveSample);
    for _ in 0..2 {
        let shop = desk.shop();
        assert!(shop.empty && !shop.sample);
        assert_eq!((shop.customers, shop.orders), (0, 0));
        assert_eq!((desk.report(), shop.profile), empty);
        desk = desk.reopened();
    }
    // It may be loaded again, and real data are not removed.
    load(&mut desk, false).unwrap();
    desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0)]));
    desk.ask(Request::RemoveSample);
    assert_eq!(desk.shop().orders, 1);
}

#[test]
fn a_shop_with_facts_of_its_own_shows_the_sample_in_them() {
    let mut desk = Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new());
    desk.ask(Request::EditShop(ShopEdit::Currency(Some(Currency::CNY))));
    load(&mut desk, false).unwrap();
    let analysis = desk.figures();
    assert_eq!(analysis.currency, Currency::CNY);
    assert!(analysis.totals.net > 0);
}

#[test]
fn a_kill_before_the_sample_is_gone_does_not_mix_it_in() {
    let file = table(&[order(1, "ann", "2026-10-01", 5.0)]);
    let mut expected = Desk::new();
    expected.import(&file);
    for n in 0..6 {
        let mut desk = Desk::new();
        load(&mut desk, false).unwrap();
        let sample = desk.report();
        desk.inspect(&[("orders.csv", file.as_bytes())]);
        desk.backend.kill_at_commit(n, Fault::BeforeCommit);
        let _ = desk.confirm();
        let mut desk = desk.reopened();
        let shop = desk.shop();
        if shop.sample {
            // Only the shop's facts may be there already.
            assert!(shop.orders > 1, "{n}");
            assert_eq!(desk.report().len(), sample.len(), "{n}");
        } else {
            assert_eq!((shop.orders, desk.report()), (1, expected.report()), "{n}");
            assert!(!desk.reopened().shop().batches.iter().any(|it| it.sample && !it.undone));
        }
    }
}

#[test]
fn the_sample_has_something_to_show_on_every_insight_screen() {
    for chinese in [false, true] {
        let mut desk = Desk::new();
        load(&mut desk, chinese).unwrap();
        let analysis = desk.figures();
        assert!(analysis.lifecycle.iter().all(|it| it.customers > 0), "{:?}", analysis.lifecycle);
        assert!(analysis.churn.states.iter().all(|it| it.customers > 0));
        assert!(analysis.cohorts.len() > 12);
        let life = desk
            .ask(Request::Lifecycle(Lens::default()))
            .of_segments::<protocol::LifecycleView>()
            .unwrap();
        assert!(life.moves.len() > 6 && life.recent.len() == 50);
        assert!(life.stages.iter().all(|it| it.ever > 0));
        let churn = desk
            .ask(Request::Churn(ChurnQuery::default()))
            .of_segments::<protocol::ChurnView>()
            .unwrap();
        assert!(churn.months.len() > 12 && !churn.warnings.is_empty());
        let baskets = desk
            .ask(Request::Baskets(Lens::default()))
            .of_segments::<protocol::BasketsView>()
            .unwrap();
        assert!(!baskets.rules.is_empty() && !baskets.later.is_empty() && !baskets.due.is_empty());
        for rows in [CohortBy::FirstProduct, CohortBy::FirstChannel] {
            let query = CohortQuery { rows, ..CohortQuery::default() };
            let cohorts =
                desk.ask(Request::Cohorts(query)).of_segments::<protocol::CohortsView>().unwrap();
            assert!(cohorts.rows.len() > 1, "{rows:?}");
        }
    }
}

/// A shop of one's own from whose storage a kill has kept the sample from going.
fn with_a_left_sample() -> Desk {
    for n in 0..6 {
        let mut desk = Desk::new();
        load(&mut desk, false).unwrap();
        desk.inspect(&[("orders.csv", table(&[order(1, "ann", "2026-10-01", 5.0)]).as_bytes())]);
        desk.backend.kill_at_commit(n, Fault::BeforeCommit);
        let _ = desk.confirm();
        desk.backend.restart();
        let (store, _) = block_on(Store::open(desk.backend.clone(), DeviceId(9))).unwrap();
        let live: Vec<bool> = store.manifest().live_batches().map(|it| it.sample).collect();
        if live == [true, false] {
            return desk;
        }
    }
    panic!("no kill leaves it");
}

#[test]
fn what_another_tab_stores_while_a_left_sample_is_removed_is_seen() {
    for imports in [false, true] {
        let Desk { place, backend, .. } = with_a_left_sample();
        let engine = block_on(Engine::open_unread(backend.clone(), place.host(), false)).unwrap();
        let mut late = Desk { place: place.clone(), backend: backend.clone(), engine };
        if imports {
            // It has removed the sample itself.
            let mut other = Desk::open(place, backend);
            other.import(&table(&[order(2, "ben", "2026-10-02", 7.0)]));
        } else {
            let (mut store, _) = block_on(Store::open(backend, DeviceId(9))).unwrap();
            let name = Operation::Set(Value::Text("Wool".to_owned()));
            let edits = vec![(Entity::Shop, "name".to_owned(), name)];
            block_on(store.apply(Origin::Person, edits, 1_795_348_800_000)).unwrap();
        }
        block_on(late.engine.load()).unwrap();
        let shop = late.shop();
        assert!(!shop.sample && !shop.batches.iter().any(|it| it.sample && !it.undone));
        if imports {
            assert_eq!(shop.orders, 2);
        } else {
            assert_eq!((shop.orders, shop.profile.name.as_str()), (1, "Wool"));
        }
    }
}
