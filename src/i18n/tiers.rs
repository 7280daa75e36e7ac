//! Words of grades, tables of two labels and quadrants.

use super::{Format, Lang, Words};
use model::Currency;
use protocol::{Bound, GradeCondition, GradeMeasure, Plane, RfmWindow, Sign};

words! {
    cross_title: "Any two labels", "任意两个标签交叉";
    cross_note: "Every customer is in one cell; rows and columns add up. A cell opens its customers.", "每位客户位于一个单元格，行列可加总。点击单元格查看名单。";
    (row: &str, column: &str, money: &str, who: &str) cross_lead: "Most money lies at {row} × {column}: {money} from {who}.", "金额最高的是 {row} × {column}：{who}，共 {money}。";
    cross_rows: "Rows", "行";
    cross_columns: "Columns", "列";

    grade_word: "Grade", "等级";
    no_rule: "No rule hits", "未命中规则";
    grades_title: "Your own grades", "自定义等级";
    grades_note: "Rules in order: the first that holds gives the grade. A customer's page shows the rule that hit.", "规则按顺序判断，首条成立者决定等级。客户页显示命中的规则。";
    grades_none: "No rules yet. Begin with an example and change it.", "暂无规则。可从示例开始修改。";
    grades_example: "Begin with an example", "从示例开始";
    grades_change: "Change the rules", "更改规则";
    rule_column: "Rule", "规则";
    [n] rule_numbered: "Rule {n}", "Rule {n}", "规则 {n}";
    (grade: &str, rule: &str) grade_of_rule: "{grade} (rule {rule})", "{grade}（规则 {rule}）";
    rule_holds: "Holds if", "成立条件";
    rule_always: "for everybody else", "其余所有客户";
    rule_add: "Add a rule", "添加规则";
    rule_remove: "Remove the rule", "删除规则";
    rule_up: "Move up", "上移";
    rule_down: "Move down", "下移";
    condition_add: "Add a condition", "添加条件";
    condition_remove: "Remove the condition", "删除条件";
    condition_value: "Value", "值";
    condition_side: "Side", "比较";
    condition_what: "What", "指标";
    condition_window: "Orders of", "订单范围";
    channel_is: "bought through the channel", "下单渠道为";
    product_has: "bought a product with this in its name", "购买过名称包含以下文字的商品";
    (rule: &str) rule_bad_name: "Rule {rule}: give the grade a name of at most 60 letters.", "规则 {rule}：请填写等级名称，最多 60 个字。";
    (rule: &str) rule_bad_number: "Rule {rule}: a number, 0 or more; of orders and days a whole one.", "规则 {rule}：请填写不小于 0 的数字，订单数与天数须为整数。";
    (rule: &str) rule_bad_text: "Rule {rule}: write what to look for, at most 60 letters.", "规则 {rule}：请填写要匹配的文字，最多 60 个字。";
    example_gold: "Gold", "金牌";
    example_silver: "Silver", "银牌";
    example_bronze: "Bronze", "铜牌";

    quadrants_title: "Whom to serve how", "服务策略";
    plane_of_need: "Value × need", "价值 × 需求";
    plane_of_worth: "Economic × strategic", "经济价值 × 战略价值";
    plane_note_need: "Up: spent more so far than this share of buyers. Across: need, by contacts, browsing and different products bought. Move the lines to move customers.", "纵轴：累计消费超过多少比例的买家；横轴：需求（联系、浏览与所购品类）。移动分界线即可调整分组。";
    plane_note_worth: "Up: spent more so far than this share of buyers. Across: worth beside money, by the signs below. Move the lines to move customers.", "纵轴：累计消费超过多少比例的买家；横轴：金钱之外的价值，依据下列迹象。移动分界线即可调整分组。";
    (n: &str, who: &str, money: &str) quadrants_lead_need: "{who} are worth much and ask for much: {money} so far, {n} of revenue.", "{who}价值高且需求高：累计 {money}，占销售额 {n}。";
    (n: &str, who: &str, money: &str) quadrants_lead_worth: "{who} spend little and are worth more than their money: {money} so far, {n} of revenue.", "{who}消费不多但具战略价值：累计 {money}，占销售额 {n}。";
    cut_up: "Value is high from", "高价值起点";
    cut_need: "Need is high from", "高需求起点";
    cut_worth: "Strategic from", "战略价值起点";
    policy_word: "Policy", "策略";
    quarter_word: "Customers who are", "客户类型";
    made_of: "Made of", "数据来源";
    (sign: &str, who: &str) sign_known: "{sign}: {who}", "{sign}：{who}";
    (sign: &str, file: &str) sign_missing: "{sign}: no data; {file} brings them", "{sign}：无数据，可导入{file}";
    cut_hint: "Drag, or use the arrow keys", "拖动或用方向键";
    (n: &str) hundredth: "{n} of 100", "{n}/100";
}

impl Words {
    /// A number that rules look at.
    pub const fn grade_measure(self, measure: GradeMeasure) -> &'static str {
        use GradeMeasure as M;
        match (self.lang, measure) {
            (Lang::En, M::Net) => "net revenue",
            (Lang::En, M::Orders) => "orders",
            (Lang::En, M::OrderValue) => "order value",
            (Lang::En, M::SilentDays) => "days since the last order",
            (Lang::En, M::KnownDays) => "days since the first order",
            (Lang::Zh, M::Net) => "净销售额",
            (Lang::Zh, M::Orders) => "订单数",
            (Lang::Zh, M::OrderValue) => "客单价",
            (Lang::Zh, M::SilentDays) => "距上次下单天数",
            (Lang::Zh, M::KnownDays) => "距首次下单天数",
        }
    }

    /// A condition of a rule: `net revenue ≥ $500 of the last 12 months`.
    pub fn grade_condition(self, condition: &GradeCondition, currency: Currency) -> String {
        let f = Format::of(self);
        match condition {
            GradeCondition::Number { measure, bound, value, window } => {
                let sign = if *bound == Bound::AtLeast { "≥" } else { "≤" };
                let value = if measure.is_money() {
                    f.money(value.minor(currency), currency)
                } else {
                    value.to_string()
                };
                let said = format!("{} {sign} {value}", self.grade_measure(*measure));
                match (*window, self.lang) {
                    (RfmWindow::AllTime, _) => said,
                    (window, Lang::En) => format!("{said} of {}", self.rfm_window(window)),
                    (window, Lang::Zh) => format!("{}{said}", self.rfm_window(window)),
                }
            }
            GradeCondition::Channel(text) => format!("{} “{text}”", self.channel_is()),
            GradeCondition::Product(text) => format!("{} “{text}”", self.product_has()),
        }
    }

    /// A quarter of a plane; `is_high`: across, up.
    pub const fn quarter(self, plane: Plane, is_high: [bool; 2]) -> &'static str {
        use Plane::{EconomicStrategic as Es, ValueNeed as Vn};
        match (self.lang, plane, is_high) {
            (Lang::En, Vn, [true, true]) => "High value, high need",
            (Lang::En, Vn, [false, true]) => "High value, low need",
            (Lang::En, Vn, [true, false]) => "Low value, high need",
            (Lang::En, Vn, [false, false]) => "Low value, low need",
            (Lang::En, Es, [true, true]) => "Economic and strategic",
            (Lang::En, Es, [false, true]) => "Economic",
            (Lang::En, Es, [true, false]) => "Strategic",
            (Lang::En, Es, [false, false]) => "Neither",
            (Lang::Zh, Vn, [true, true]) => "高价值高需求",
            (Lang::Zh, Vn, [false, true]) => "高价值低需求",
            (Lang::Zh, Vn, [true, false]) => "低价值高需求",
            (Lang::Zh, Vn, [false, false]) => "低价值低需求",
            (Lang::Zh, Es, [true, true]) => "经济与战略兼具",
            (Lang::Zh, Es, [false, true]) => "经济价值型",
            (Lang::Zh, Es, [true, false]) => "战略价值型",
            (Lang::Zh, Es, [false, false]) => "一般客户",
        }
    }

    /// How to serve a quarter, in a few words.
    pub const fn policy(self, plane: Plane, is_high: [bool; 2]) -> &'static str {
        use Plane::{EconomicStrategic as Es, ValueNeed as Vn};
        match (self.lang, plane, is_high) {
            (Lang::En, Vn, [true, true]) => "Personal: a contact of their own, answered first",
            (Lang::En, Vn, [false, true]) => "Effortless: leave in peace, thank them, news first",
            (Lang::En, Vn, [true, false]) => "Self-service: good answers to read, standard replies",
            (Lang::En, _, [false, false]) => "Standard: automatic messages only",
            (Lang::En, Es, [true, true]) => "Partner: plan together, meet in person",
            (Lang::En, Es, [false, true]) => "Keep: steady service, ask for recommendations",
            (Lang::En, Es, [true, false]) => {
                "Invest: samples, early access, a reward for referrals"
            }
            (Lang::Zh, Vn, [true, true]) => "专属服务：指定专人，优先响应",
            (Lang::Zh, Vn, [false, true]) => "轻触达：少打扰、多致谢，新品优先",
            (Lang::Zh, Vn, [true, false]) => "自助服务：完善说明，标准回复",
            (Lang::Zh, _, [false, false]) => "标准服务：仅自动消息",
            (Lang::Zh, Es, [true, true]) => "伙伴：共同规划，当面沟通",
            (Lang::Zh, Es, [false, true]) => "维护：稳定服务，邀请推荐",
            (Lang::Zh, Es, [true, false]) => "投入：样品、抢先体验、推荐奖励",
        }
    }

    /// A sign of need, or of worth beside money.
    pub const fn sign(self, sign: Sign) -> &'static str {
        match (self.lang, sign) {
            (Lang::En, Sign::Contacts) => "Contacts",
            (Lang::En, Sign::Browsing) => "Browsing",
            (Lang::En, Sign::Breadth) => "Different products",
            (Lang::En, Sign::Referrals) => "Referrals (1 point each, up to 4)",
            (Lang::En, Sign::Reviews) => "Reviews and comments (1 each, up to 2)",
            (Lang::En, Sign::Promoter) => "Would recommend, 9 or 10 of 10 (1)",
            (Lang::En, Sign::Influencer) => "Tagged as influencer (3)",
            (Lang::En, Sign::Partner) => "Tagged as distributor or partner (3)",
            (Lang::En, Sign::NewRegion) => "First buyer of a region (1)",
            (Lang::Zh, Sign::Contacts) => "联系",
            (Lang::Zh, Sign::Browsing) => "浏览",
            (Lang::Zh, Sign::Breadth) => "品类广度",
            (Lang::Zh, Sign::Referrals) => "推荐新客（每次 1 分，最多 4 分）",
            (Lang::Zh, Sign::Reviews) => "评价与留言（每次 1 分，最多 2 分）",
            (Lang::Zh, Sign::Promoter) => "推荐意愿 9–10 分（1 分）",
            (Lang::Zh, Sign::Influencer) => "标签为达人（3 分）",
            (Lang::Zh, Sign::Partner) => "标签为分销商或伙伴（3 分）",
            (Lang::Zh, Sign::NewRegion) => "地区首位买家（1 分）",
        }
    }

    /// Which file tells of a sign.
    pub const fn sign_file(self, sign: Sign) -> &'static str {
        match (self.lang, sign) {
            (Lang::En, Sign::Contacts) => "a service log or a survey",
            (Lang::En, Sign::Browsing | Sign::Referrals) => "an event file",
            (Lang::En, Sign::Breadth) => "an order file with products",
            (Lang::En, Sign::Reviews) => "a survey with comments",
            (Lang::En, Sign::Promoter) => "a survey with 0 to 10",
            (Lang::En, Sign::Influencer | Sign::Partner) => "a contact list with tags",
            (Lang::En, Sign::NewRegion) => "an order file with at least three regions",
            (Lang::Zh, Sign::Contacts) => "客服记录或调查结果",
            (Lang::Zh, Sign::Browsing | Sign::Referrals) => "行为事件文件",
            (Lang::Zh, Sign::Breadth) => "含商品明细的订单",
            (Lang::Zh, Sign::Reviews) => "含留言的调查结果",
            (Lang::Zh, Sign::Promoter) => "含 0–10 分的调查结果",
            (Lang::Zh, Sign::Influencer | Sign::Partner) => "含标签的联系人名单",
            (Lang::Zh, Sign::NewRegion) => "含三个以上地区的订单",
        }
    }
}
