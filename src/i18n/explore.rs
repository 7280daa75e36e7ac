//! Words of the table of orders by any of their properties.

use super::{Format, Lang, Words};
use protocol::{Dimension, Label, LabelKind, Slice, SliceCondition};

words! {
    (slice: &str, value: &str) explore_lead: "{slice}: {value}", "{slice}：{value}";
    (measure: &str, by: &str) explore_lead_rest: ", the most by {measure} of any {by}", "，按{by}看{measure}最高";
    (share: &str, all: &str) explore_lead_share: ": {share} of {all}.", "，占 {all} 的 {share}。";
    (all: &str) explore_lead_all: " ({all} over all).", "（整体 {all}）。";
    (measure: &str, value: &str) explore_lead_total: "{measure}: {value}", "{measure}：{value}";
    (orders: &str, who: &str, period: &str) explore_sub: "{orders} of {who}, {period}.", "{period}，{who}的{orders}。";
    (zone: &str) explore_zone: "Days and hours are those of the shop's clock ({zone}).", "日期与时刻以店铺时区（{zone}）为准。";
    [n] explore_no_time: "{n} order has a day and no time: its file does not tell it.", "{n} orders have a day and no time: their file does not tell it.", "{n} 笔订单只有日期没有时间：文件中未提供。";
    explore_none_title: "No order in this choice", "所选范围内没有订单";
    explore_none_text: "No order of the period meets all of the filters.", "该时间段内没有订单同时满足所有筛选条件。";
    (span: &str) explore_none_period: "The orders here are of {span}: choose a longer period.", "订单日期为 {span}：请选择更长的时间段。";
    explore_all_time: "All time", "全部时间";
    explore_clear: "Without filters", "清除筛选";
    questions_title: "Questions to begin with", "常用问题";
    question_months: "Revenue by month and channel", "各月各渠道销售额";
    question_hours: "When do people buy?", "什么时候下单最多？";
    question_regions: "Where do customers live?", "客户来自哪里？";
    question_new: "New or returning, by month", "各月新客与老客";
    question_products: "Which group buys what?", "哪类客户买什么？";
    question_discount: "With and without a discount", "有无优惠对比";
    question_refunds: "Where is money given back?", "哪里退款多？";
    build_title: "Table", "数据表";
    by_word: "By", "按";
    then_word: "then", "再按";
    nothing_word: "–", "–";
    turn_word: "Turn", "互换行列";
    measures_word: "Figures", "指标";
    (n: &str) most_measures: "At most {n} figures: take one away first.", "最多 {n} 个指标，请先去掉一个。";
    main_measure: "In picture and grid", "图表与网格显示";
    only_word: "Only", "筛选";
    only_what: "Add a filter…", "添加筛选…";
    only_which: "Which?", "选择…";
    as_grid: "Grid", "网格";
    as_list: "List", "列表";
    layout_word: "Layout", "布局";
    explore_note: "Valid orders after refunds, on the shop's days. A customer counts once in each cell and once in each sum, so customers of cells do not add up to the sum. A cell opens its customers.", "有效订单扣除退款后，按店铺日期统计。每位客户在每格与每个合计中各计一次，因此各格客户数相加可能大于合计。点击单元格查看客户名单。";
    explore_note_products: "An order's money is shared among its products by the amounts of their lines, so that all add up.", "订单金额按各商品明细金额分摊，合计一致。";
    explore_note_place: "Where a customer lives is what the newest file says.", "客户所在地以最新文件为准。";
    (shown: &str, all: &str) explore_rows_cut: "The first {shown} of {all} rows; the file has all.", "显示前 {shown} 行，共 {all} 行；文件包含全部。";
    (measure: &str, by: &str) explore_picture: "{measure} by {by}", "各{by}{measure}";
    (shown: &str, all: &str) explore_picture_cut: "The largest {shown} of {all}.", "最大的 {shown} 个，共 {all} 个。";
    (who: &str) explore_who: "{who} behind it", "对应{who}";
    (text: &str) sort_by: "Sort by {text}", "按{text}排序";
    (text: &str) remove_only: "Remove the filter {text}", "移除筛选“{text}”";
    (from: &str, to: &str) orders_between: "Ordered {from} – {to}", "下单 {from} – {to}";
}

words! {
    m_net: "Net revenue", "净销售额";
    m_orders: "Orders", "订单数";
    m_customers: "Customers", "客户数";
    m_order_value: "Order value", "客单价";
    m_new: "New customers", "新客数";
    m_net_each: "Net per customer", "人均净额";
    m_gross: "Before refunds", "退款前金额";
    m_refunds: "Refunds", "退款金额";
    m_refund_share: "Share refunded", "退款率";
    m_items: "Pieces", "件数";
    m_placed: "Orders of any state", "全部状态订单";
}

impl Words {
    /// Name of a property of orders.
    pub const fn dimension(self, dimension: Dimension) -> &'static str {
        use Dimension as D;
        match (self.lang, dimension) {
            (_, D::Month) => self.month_word(),
            (Lang::En, D::Quarter) => "Quarter",
            (Lang::En, D::Year) => "Year",
            (Lang::En, D::Weekday) => "Weekday",
            (Lang::En, D::Hour) => "Hour",
            (Lang::En, D::City) => "City",
            (Lang::En, D::Channel) => "Channel",
            (Lang::En, D::Source) => "Platform",
            (Lang::En, D::Discount) => "Discount",
            (Lang::En, D::State) => "Order state",
            (Lang::En, D::Visit) => "New or returning",
            (Lang::Zh, D::Quarter) => "季度",
            (Lang::Zh, D::Year) => "年份",
            (Lang::Zh, D::Weekday) => "星期",
            (Lang::Zh, D::Hour) => "时段",
            (Lang::Zh, D::City) => "城市",
            (Lang::Zh, D::Channel) => "渠道",
            (Lang::Zh, D::Source) => "平台",
            (Lang::Zh, D::Discount) => "优惠",
            (Lang::Zh, D::State) => "订单状态",
            (Lang::Zh, D::Visit) => "新客或老客",
            (_, D::Product) => self.product_word(),
            (_, D::Country) => self.label_kind(LabelKind::Country),
            (_, D::Region) => self.label_kind(LabelKind::Region),
            (_, D::Customer(kind)) => self.label_kind(kind),
        }
    }

    /// Name of a slice; `None`: of orders without one.
    pub fn slice(self, dimension: Dimension, slice: Option<&Slice>) -> String {
        use Dimension as D;
        match (dimension, slice) {
            (D::Month, Some(Slice::Start(day))) => Format::of(self).month(*day),
            (D::Quarter, Some(Slice::Start(day))) => {
                format!("{} Q{}", day.year(), day.month().div_ceil(3))
            }
            (_, Some(Slice::Start(day))) => day.year().to_string(),
            (D::Weekday, Some(Slice::Number(number))) => self.weekday(*number).to_owned(),
            (_, Some(Slice::Number(number))) => format!("{number:02}:00"),
            (D::Source, Some(Slice::Text(id))) => self.source(id).unwrap_or(id).to_owned(),
            (D::Country, Some(Slice::Text(text))) => Format::of(self).country(text),
            (_, Some(Slice::Text(text))) => text.clone(),
            (_, Some(Slice::Others)) => self.label(LabelKind::Region, Some(&Label::Others)),
            (D::Discount, Some(Slice::Is(is))) => self.discounted(*is).to_owned(),
            (_, Some(Slice::Is(is))) => self.visit(*is).to_owned(),
            (_, Some(Slice::State(state))) => self.order_state(*state).to_owned(),
            (D::Customer(kind), Some(Slice::Label(label))) => self.label(kind, Some(label)),
            (_, Some(Slice::Label(label))) => self.label(LabelKind::Region, Some(label)),
            (D::Customer(kind), None) => self.label(kind, None),
            (D::Hour, None) => self.no_time().to_owned(),
            (D::Product, None) => self.no_product().to_owned(),
            (_, None) => self.label(LabelKind::Region, None),
        }
    }

    /// Conditions as the filter that they are.
    pub fn conditions(self, conditions: &[SliceCondition]) -> String {
        let said: Vec<String> =
            conditions.iter().map(|it| self.slice(it.dimension, it.slice.as_ref())).collect();
        said.join(" · ")
    }

    /// Name of a day of the week, from 0 for Monday.
    pub const fn weekday(self, number: u8) -> &'static str {
        let days = match self.lang {
            Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
            Lang::Zh => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
        };
        days[(number % 7) as usize]
    }

    const fn discounted(self, is: bool) -> &'static str {
        match (self.lang, is) {
            (Lang::En, true) => "With a discount",
            (Lang::En, false) => "Full price",
            (Lang::Zh, true) => "有优惠",
            (Lang::Zh, false) => "无优惠",
        }
    }

    const fn visit(self, is_first: bool) -> &'static str {
        match (self.lang, is_first) {
            (Lang::En, true) => "New",
            (Lang::En, false) => "Returning",
            (Lang::Zh, true) => "新客",
            (Lang::Zh, false) => "老客",
        }
    }

    const fn no_time(self) -> &'static str {
        match self.lang {
            Lang::En => "No time",
            Lang::Zh => "无时间",
        }
    }

    const fn no_product(self) -> &'static str {
        match self.lang {
            Lang::En => "No lines",
            Lang::Zh => "无明细",
        }
    }
}
