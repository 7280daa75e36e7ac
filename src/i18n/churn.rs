//! Words of churn.

use super::{Format, Words};
use model::Currency;
use protocol::{LogRankView, NextPurchase, WaitingBy, WaitingGroup};

words! {
    slipping_means: "Slipping away is who is in the groups At risk and Can't lose and was expected to order by now.", "正在流失：属于“流失风险”和“不能失去”两组，且已过预计下单日的客户。";
    (count: &str) own_rhythm_say: "{count} are judged by their own rhythm.", "{count}按自身节奏判断。";
    share_of_customers: "of all buyers", "占全部买家";

    early_title: "Write to these first", "优先联系";
    early_note: "Silent for longer than their own rhythm or the shop’s limit allows, not yet given up: by what they have spent so far.", "沉默时间超过自身节奏或店铺界限，但尚未流失：按累计消费排列。";
    late_since: "Late since", "逾期起始";
    gone_on: "Counts as left on", "视为流失日";
    own_limit: "own rhythm", "自身节奏";
    shop_limit: "the shop's limit", "店铺界限";
    late_after: "Late after", "逾期界限";
    (days: &str, whose: &str) limit_of: "{days}, {whose}", "{days}（{whose}）";

    waiting_title: "How long until they buy again", "多久会再次购买";
    waiting_note: "Share who have bought again so many days later, everyone counted as long as they could be watched (Kaplan–Meier, band of 95 %).", "若干天后已再次购买的比例；每位客户按可观察时长计入（Kaplan–Meier，95% 区间）。";
    waiting_until: "Until", "直到";
    waiting_by: "Compared by", "分组";
    until_second: "2nd purchase", "第 2 次购买";
    until_third: "3rd", "第 3 次";
    until_fourth: "4th", "第 4 次";
    until_any: "Any next", "任意下一次";
    by_nothing: "All together", "不分组";
    by_first_spend: "First spend", "首单金额";
    by_first_year: "First year", "首单年份";
    by_product: "First product", "首购商品";
    by_channel: "First channel", "首单渠道";
    everybody: "Everybody", "全部客户";
    (money: &str) spent_less: "First order below {money}", "首单低于 {money}";
    (money: &str) spent_more: "First order {money} or more", "首单不低于 {money}";
    (name: &str, n: &str) curve_name: "{name} (n\u{a0}=\u{a0}{n})", "{name}（n\u{a0}=\u{a0}{n}）";
    (days: &str) half_after: "Half have bought again after {days}.", "半数在 {days}内再次购买。";
    half_never: "Fewer than half have bought again in the time that could be watched.", "在可观察时间内，再次购买的不到半数。";
    (chi: &str, p: &str) groups_differ: "The groups wait differently (log-rank χ² = {chi}, p = {p}).", "各组等待时间有差异（对数秩检验 χ² = {chi}，p = {p}）。";
    (chi: &str, p: &str) groups_alike: "The groups cannot be told apart (log-rank χ² = {chi}, p = {p}).", "各组之间没有可辨的差异（对数秩检验 χ² = {chi}，p = {p}）。";
    after_days: "After", "经过";

    waiting_none: "Nobody is known to have come so far yet. Once customers buy again, this shows after how many days; import more months if you have them.", "尚无客户达到这一步。客户再次购买后，这里会显示间隔天数；如有更多月份的订单，请导入。";
    months_none: "No month is over yet in which anybody could leave or come back. Import more months if you have them.", "尚无完整月份可供统计流失与回流。如有更多月份的订单，请导入。";
    months_title: "Who left and who came back, by month", "每月流失与回流";
    months_note: "Left: of the buyers not yet given up on the first of the month, those who count as left in it. Came back: of those given up, those who ordered in it.", "流失：月初尚未流失的买家中，当月被视为流失的比例。回流：月初已流失的买家中，当月再次下单的比例。";
    left_rate: "Left", "流失率";
    back_rate: "Came back", "回流率";
    month_word: "Month", "月份";
    churn_nobody: "Nobody has bought yet", "尚无买家";
}

impl Words {
    /// What is waited for.
    pub const fn next_purchase(self, until: NextPurchase) -> &'static str {
        match until {
            NextPurchase::Second => self.until_second(),
            NextPurchase::Third => self.until_third(),
            NextPurchase::Fourth => self.until_fourth(),
            NextPurchase::Any => self.until_any(),
        }
    }

    /// By what those who wait are told apart.
    pub const fn waiting_groups(self, by: WaitingBy) -> &'static str {
        match by {
            WaitingBy::Nothing => self.by_nothing(),
            WaitingBy::FirstSpend => self.by_first_spend(),
            WaitingBy::FirstYear => self.by_first_year(),
            WaitingBy::FirstChannel => self.by_channel(),
            WaitingBy::FirstProduct => self.by_product(),
        }
    }

    /// Who waits.
    pub fn waiting_group(self, group: &WaitingGroup, currency: Currency) -> String {
        let money = |minor: i64| Format::of(self).money(minor, currency);
        match group {
            WaitingGroup::All => self.everybody().to_owned(),
            WaitingGroup::SpentLess(limit) => self.spent_less(&money(*limit)),
            WaitingGroup::SpentMore(limit) => self.spent_more(&money(*limit)),
            WaitingGroup::Year(year) => year.to_string(),
            WaitingGroup::Label(label) => label.clone(),
            WaitingGroup::Others => self.others_word().to_owned(),
        }
    }

    /// Whether the groups wait differently.
    pub fn log_rank(self, test: LogRankView) -> String {
        let f = Format::of(self);
        let p = if test.p_value < 0.001 {
            format!("< {}", f.number(0.001, 3))
        } else {
            f.number(test.p_value, 3)
        };
        let chi = f.number(test.chi_square, 1);
        let differ = test.p_value < 0.05;
        if differ { self.groups_differ(&chi, &p) } else { self.groups_alike(&chi, &p) }
    }
}
