//! The life-cycle screen.

use super::{acquire, analysis, label};
use crate::computed::Computed;
use crate::life::Life;
use crate::shop::Shop;
use analytics::{ChurnPolicy, Stage, StageMoves, median, next_purchase_durations, stage_moves};
use model::ShopDay;
use protocol::{DatedMove, Lens, LifecycleView, SecondOrder, StageDetail, StageMoveRow};
use std::cmp::Reverse;

/// So many of the newest moves are shown.
const MOST_MOVES: usize = 50;

/// The life-cycle screen. `policy`: how silence was judged at the beginning, if `shop` is of some
/// customers alone, who are judged as all are.
pub fn view(
    shop: &Shop,
    computed: &Computed,
    lens: &Lens,
    policy: Option<ChurnPolicy>,
) -> LifecycleView {
    let (as_of, life) = (computed.as_of, &computed.life);
    let since = analysis::period(lens, as_of).from.plus_days(-1);
    let moves = moves_of(shop, computed);
    let summary = moves.summary(as_of.number());
    let details = life.stage_rows(&computed.summaries.net).into_iter().map(|row| StageDetail {
        row,
        ever: summary.ever[row.stage as usize],
        median_days: summary.median_days[row.stage as usize],
    });
    LifecycleView {
        revision: shop.revision,
        as_of,
        currency: shop.profile.currency,
        choice: shop.lifecycle,
        limits: life.limits(),
        prospects: summary.prospects,
        stages: details.collect(),
        since,
        moves: between(&Life::stages_on(shop, since, policy), computed),
        recent: recent(shop, computed, &moves, since, MOST_MOVES),
        second_order: second_order(shop, computed),
        acquire: acquire::view(shop, computed, lens.segment.is_some()),
    }
}

/// Customers by stage on an earlier day and now.
fn between(before: &[Option<Stage>], computed: &Computed) -> Vec<StageMoveRow> {
    const LABELS: usize = Stage::ALL.len() + 1;
    let now = computed.life.of_buyers();
    // The last label is that of those who have not bought.
    let code = |stage: Option<Stage>| stage.map_or(LABELS - 1, |it| it as usize);
    let stage = |code: usize| Stage::ALL.get(code).copied();
    let mut cells = [(0_u32, 0_i64); LABELS * LABELS];
    for ((from, to), net) in before.iter().zip(&now).zip(&computed.summaries.net) {
        let cell = &mut cells[code(*from) * LABELS + code(*to)];
        *cell = (cell.0 + 1, cell.1.saturating_add(*net));
    }
    let rows = cells.iter().enumerate().filter(|(_, (customers, _))| *customers > 0);
    rows.map(|(at, &(customers, net))| StageMoveRow {
        from: stage(at / LABELS),
        to: stage(at % LABELS),
        customers,
        net,
    })
    .collect()
}

/// The newest moves after a day, by today's limits.
pub fn moves_since(
    shop: &Shop,
    computed: &Computed,
    since: ShopDay,
    most: usize,
) -> Vec<DatedMove> {
    recent(shop, computed, &moves_of(shop, computed), since, most)
}

/// Who has moved after a day.
pub fn moved_since(shop: &Shop, computed: &Computed, since: ShopDay) -> Vec<u32> {
    let moves = moves_of(shop, computed);
    let has_moved = |customer: &usize| moves.of(*customer).any(|(day, _)| day > since.number());
    (0..computed.summaries.len()).filter(has_moved).map(|it| it as u32).collect()
}

fn moves_of(shop: &Shop, computed: &Computed) -> StageMoves {
    let life = &computed.life;
    stage_moves(shop.frame.purchases(), computed.as_of.number(), life.policy, life.rules)
}

fn recent(
    shop: &Shop,
    computed: &Computed,
    moves: &StageMoves,
    since: ShopDay,
    most: usize,
) -> Vec<DatedMove> {
    let mut found: Vec<(i32, u32, Option<Stage>, Stage)> = Vec::new();
    for customer in 0..computed.summaries.len() {
        let mut from = None;
        for (day, to) in moves.of(customer) {
            if day > since.number() {
                found.push((day, customer as u32, from, to));
            }
            from = Some(to);
        }
    }
    let net = |customer: u32| computed.summaries.net[customer as usize];
    tiny_sort::stable::sort_by_key(&mut found, |&(day, customer, ..)| {
        (Reverse(day), Reverse(net(customer)), customer)
    });
    found.truncate(most);
    found
        .into_iter()
        .map(|(day, customer, from, to)| DatedMove {
            id: shop.frame.customers.id(&shop.frame.batches, customer),
            label: label(shop, customer),
            day: ShopDay::from_number(day),
            from,
            to,
            net: net(customer),
        })
        .collect()
}

fn second_order(shop: &Shop, computed: &Computed) -> SecondOrder {
    let waits = next_purchase_durations(shop.frame.purchases(), computed.as_of.number(), 1);
    let columns = waits.days.iter().zip(&waits.is_event);
    let mut days: Vec<u32> = columns.filter(|(_, came)| **came).map(|(days, _)| *days).collect();
    SecondOrder {
        buyers: waits.len() as u32,
        repeaters: days.len() as u32,
        median_days: median(&mut days),
    }
}
