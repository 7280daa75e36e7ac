//! Words of the segment screens.

use super::{Format, Lang, Words};
use model::Currency;
use protocol::{AnyField, Found, NumberField, RfmWindow, Suggestion, Unit};

words! {
    segments_none: "No segment saved yet", "尚未保存细分人群";
    [n] segments_lead: "{n} segment", "{n} segments", "{n} 个细分人群";
    segments_rest: "saved: customers who have something in common, to look at, to write to and to compare.", "已保存：具有共同特征的客户，可查看、联系和对比。";
    segments_sub: "A segment by a rule follows the data by itself; a fixed one keeps who was in it on its day.", "规则人群随数据自动更新；固定名单保留当日的客户。";
    segment_new: "New segment", "新建人群";
    segments_saved: "Saved segments", "已保存的人群";
    segment_word: "Segment", "人群";
    segment_kind: "Kind", "类型";
    segment_by_rule: "by a rule", "规则";
    (day: &str) segment_fixed_on: "fixed on {day}", "固定于 {day}";
    segment_not_understood: "of a newer version: kept, not shown", "由新版本创建：已保留，暂无法显示";
    share_of_people: "Share of customers", "客户占比";
    segment_clone: "Copy", "复制";
    (name: &str) segment_copy_of: "Copy of {name}", "{name} 副本";
    segment_look: "Look at it alone", "仅看此人群";
    segment_delete: "Delete", "删除";
    (name: &str) segment_deleted: "{name} is deleted", "已删除 {name}";
    (name: &str) segment_saved: "{name} is saved", "已保存 {name}";
    segments_combine: "Combine two", "组合两个人群";
    combine_and: "and also in", "并且属于";
    combine_or: "or in", "或者属于";
    combine_without: "but not in", "但不属于";
    combine_do: "Open", "打开";
    segments_suggested: "Suggested", "推荐人群";
    segments_suggested_note: "Ready to use: open one to change its rule, or save it as it is.", "可直接使用：打开可修改规则，或直接保存。";
    segment_save: "Save", "保存";
    clusters_title: "Customers who are alike", "相似客户聚类";
    (n: &str) clusters_lead: "The buyers fall into {n} kinds by how lately, how often and for how much they buy.", "按最近购买、购买频次和金额，买家可分为 {n} 类。";
    clusters_note: "Found by k-means on the logarithms of the three measures; the number of kinds is the one with the clearest borders.", "对三项指标取对数后用 k-means 聚类，类别数取边界最清晰者。";
    (n: &str) clusters_sample: "The number was chosen on an even sample of {n} buyers; every buyer is then put to the nearest kind.", "类别数由均匀抽取的 {n} 位买家确定，其余买家归入最近的一类。";
    clusters_none: "Too few buyers differ to tell kinds apart: it takes at least three who bought differently.", "买家差异不足，无法区分类别：至少需要三位购买行为不同的买家。";
    cluster_word: "Kind", "类别";
    cluster_days: "Days since the last order", "距上次下单天数";
    cluster_each: "Net each", "人均净额";
    cluster_recent: "lately", "近期购买";
    cluster_silent: "long silent", "久未购买";
    cluster_often: "often", "频繁购买";
    cluster_seldom: "seldom", "很少购买";
    cluster_much: "spend much", "消费高";
    cluster_little: "spend little", "消费低";
    cluster_usual: "as most do", "与多数相同";

    segment_name: "Name of the segment", "人群名称";
    segment_bad_name: "Give the segment a name of at most 60 letters.", "请为人群命名，最多 60 个字。";
    segment_save_changes: "Save changes", "保存修改";
    segment_save_new: "Save as new", "另存为新人群";
    segment_discard: "Discard changes", "放弃修改";
    segment_rule: "Who is in it", "谁属于此人群";
    segment_rule_note: "What is not known of a customer meets neither a condition nor its opposite.", "客户的未知信息既不满足条件，也不满足其相反条件。";
    (share: &str, net: &str) segment_shares: "{share} of all customers, {net} of their revenue.", "占全部客户 {share}，占销售额 {net}。";
    [n] segment_unknown: "Of {n} customer it cannot be told: not enough is known.", "Of {n} customers it cannot be told: not enough is known.", "有 {n} 位客户因信息不足无法判断。";
    segment_fixed_note: "Who is in it was fixed: it does not follow the data.", "名单已固定，不随数据变化。";
    segment_no_rule: "No segment applies", "没有可用的人群";
    segment_gone: "There is no such segment (any more)", "没有该人群，可能已被删除";
    segment_gone_text: "It may have been deleted. All saved segments are in the list.", "可能已被删除，请在列表中查看全部人群。";
    segment_to_list: "To the segments", "查看人群列表";
    segment_unreadable_text: "Its rule was written by a newer version of this program. It is kept as it is; reload to get that version.", "该规则由新版本写入，已原样保留。请重新加载以更新。";
    segment_models_pending: "What is expected of customers is still being worked out: conditions on it mean nobody until then.", "预测指标仍在计算中：相关条件暂时不满足任何客户。";

    group_all: "all of these", "满足全部条件";
    group_any: "any of these", "满足任一条件";
    group_not_all: "not all of these", "不满足全部条件";
    group_not_any: "none of these", "不满足任何条件";
    group_holds: "Has to hold", "需要满足";
    group_add: "Add a group", "添加条件组";
    group_remove: "Remove the group", "删除条件组";
    group_empty: "No condition yet: everybody.", "尚无条件：全部客户。";
    test_number_bad: "Write a number, as 500 or 12.5.", "请输入数字，如 500 或 12.5。";
    test_day_bad: "Choose a day.", "请选择日期。";
    test_days_bad: "Write how many days.", "请输入天数。";
    test_text_bad: "Write the text to look for.", "请输入要查找的文字。";
    test_choice_bad: "Choose at least one.", "请至少选择一项。";
    test_segment_bad: "Choose a segment.", "请选择人群。";

    sign_is: "is", "是";
    sign_is_not: "is not", "不是";
    sign_has: "contains", "包含";
    sign_has_not: "does not contain", "不包含";
    sign_since: "on or after", "不早于";
    sign_until: "on or before", "不晚于";
    sign_within_days: "in the last … days", "最近…天内";
    sign_before_days: "at least … days ago", "至少…天前";
    test_known: "is known", "已知";
    test_unknown: "is not known", "未知";
    sign_yes: "yes", "是";
    sign_no: "no", "否";
    sign_bought: "bought", "购买过";
    sign_not_bought: "did not buy", "未购买";
    sign_in: "is in", "属于";
    sign_not_in: "is not in", "不属于";

    fields_orders: "Orders and money", "订单与金额";
    fields_scores: "Scores and labels", "评分与标签";
    fields_future: "What is expected", "预测";
    fields_person: "The person", "客户信息";
    fields_contact: "Contact and permission", "联系与许可";
    fields_said: "What they said", "反馈";
    field_bought: "product", "商品";
    field_segment: "segment", "细分人群";

    why_title: "Why is somebody in it, or not?", "某位客户为何在或不在其中？";
    why_search: "Name, e-mail or telephone", "姓名、邮箱或电话";
    (who: &str) why_in: "{who} is in it.", "{who}在此人群中。";
    (who: &str) why_out: "{who} is not in it.", "{who}不在此人群中。";
    (who: &str) why_unknown: "Of {who} it cannot be told.", "无法判断{who}。";
    (what: &str) why_failing: "Does not hold: {what}", "不满足：{what}";
    (what: &str) why_not_known: "Not known: {what}", "未知：{what}";
    (what: &str) why_holding: "Holds: {what}", "满足：{what}";
    (what: &str, found: &str) why_found: "{what} (is {found})", "{what}（实际为 {found}）";
    truth_yes: "holds", "满足";
    truth_no: "does not hold", "不满足";
    truth_unknown: "not known", "未知";
    why_nobody: "Nobody is found by that.", "没有找到客户。";

    segment_people: "Customers of the segment", "人群客户";
    (n: &str) segment_people_first: "The {n} with the highest net. The list has them all, with order and search.", "净额最高的 {n} 位。完整名单可排序与搜索。";
    segment_people_all: "Open the list", "打开名单";
    segment_nobody: "Nobody meets the rule", "没有符合规则的客户";
    segment_nobody_text: "Loosen a condition, or ask below why somebody is not in it.", "请放宽条件，或在下方查询某位客户为何不在其中。";
    profile_title: "Profile", "人群画像";
    profile_note: "Index: the segment against all customers, which are 100.", "指数：以全部客户为 100，人群的相对水平。";
    profile_figure: "Figure", "指标";
    profile_own: "Segment", "人群";
    profile_all: "All customers", "全部客户";
    profile_index: "Index", "指数";
    profile_order_value: "Average order value", "客单价";
    profile_orders_each: "Orders a buyer", "人均订单数";
    profile_net_each: "Net a customer", "人均净额";
    profile_gap: "Median days between orders", "购买间隔中位天数";
    profile_csat: "Satisfied answers", "满意占比";
    profile_products: "Products that most of them bought", "购买人数最多的商品";
    profile_countries: "Where they live: countries", "所在国家";
    profile_regions: "Where they live: regions", "所在地区";
    profile_hours: "When they order", "下单时段";
    profile_hours_note: "Orders by weekday and hour of the shop's day.", "按星期与店铺当地小时统计的订单。";
    profile_share: "Share", "占比";

    (name: &str) segment_chip: "Segment: {name}", "人群：{name}";
    (name: &str) segment_chip_off: "Only customers of {name}. Show all customers again", "仅显示 {name} 的客户，点击恢复全部客户";
    segment_chip_note: "Figures are of these customers alone; their scores, tiers and stages stay those among all.", "数字仅含该人群；评分、层级与阶段仍按全部客户计算。";
    segment_chip_not_here: "This screen is of all customers.", "本页显示全部客户。";
    segment_lost: "deleted", "已删除";
    behind_rule: "By a rule", "符合规则";
    (name: &str) behind_segment: "Segment: {name}", "人群：{name}";
    act_segment: "Save as segment", "保存为人群";
    act_segment_hint: "Name of a segment", "人群名称";
    act_segment_fixed: "Keep to today's customers", "仅保留今天的客户";
    (name: &str) act_segmented: "in the segment “{name}”", "已加入人群“{name}”";
    invalid_rule: "This rule cannot be read: it is damaged, or of a newer version.", "无法读取该规则：可能已损坏或来自新版本。";
}

impl Words {
    /// A field of customers, as it stands in a choice and in a sentence.
    pub fn any_field(self, field: AnyField) -> &'static str {
        let en = self.lang == Lang::En;
        let (english, chinese) = match field.name() {
            "net" => ("net revenue", "净销售额"),
            "orders" => ("orders", "订单数"),
            "order_value" => ("order value", "客单价"),
            "silent" => ("days since the last order", "距上次下单天数"),
            "known" => ("days since the first order", "距首次下单天数"),
            "gap" => ("median days between orders", "购买间隔中位天数"),
            "refunded" => ("orders with a refund, in percent", "退款订单占比（%）"),
            "r" => ("R score", "R 分"),
            "f" => ("F score", "F 分"),
            "m" => ("M score", "M 分"),
            "alive" => ("chance not to have left, in percent", "仍活跃概率（%）"),
            "expected" => ("expected orders in 365 days", "未来 365 天预计订单数"),
            "value" => ("value of the next 12 months", "未来 12 个月价值"),
            "csat" => ("satisfaction, 1 to 5", "满意度（1–5）"),
            "nps" => ("would recommend, 0 to 10", "推荐意愿（0–10）"),
            "answers" => ("answers given", "答卷数"),
            "tickets" => ("service tickets", "工单数"),
            "cluster" => ("kind of alike customers", "相似客户类别"),
            "first" => ("first order", "首次下单"),
            "last" => ("last order", "最近下单"),
            "contacted" => ("last contacted", "最近联系"),
            "group" => ("RFM group", "RFM 分组"),
            "class" => ("RFM class", "RFM 八类"),
            "tier" => ("tier", "层级"),
            "stage" => ("life-cycle stage", "生命周期阶段"),
            "silence" => ("state of silence", "沉默状态"),
            "grade" => ("grade", "等级"),
            "decile" => ("tenth by value", "价值十分位"),
            "name" => ("name", "姓名"),
            "country" => ("country", "国家"),
            "region" => ("region", "地区"),
            "city" => ("city", "城市"),
            "channel" => ("channel of any order", "任一订单渠道"),
            "first_channel" => ("channel of the first order", "首单渠道"),
            "first_product" => ("first product", "首购商品"),
            "source" => ("platform", "平台"),
            "tag" => ("tag", "标签"),
            "note" => ("note", "备注"),
            "email" => ("e-mail address known", "有邮箱"),
            "phone" => ("telephone known", "有电话"),
            "may_email" => ("may be e-mailed", "可发邮件"),
            "may_text" => ("may be texted", "可发短信"),
            "blocked" => ("not to be written to", "请勿联系"),
            _ => ("bought at a discount", "有折扣订单"),
        };
        if en { english } else { chinese }
    }

    /// A suggested segment's name.
    pub const fn suggestion(self, it: Suggestion) -> &'static str {
        use Suggestion as S;
        match (self.lang, it) {
            (Lang::En, S::KeySilent) => "Big customers gone silent",
            (Lang::En, S::NewOnce) => "New, bought once",
            (Lang::En, S::OnceLongAgo) => "Bought once, long ago",
            (Lang::En, S::Champions) => "Champions",
            (Lang::En, S::Dissatisfied) => "Dissatisfied",
            (Lang::En, S::Reachable) => "At risk, and can be written to",
            (Lang::En, S::ManyRefunds) => "Many refunds",
            (Lang::Zh, S::KeySilent) => "沉默的大客户",
            (Lang::Zh, S::NewOnce) => "新客，仅购一次",
            (Lang::Zh, S::OnceLongAgo) => "很久前仅购一次",
            (Lang::Zh, S::Champions) => "冠军客户",
            (Lang::Zh, S::Dissatisfied) => "不满意客户",
            (Lang::Zh, S::Reachable) => "有流失风险且可联系",
            (Lang::Zh, S::ManyRefunds) => "退款较多",
        }
    }

    /// What to do with a suggested segment.
    pub const fn suggestion_why(self, it: Suggestion) -> &'static str {
        use Suggestion as S;
        match (self.lang, it) {
            (Lang::En, S::KeySilent) => "Call them in person before they are gone.",
            (Lang::En, S::NewOnce) => "A good moment for the second order.",
            (Lang::En, S::OnceLongAgo) => "One cheap try, then leave them in peace.",
            (Lang::En, S::Champions) => "Thank them, and ask for recommendations.",
            (Lang::En, S::Dissatisfied) => "Ask what went wrong before offering anything.",
            (Lang::En, S::Reachable) => "Ready for a win-back message.",
            (Lang::En, S::ManyRefunds) => "Look at what they send back, and why.",
            (Lang::Zh, S::KeySilent) => "趁尚未流失，亲自联系。",
            (Lang::Zh, S::NewOnce) => "促成第二单的好时机。",
            (Lang::Zh, S::OnceLongAgo) => "低成本尝试一次，之后少打扰。",
            (Lang::Zh, S::Champions) => "表达感谢，邀请推荐。",
            (Lang::Zh, S::Dissatisfied) => "先了解问题，再做推广。",
            (Lang::Zh, S::Reachable) => "可发送挽回信息。",
            (Lang::Zh, S::ManyRefunds) => "查看退回的商品与原因。",
        }
    }

    /// A cluster by what sets it apart: days, orders and money above (1) or below (-1) most.
    pub fn cluster_name(self, signs: [i8; 3]) -> String {
        let [days, orders, money] = signs;
        let words = [
            (days < 0).then(|| self.cluster_recent()),
            (days > 0).then(|| self.cluster_silent()),
            (orders > 0).then(|| self.cluster_often()),
            (orders < 0).then(|| self.cluster_seldom()),
            (money > 0).then(|| self.cluster_much()),
            (money < 0).then(|| self.cluster_little()),
        ];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        let text = if words.is_empty() {
            self.cluster_usual().to_owned()
        } else {
            words.join(self.comma())
        };
        let mut letters = text.chars();
        letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// A number of a field as it is read: money in minor units.
    pub fn field_number(self, field: NumberField, number: f64, currency: Currency) -> String {
        let f = Format::of(self);
        let decimals = u8::from((number - number.round()).abs() >= 0.05);
        match field.unit() {
            Unit::Money => f.money(number.round() as i64, currency),
            Unit::Percent => f.percent_with(number / 100.0, decimals),
            Unit::Days | Unit::Plain => f.number(number, decimals),
        }
    }

    /// The orders of a window, behind what is looked at in them; nothing for all time.
    pub fn of_window(self, said: String, window: RfmWindow) -> String {
        match (window, self.lang) {
            (RfmWindow::AllTime, _) => said,
            (window, Lang::En) => format!("{said} of {}", self.rfm_window(window)),
            (window, Lang::Zh) => format!("{}{said}", self.rfm_window(window)),
        }
    }

    /// What a condition found at a customer; `None`: nothing to tell.
    pub fn found(self, field: AnyField, found: &Found, currency: Currency) -> Option<String> {
        match (found, field) {
            (Found::Number(number), AnyField::Number(field)) => {
                Some(self.field_number(field, *number, currency))
            }
            (Found::Day(day), _) => Some(Format::of(self).day(*day)),
            (Found::Label(label), AnyField::Choice(field)) => {
                Some(self.label(field.kind(), Some(label)))
            }
            (Found::Texts(texts), _) => Some(self.list(texts)),
            _ => None,
        }
    }
}
