//! Words of satisfaction.

use super::{Lang, Words};
use protocol::{Quadrant, TouchpointName};

words! {
    (share: &str) csat_lead: "{share} of answers are satisfied", "{share} 的回答表示满意";
    (n: &str) csat_lead_rest: " ({n}).", "（{n}）。";
    (dimension: &str) gap_say: "Furthest below what was expected: {dimension}.", "与期望差距最大：{dimension}。";
    (dimension: &str) driver_say: "Satisfaction hangs most on {dimension}.", "对满意度影响最大：{dimension}。";
    answers_none: "No answers yet", "暂无调查回答";
    answers_none_text: "Import answers of a survey (CSAT, NPS, CES) or tickets with scores: SurveyMonkey, Typeform, Delighted or any table with scores, a date and an address.", "请导入调查回答（CSAT、NPS、CES）或带评分的工单：SurveyMonkey、Typeform、Delighted，或任何含评分、日期和联系方式的表格。";
    csat_word: "Satisfied (CSAT)", "满意度（CSAT）";
    csat_means: "Share of 4 and 5 of 5.", "5 分制中 4 分和 5 分的占比。";
    nps_word: "Would recommend (NPS)", "净推荐值（NPS）";
    nps_means: "Share of 9 and 10 less share of 0 to 6, in points.", "9–10 分占比减去 0–6 分占比。";
    ces_word: "Ease (CES)", "省力度（CES）";
    ces_means: "Mean of 1 to 7; 7 is very easy.", "1–7 分的均值；7 为非常轻松。";
    service_word: "Service (CSAT)", "客服满意度（CSAT）";
    service_means: "Share of 4 and 5 of the scores of tickets.", "工单评分中 4 分和 5 分的占比。";
    (low: &str, high: &str) between: "{low} to {high}", "{low} 至 {high}";
    (n: &str) n_answers: "n\u{a0}=\u{a0}{n}", "n\u{a0}=\u{a0}{n}";
    few_answers: "few", "样本少";

    gaps_title: "Expected and met", "期望与感知";
    gaps_note: "Means of 1 to 5 of those who answered both. Below what was expected is dissatisfied, however high.", "同时回答两项者的 1–5 分均值。低于期望即为不满意，无论分数多高。";
    expected_score: "Expected", "期望";
    met_score: "Met", "感知";
    dimension_word: "Dimension", "维度";
    drivers_title: "What satisfaction hangs on", "满意度驱动因素";
    drivers_note: "Importance: rank correlation with satisfaction over all. Performance: mean of 1 to 5.", "重要度：与总体满意度的等级相关。表现：1–5 分均值。";
    importance_word: "Importance", "重要度";
    performance_word: "Performance", "表现";
    to_do_word: "What to do", "建议";
    trend_title: "Satisfied, by month", "每月满意度";
    trend_note: "Share of 4 and 5, with its band of 95 %.", "4 分和 5 分的占比，及 95% 区间。";
    touchpoints_title: "By what customers met", "按触点";
    touchpoint_word: "Touchpoint", "触点";
    segments_title: "Answers by who gave them", "按客户标签";
    answers_by: "By", "按";
    answers_by_note: "Every answer is in one row, so that the rows add up to all. A name leads to all customers with the label, whether they answered or not.", "每个回答只计入一行，各行合计为全部。点击名称查看该标签的全部客户（无论是否作答）。";
    answers_word: "Answers", "回答数";
    (dimension: &str, n: &str) dimension_n: "{dimension} ({n})", "{dimension}（{n}）";
    delivered_title: "Delivered value", "让渡价值";
    (value: &str) delivered_lead: "What customers get outweighs what it costs them by {value}.", "客户所得减去付出为 {value}。";
    (n: &str) delivered_note: "Weighted value of product, service, staff and name, less weighted cost in money, time, effort and worry, each from 1 to 5; of answers with all eight parts ({n}).", "产品、服务、人员、形象的加权价值减去货币、时间、体力、精神的加权成本（各 1–5 分）；仅计八项齐全的回答（{n}）。";
    delivered_word: "Value less cost", "价值减成本";
    ratio_word: "Ratio", "比率";
    ratio_means: "Mean value ÷ mean cost.", "平均价值 ÷ 平均成本。";
    delivered_products: "Delivered value by product", "各商品的让渡价值";
    delivered_products_note: "Of answers about an order with the product; an answer counts for each product of its order.", "依据针对含该商品订单的回答；一个回答对其订单中的每种商品各计一次。";
    delivered_parts: "Delivered value by who answered", "各类客户的让渡价值";
    weights_title: "How the parts weigh", "各项权重";
    weights_note: "From 0, which leaves a part out, to 10. The first four are values, the others costs.", "从 0（不计）到 10。前四项为价值，后四项为成本。";
    weight_bad: "A weight is a number from 0 to 10.", "权重应为 0 到 10 的数字。";
    gap_word: "Gap", "差距";
    satisfied_word: "Satisfied", "满意占比";
    gap_table_title: "Gap by dimension", "各维度差距";
    gap_table_note: "Gap: met less expected, with the interval that holds it with 95 % certainty. Satisfied: whose perception reaches their expectation.", "差距：感知减去期望，附 95% 置信区间。满意：感知不低于期望的客户占比。";
    gap_index_word: "Gap index", "差距指数";
    (n: &str) gap_index_of: "{n} dimensions", "{n} 个维度";
    gap_index_means: "Mean of the gaps of all dimensions, each of the same weight: met less expected.", "各维度差距的等权平均：感知减去期望。";
    drivers_plane: "Up: importance. Across: performance. The lines are the means; the numbers are those of the table.", "纵轴：重要度；横轴：表现。虚线为均值，编号与表格一致。";
    detractors_title: "Dissatisfied: answer these", "不满意客户：优先回应";
    detractors_means: "0 to 6 of 10, or 1 and 2 of 5.", "10 分制 0–6 分，或 5 分制 1–2 分。";
    detractors_unknown: "No order on record has any of their addresses or numbers: import the order export, and they get names.", "现有订单中没有他们的联系方式或单号：导入订单后即可显示姓名。";
    detractors_note: "0 to 6 of 10, or 1 and 2 of 5; by what they have spent so far.", "10 分制 0–6 分，或 5 分制 1–2 分；按累计消费排列。";
    score_word: "Score", "评分";
    comment_word: "In their words", "原话";
    nobody_word: "nobody known", "未知客户";
}

impl Words {
    /// What to do about a dimension.
    pub const fn quadrant(self, quadrant: Quadrant) -> &'static str {
        match (self.lang, quadrant) {
            (Lang::En, Quadrant::KeepUp) => "Keep it up",
            (Lang::En, Quadrant::Improve) => "Mend this first",
            (Lang::En, Quadrant::LowPriority) => "Little hangs on it",
            (Lang::En, Quadrant::Overdone) => "More than is needed",
            (Lang::Zh, Quadrant::KeepUp) => "继续保持",
            (Lang::Zh, Quadrant::Improve) => "优先改进",
            (Lang::Zh, Quadrant::LowPriority) => "影响不大",
            (Lang::Zh, Quadrant::Overdone) => "超出所需",
        }
    }

    /// One of the eight parts of the delivered value, values first.
    pub fn delivered_part(self, at: usize) -> &'static str {
        let (english, chinese) = match at {
            0 => ("Product value", "产品价值"),
            1 => ("Service value", "服务价值"),
            2 => ("Staff value", "人员价值"),
            3 => ("Image value", "形象价值"),
            4 => ("Cost in money", "货币成本"),
            5 => ("Cost in time", "时间成本"),
            6 => ("Cost in effort", "体力成本"),
            _ => ("Cost in worry", "精神成本"),
        };
        if self.lang == Lang::En { english } else { chinese }
    }

    /// A dimension or a channel, as the file has it.
    pub fn touchpoint(self, name: &TouchpointName) -> String {
        match name {
            TouchpointName::Dimension(name) | TouchpointName::Channel(name) => name.clone(),
        }
    }
}
