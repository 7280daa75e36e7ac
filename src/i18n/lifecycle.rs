//! Words of life-cycle and cohorts.

use super::{Format, Lang, Words};
use protocol::{
    Behind, ChurnState, CohortBy, CohortKey, CohortPeriod, LimitBasis, SilenceView, Stage,
};

words! {
    stage_word: "Stage", "阶段";
    silence_word: "Silence", "活跃状态";
    win_back_rest: " wait to be won back.", "有待挽回。";
    win_back_rest_one: " waits to be won back.", "有待挽回。";
    nobody_to_win_back: "Nobody waits to be won back.", "没有需要挽回的客户。";
    (active: &str, prospects: &str) life_sub: "{active} are active, {prospects} have not bought yet.", "{active}活跃，{prospects}尚未下单。";
    (at_risk: &str, churned: &str) limits_say: "At risk after {at_risk} of silence, churned after {churned}", "沉默 {at_risk}视为有风险，{churned}视为流失";
    (gaps: &str) limits_of_gaps: "the 40th and 80th percentile of {gaps} gaps between purchases; from three purchase days on a customer's own rhythm decides.", "取自 {gaps} 个购买间隔的第 40 与第 80 百分位；有三个及以上购买日的客户按其自身节奏判断。";
    (gaps: &str) limits_of_few: "fixed, as there are only {gaps} gaps between purchases; from three purchase days on a customer's own rhythm decides.", "购买间隔仅 {gaps} 个，故采用固定值；有三个及以上购买日的客户按其自身节奏判断。";
    limits_chosen: "as the shop chose.", "由店铺设定。";
    to_prospects: "Who has not bought yet", "查看尚未下单者";
    stages_title: "Stages", "阶段";
    stages_note: "Every customer is in exactly one. Reached: buyers who have ever been there.", "每位客户属于且仅属于一个阶段。曾到达：曾处于该阶段的买家。";
    ever_word: "Reached", "曾到达";
    time_in_stage: "Median time there", "停留中位数";
    moves_title: "Who moved", "阶段迁移";
    (since: &str, now: &str) moves_note: "From the stage on {since} (rows) to that on {now} (columns). A cell opens its customers.", "从 {since} 的阶段（行）到 {now} 的阶段（列）。点击单元格查看客户。";
    not_bought: "No order yet", "尚未下单";
    recent_title: "Newest moves", "最近迁移";
    moved_on: "Day", "日期";
    moved_from: "From", "原阶段";
    moved_to: "To", "新阶段";
    (day: &str) behind_moved_since: "Moved since {day}", "{day} 之后有迁移";
    no_moves: "Nobody has moved since then.", "此后没有客户变更阶段。";
    (share: &str, days: &str) second_order_say: "{share} of buyers came back on another day, half of them within {days}.", "{share} 的买家在另一天再次下单，其中一半在 {days}内。";
    to_win_back: "Open the customers to win back", "查看待挽回客户";

    (share: &str) cohort_lead: "{share} of new customers buy again", "{share} 的新客户";
    cohort_rest_week: " in the week after their first order.", "在首单后的下一周再次下单。";
    cohort_rest_month: " in the month after their first order.", "在首单后的下一个月再次下单。";
    cohort_rest_quarter: " in the quarter after their first order.", "在首单后的下一个季度再次下单。";
    life_rules: "How the stages are told", "阶段划分规则";
    life_rules_hint: "By these rules every screen tells who is late, who has left and in which stage a customer is. What is saved can be undone.", "所有页面都按此规则判断谁已逾期、谁已流失以及客户所处阶段。保存后可撤销。";
    silence_by: "Silence is judged by", "沉默的判断依据";
    rule_automatic: "Own rhythm from 3 purchases on", "满 3 次购买按自身节奏";
    rule_store: "The shop's limits alone", "仅按店铺界限";
    rule_personal: "Own rhythm, always", "始终按自身节奏";
    limits_by: "The shop's limits", "店铺的界限";
    limits_from_gaps: "From the gaps between purchases", "按购买间隔";
    limits_in_days: "Days of your own", "自定天数";
    at_risk_after: "At risk after days", "多少天后有流失风险";
    left_after: "Left after days", "多少天后视为流失";
    retention_from: "Retention from orders", "留存：订单数不少于";
    loyalty_from: "Loyalty from orders", "忠诚：订单数不少于";
    life_days_bad: "Two whole numbers of days, from 1; the second is not below the first.", "请填写两个整数天数（至少 1），第二个不小于第一个。";
    life_orders_bad: "Two whole numbers of orders, from 2; the second is above the first.", "请填写两个整数订单数（至少 2），第二个大于第一个。";

    cohorts_too_new: "No period after a first order is over yet.", "首单之后尚无完整周期。";
    cohorts_too_new_text: "Who came back is told once a period after the first orders is over: look at shorter periods, or import older orders.", "首单之后的周期结束后，才能统计回购。请选择更短的周期，或导入更早的订单。";
    cohorts_none: "No cohorts yet", "暂无同期群";
    cohorts_none_text: "No valid order of a known customer up to this day. Choose a later day, or import more orders.", "截至该日没有已知客户的有效订单。请选择更晚的日期，或导入更多订单。";
    (rows: &str, customers: &str) cohorts_sub: "{rows} with {customers}. A period that is not over is blank.", "{rows}，共 {customers}。未结束的周期留空。";
    [n] cohorts_left_out: " {n} buyer is in no row.", " {n} buyers are in no row.", "另有 {n} 位买家不在任何行中。";
    ages_of: "Periods", "周期";
    ages_weeks: "Weeks", "周";
    ages_months: "Months", "月";
    ages_quarters: "Quarters", "季度";
    rows_by: "Rows by", "分行依据";
    by_first_order: "First order", "首单时间";
    by_first_product: "First product", "首购商品";
    by_first_channel: "First channel", "首单渠道";
    shown_measure: "Show", "显示";
    retention_word: "Retention", "留存率";
    orders_each: "Orders each", "人均订单";
    net_each: "Revenue so far, each", "人均累计销售额";
    cohorts_note: "Customers with an order in the period, of those who began together. A cell opens who did not come back.", "同期开始的客户中在该周期下单的比例。点击单元格查看未回购的客户。";
    cohort_average: "All together", "合计";
    equal_title: "After equal times", "相同时长对比";
    equal_note: "Share with a second order within so many days of the first, and revenue per customer.", "首单后若干天内再次下单的比例，以及人均销售额。";
    others_word: "All others", "其他";
    (row: &str, age: &str, returned: &str, observed: &str, shown: &str) cohort_spoken: "{row}, {age}: {returned} of {observed} came back, {shown}", "{row}，{age}：{observed} 人中 {returned} 人回购，{shown}";
    (row: &str, age: &str) behind_missing: "{row}, {age}: not come back", "{row}，{age}：未回购";
    (row: &str, age: &str) behind_returned: "{row}, {age}: came back", "{row}，{age}：已回购";
    (day: &str) at_risk_from: "Active; at risk from {day} on if nothing comes.", "活跃；若无新订单，自 {day} 起有流失风险。";
    (day: &str) at_risk_since: "At risk of leaving since {day}.", "自 {day} 起有流失风险。";
    (day: &str) churned_since: "Counts as churned since {day}.", "自 {day} 起视为流失。";
    (from: &str, to: &str, since: &str) behind_moved: "{from} → {to} since {since}", "{since} 起 {from} → {to}";
}

impl Words {
    /// Name of a stage of the life-cycle.
    pub const fn stage(self, stage: Stage) -> &'static str {
        match (self.lang, stage) {
            (Lang::En, Stage::Acquisition) => "Acquisition",
            (Lang::En, Stage::Retention) => "Retention",
            (Lang::En, Stage::Loyalty) => "Loyalty",
            (Lang::En, Stage::WinBack) => "Win-back",
            (Lang::En, Stage::Lost) => "Lost",
            (Lang::Zh, Stage::Acquisition) => "获取",
            (Lang::Zh, Stage::Retention) => "留存",
            (Lang::Zh, Stage::Loyalty) => "忠诚",
            (Lang::Zh, Stage::WinBack) => "挽回",
            (Lang::Zh, Stage::Lost) => "流失",
        }
    }

    /// What to do in a stage, in a few words.
    pub const fn stage_advice(self, stage: Stage) -> &'static str {
        match (self.lang, stage) {
            (Lang::En, Stage::Acquisition) => "Make the second order easy",
            (Lang::En, Stage::Retention) => "Offer what goes with what they bought",
            (Lang::En, Stage::Loyalty) => "Thank them; show them what is new first",
            (Lang::En, Stage::WinBack) => "Write personally, the most valuable first",
            (Lang::En, Stage::Lost) => "One last good offer, or leave in peace",
            (Lang::Zh, Stage::Acquisition) => "促成第二单",
            (Lang::Zh, Stage::Retention) => "推荐搭配商品",
            (Lang::Zh, Stage::Loyalty) => "致谢，新品优先",
            (Lang::Zh, Stage::WinBack) => "人工联系，高价值优先",
            (Lang::Zh, Stage::Lost) => "最后一次好价，或不再打扰",
        }
    }

    /// A stage, or that there was no order.
    pub const fn stage_or_none(self, stage: Option<Stage>) -> &'static str {
        match stage {
            Some(stage) => self.stage(stage),
            None => self.not_bought(),
        }
    }

    /// Name of a state of silence.
    pub const fn churn_state(self, state: ChurnState) -> &'static str {
        match (self.lang, state) {
            (Lang::En, ChurnState::Active) => "Active",
            (Lang::En, ChurnState::AtRisk) => "At risk of leaving",
            (Lang::En, ChurnState::Churned) => "Churned",
            (Lang::Zh, ChurnState::Active) => "活跃",
            (Lang::Zh, ChurnState::AtRisk) => "有流失风险",
            (Lang::Zh, ChurnState::Churned) => "已流失",
        }
    }

    /// The limits of silence and where they come from.
    pub fn limits(self, limits: SilenceView) -> String {
        let f = Format::of(self);
        let days = |days: u32| self.days(u64::from(days), &f.count(days));
        let say = self.limits_say(&days(limits.at_risk_days), &days(limits.churned_days));
        let why = match limits.basis {
            LimitBasis::Gaps(gaps) => self.limits_of_gaps(&f.count(gaps)),
            LimitBasis::TooFewGaps(gaps) => self.limits_of_few(&f.count(gaps)),
            LimitBasis::Chosen => self.limits_chosen().to_owned(),
        };
        match self.lang {
            Lang::En => format!("{say}: {why}"),
            Lang::Zh => format!("{say}：{why}"),
        }
    }

    /// Short name of an age: `M3`.
    pub fn age(self, period: CohortPeriod, age: usize) -> String {
        let letter = match period {
            CohortPeriod::Week => 'W',
            CohortPeriod::Month => 'M',
            CohortPeriod::Quarter => 'Q',
        };
        format!("{letter}{age}")
    }

    /// Name of a row of a cohort table.
    pub fn cohort(self, key: &CohortKey, period: CohortPeriod) -> String {
        let f = Format::of(self);
        match (key, period) {
            (CohortKey::Start(day), CohortPeriod::Week) => f.day(*day),
            (CohortKey::Start(day), CohortPeriod::Month) => f.month(*day),
            (CohortKey::Start(day), CohortPeriod::Quarter) => {
                format!("{} Q{}", day.year(), day.month().div_ceil(3))
            }
            (CohortKey::Label(label), _) => label.clone(),
            (CohortKey::Others, _) => self.others_word().to_owned(),
        }
    }

    /// What puts customers into one row.
    pub const fn cohort_by(self, by: CohortBy) -> &'static str {
        match by {
            CohortBy::FirstOrder => self.by_first_order(),
            CohortBy::FirstProduct => self.by_first_product(),
            CohortBy::FirstChannel => self.by_first_channel(),
        }
    }

    /// A mark of a picture, as the filter that it is.
    pub fn behind(self, mark: &Behind, products: &[String]) -> String {
        match mark {
            Behind::Cohort(cell) => {
                let row = self.cohort(&cell.row, cell.period);
                let age = self.age(cell.period, cell.age as usize);
                if cell.returned {
                    self.behind_returned(&row, &age)
                } else {
                    self.behind_missing(&row, &age)
                }
            }
            Behind::Moved { since, from, to } => {
                let (from, to) = (self.stage_or_none(*from), self.stage_or_none(*to));
                self.behind_moved(from, to, &Format::of(self).day(*since))
            }
            Behind::Leaving => self.behind_leaving().to_owned(),
            Behind::Detractors => self.detractors_title().to_owned(),
            Behind::Reason(reason) => self.behind_reason(self.churn_reason(*reason)),
            Behind::Bought { all, without } => self.behind_bought(all, without, products),
            Behind::Due(key) => {
                let product = products.first().map_or(key.as_str(), String::as_str);
                if key.is_empty() { self.due_title().to_owned() } else { self.behind_due(product) }
            }
            Behind::Labelled(conditions) => self.labelled(conditions),
            Behind::Untapped { label, without } => {
                let product = products.first().map_or(without.as_str(), String::as_str);
                self.behind_untapped(&self.trait_name(label), product)
            }
            Behind::LikeBest => self.behind_like_best().to_owned(),
            Behind::Explored { period, conditions } => {
                let f = Format::of(self);
                let days = self.orders_between(&f.day(period.from), &f.day(period.to));
                if conditions.is_empty() {
                    days
                } else {
                    format!("{} · {days}", self.conditions(conditions))
                }
            }
            Behind::Quadrant(filter) => self.quarter(filter.plane, filter.is_high).to_owned(),
            Behind::Rule(_) => match products.first() {
                Some(segment) => self.behind_segment(segment),
                None => self.behind_rule().to_owned(),
            },
            Behind::WonBack => self.behind_won_back().to_owned(),
            Behind::ToWinBack => self.win_back_title().to_owned(),
            Behind::MovedSince(day) => self.behind_moved_since(&Format::of(self).day(*day)),
            Behind::Act(kind) => self.behind_act(*kind),
            Behind::Circle(circle) => self.circle(*circle).to_owned(),
        }
    }
}
