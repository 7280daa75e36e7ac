//! Words of how customers are scored.

use super::{Format, Words};
use protocol::{ClassCut, Monetary, RfmChoice, RfmWindow, ScoreCuts};

words! {
    scores_change: "Change", "更改";
    scores_by: "Scores", "评分";
    by_fifths: "Fifths", "五等分";
    by_fixed: "Fixed cuts", "固定分界";
    fifths_of_buyers: "Fifths of buyers", "买家五等分";
    use_fixed_cuts: "Use fixed cuts", "改用固定分界";
    scores_window: "F and M of", "F 与 M 范围";
    months_12: "12 months", "12 个月";
    months_24: "24 months", "24 个月";
    some_days: "Days", "按天数";
    window_days: "Last days, up to the as-of day", "截至统计日的最近天数";
    window_days_bad: "A whole number of days from 1 to 65,535.", "1 至 65,535 之间的整数天数。";
    window_all: "all time", "全部时间";
    [n] window_months: "the last {n} month", "the last {n} months", "最近 {n} 个月";
    [n] window_last_days: "the last {n} day", "the last {n} days", "最近 {n} 天";
    use_all_time: "Use all time", "改用全部时间";
    scores_money: "M is", "M 指标";
    money_total: "Total", "累计金额";
    money_average: "Average per order", "笔均金额";
    money_total_said: "total", "累计金额";
    money_average_said: "average per order", "笔均金额";
    classes_by: "Classes", "八类";
    by_mean: "Mean", "均值";
    by_median: "Median", "中位数";
    by_constants: "Constants", "固定值";
    the_mean: "the mean", "均值";
    the_median: "the median", "中位数";
    your_values: "your own values", "固定值";
    recent_within: "Recent: days at most", "近：天数不超过";
    frequent_from: "Frequent: orders at least", "高频：订单不少于";
    much_from: "High: money at least", "高额：金额不低于";
    at_most: "at most", "不超过";
    at_least: "at least", "不少于";
    (score: usize, scale: &str, bound: &str) cut_label: "Score {score}: {scale}, {bound}", "{score} 分：{scale}{bound}";
    cut_days_bad: "Days: four whole numbers, each greater than the one above.", "天数：四个整数，自上而下递增。";
    cut_orders_bad: "Orders: four whole numbers, each smaller than the one above.", "订单数：四个整数，自上而下递减。";
    cut_amounts_bad: "Money: four amounts, each smaller than the one above.", "金额：四个数额，自上而下递减。";
    whole_number_bad: "A whole number, 0 or more.", "不小于 0 的整数。";
    amount_bad: "An amount, 0 or more.", "不小于 0 的金额。";
    (choice: &str) cuts_note: "{choice}. Equal values always score equally.", "{choice}。相同数值得分必相同。";
    (window: &str) groups_of_window: "Every customer who bought in {window} is in exactly one. Orders and revenue are of that time.", "{window}内下过单的客户属于且仅属于一组，订单和销售额为该时段。";
    nobody_scored: "Nobody has a score", "没有可评分的客户";
    (window: &str) nobody_in_window: "Nobody bought in {window}. Choose a longer window, or an earlier day.", "{window}内没有客户下单。请选择更长的范围或更早的日期。";
    recency_average_note: "M5 has the highest average order. Customers and their revenue.", "M5 笔均金额最高。格内为客户数和销售额。";
}

impl Words {
    /// The window of F and M, within a sentence.
    pub fn rfm_window(self, window: RfmWindow) -> String {
        let f = Format::of(self);
        match window {
            RfmWindow::AllTime => self.window_all().to_owned(),
            RfmWindow::Months(months) => {
                self.window_months(months.get().into(), &f.count(months.get()))
            }
            RfmWindow::Days(days) => self.window_last_days(days.get().into(), &f.count(days.get())),
        }
    }

    /// How scores are made: `Fifths of buyers · all time · total`.
    pub fn rfm_choice(self, choice: &RfmChoice) -> String {
        let cuts = match choice.cuts {
            ScoreCuts::Fifths => self.fifths_of_buyers(),
            ScoreCuts::Fixed(_) => self.by_fixed(),
        };
        let money = match choice.monetary {
            Monetary::Total => self.money_total_said(),
            Monetary::AverageOrder => self.money_average_said(),
        };
        format!("{cuts} · {} · {money}", self.rfm_window(choice.window))
    }

    /// What parts high from low, within a sentence.
    pub const fn class_cut(self, cut: ClassCut) -> &'static str {
        match cut {
            ClassCut::Mean => self.the_mean(),
            ClassCut::Median => self.the_median(),
            ClassCut::Constants(_) => self.your_values(),
        }
    }
}
