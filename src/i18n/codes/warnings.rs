//! What to know of a file before it is imported.

use super::Sentence;

/// What deserves attention.
pub(super) const WARNINGS: &[Sentence] = &[
    ("preamble_skipped", "Lines before the column names were passed over", "已跳过列名之前的行"),
    ("totals_row_skipped", "Rows with totals were passed over", "已跳过合计行"),
    (
        "no_header",
        "The file has no column names: columns were told by what they hold. Check the figures",
        "文件没有列名，已按内容判断各列：请核对数字",
    ),
    (
        "no_sales",
        "Rows that are neither sales nor refunds, as transfers and holds, were passed over",
        "已跳过既非销售也非退款的行（如转账、冻结）",
    ),
    (
        "no_goods",
        "Lines of postage, fees and corrections are no goods",
        "邮费、手续费、调整等明细不是商品",
    ),
    (
        "ids_damaged",
        "A spreadsheet has rounded the order numbers: these rows cannot be told apart. Export again and drop the file without opening it first",
        "订单号已被表格软件损坏，无法区分各订单。请重新导出，不要先用表格软件打开",
    ),
    (
        "column_assumed",
        "The column “{}” was taken as the {role}; its name could mean something else. Check the figures",
        "“{}”列的含义不明确，已当作{role}：请核对数字",
    ),
    ("duplicate_rows", "Rows that say the same twice were counted once", "重复行只计一次"),
    (
        "order_twice",
        "Orders that come twice with different facts: the later row counts",
        "同一订单出现两次且内容不同：以后一行为准",
    ),
    (
        "duplicate_lines",
        "Lines repeated letter for letter within an order: the amount counts once",
        "同一订单中内容完全相同的行：金额只计一次",
    ),
    (
        "number_reused",
        "Rows of another day or customer under the number of an earlier order: not added to it",
        "订单号与前面的订单相同，但日期或客户不同的行：未计入该订单",
    ),
    (
        "line_amounts_added",
        "Amounts differ within an order: they were taken as its lines' and added up",
        "同一订单各行金额不同：视为明细金额，已相加",
    ),
    (
        "order_total_repeated",
        "Orders on several rows carry one amount on each: it counts once",
        "同一订单各行金额相同：视为订单总额，只计一次",
    ),
    (
        "total_on_first_row",
        "Orders on several rows carry their amount on the first",
        "多行订单的金额只在首行",
    ),
    (
        "rows_contradict",
        "Rows that say otherwise than their order's first row, which counts",
        "与该订单首行矛盾的行：以首行为准",
    ),
    (
        "lines_not_counted",
        "Orders with cancelled, refunded or unpaid lines: those are taken off",
        "部分明细已取消、退款或未付款的订单：已扣除这些明细",
    ),
    (
        "failed_in_several_ways",
        "Orders whose lines all failed, some cancelled, some refunded or never paid: they count as refunded where money went back",
        "全部明细均失败、但原因不同（取消、退款、未付款）的订单：有退款的按已退款计",
    ),
    (
        "number_shared",
        "Two orders share a number: their ids tell them apart",
        "两笔订单号相同：以其 ID 区分",
    ),
    (
        "currency_missing",
        "No column names the currency: the shop's own is used",
        "没有币种列：使用店铺币种",
    ),
    (
        "currency_of_platform",
        "No column names the currency: {}, as on this platform",
        "没有币种列：按该平台使用 {}",
    ),
    (
        "several_currencies",
        "More than one currency: only the shop's counts, unless the settings have a rate for the others",
        "有多个币种：其他币种只有在设置中填写汇率后才计入统计",
    ),
    (
        "status_missing",
        "No column names the state: every order is taken as paid",
        "没有状态列：全部视为已付款",
    ),
    ("unknown_status", "The state “{}” is not known: taken as paid", "未知状态“{}”：视为已付款"),
    (
        "test_orders_excluded",
        "Test orders are kept and count nowhere",
        "测试订单会保留，但不计入统计",
    ),
    (
        "zero_total_orders",
        "Orders of nothing are kept and do not count",
        "零金额订单会保留，但不计入统计",
    ),
    (
        "refund_without_order",
        "Refunds in rows of their own name no order of the file: they lower the net of their own day and are no orders",
        "独立退款行未对应文件中的订单：冲减当日净额，不计为订单",
    ),
    (
        "refund_above_total",
        "Refunds above the order's total were cut to it",
        "退款超过订单金额的，按订单金额计",
    ),
    (
        "no_identity",
        "Orders that nobody can be found for: they count as orders, never as customers",
        "无法识别买家的订单：计入订单，不计入客户",
    ),
    (
        "weak_identity",
        "Only names tell customers apart: two people may share one",
        "只能凭姓名区分客户：可能重名",
    ),
    (
        "masked_identity",
        "Masked telephones and addresses cannot tell customers apart",
        "打码的电话和地址无法区分客户",
    ),
    (
        "shared_key",
        "“{}” stands on an implausible share of the orders: it may be an office's or a marketplace's, not one customer's",
        "“{}”出现在过多订单中：可能是公用或平台地址，而非某一位客户",
    ),
    (
        "merge_suggestions",
        "Some customers may be one person: they share a telephone, or a mailbox but for a +tag",
        "部分客户可能是同一人：电话相同，或邮箱仅 +标签 不同",
    ),
    (
        "future_date",
        "Dates after today: kept, but left out of the time span and of every figure until their day",
        "日期晚于今天：予以保留，但在该日之前不计入时间范围和任何指标",
    ),
    ("date_without_time", "Dates without a time of day", "日期没有具体时间"),
    ("no_time_zone", "Times without a zone: the shop's own is used", "时间没有时区：使用店铺时区"),
    (
        "ambiguous_local_time",
        "Times that the clock of {} showed twice, as it was put back: the first of the two is meant where it matters",
        "{} 时钟回拨时出现过两次的时间：需要区分时按第一次计",
    ),
    ("ambiguous_dates", "Dates that can be read day first or month first", "日月顺序不明确的日期"),
    (
        "mixed_date_orders",
        "Some dates have the day first and some the month",
        "部分日期日在前，部分月在前",
    ),
    (
        "ambiguous_amounts",
        "Amounts whose comma or point may divide thousands or decimals: check the figures",
        "金额中的逗号或句点可能是千位符或小数点：请核对数字",
    ),
    (
        "lines_lost",
        "Orders kept although one of their rows cannot be used",
        "部分明细行无法使用，但订单已保留",
    ),
    (
        "formula_like_text",
        "Texts that a spreadsheet would take for formulas are kept as text",
        "类似公式的文字按文本保留",
    ),
    (
        "html_like_text",
        "Texts that look like a web page's are kept as text",
        "类似网页代码的文字按文本保留",
    ),
    (
        "encoding_guessed",
        "Read as {}, which is a guess: look at names with accents",
        "推测编码为 {}：请检查带重音的姓名",
    ),
    ("bad_bytes", "Bytes that are no text were replaced", "无法识别的字节已替换"),
    ("nul_bytes", "Zero bytes were left out", "已忽略空字节"),
    (
        "file_cut_off",
        "The file breaks off in the middle: rows are missing. Export it again",
        "文件不完整，后面的行缺失：请重新导出",
    ),
    (
        "row_limit_reached",
        "The sheet is full at row {}: what came after it is missing. Export a shorter period",
        "工作表已满（第 {} 行），之后的数据缺失：请缩短导出的时间范围",
    ),
    (
        "unclosed_quote",
        "A quote that is never closed was taken as a letter",
        "未闭合的引号按普通字符处理",
    ),
    (
        "numbers_made_up",
        "No column has the order's number: numbers were made from the rows",
        "没有订单号列：已按行内容生成编号",
    ),
    (
        "consent_unsaid",
        "Nothing in the file says whether these people may be written to",
        "文件没有注明是否可以向这些人发送邮件",
    ),
    (
        "number_only",
        "Contacts with neither e-mail nor telephone: only their customer number tells them",
        "没有邮箱和电话的联系人：仅能凭客户编号识别",
    ),
    (
        "nick_only",
        "Tickets of a nick alone: kept, and tied to nobody",
        "只有昵称的工单：予以保留，不关联客户",
    ),
    (
        "nobody_named",
        "Rows that do not say whose they are: kept, and tied to nobody",
        "未注明是谁的行：予以保留，不关联客户",
    ),
    (
        "repeated_answer",
        "Orders that were answered for more than once: all answers are kept",
        "同一订单有多份答卷：全部保留",
    ),
    (
        "ticket_twice",
        "Tickets that come twice with different facts: the later row counts",
        "同一工单出现两次且内容不同：以后一行为准",
    ),
    (
        "orders_without_amounts",
        "This table has no amounts: drop olist_order_items_dataset, too (or olist_order_payments_dataset). Until then its orders count nowhere",
        "此表没有金额：请一并拖入 olist_order_items_dataset（或 olist_order_payments_dataset）。在此之前，这些订单不计入统计",
    ),
    (
        "orders_without_customers",
        "Who the customers are stands in olist_customers_dataset: drop it, too. Until then there are figures of orders only",
        "客户信息在 olist_customers_dataset 中：请一并拖入。在此之前只有订单数据",
    ),
    (
        "amounts_without_orders",
        "This table does not say when anything was bought: drop olist_orders_dataset, too, and olist_customers_dataset for who bought it. Until then it counts nowhere",
        "此表没有下单时间：请一并拖入 olist_orders_dataset，以及含有客户的 olist_customers_dataset。在此之前不计入统计",
    ),
    (
        "customers_without_orders",
        "This table has no orders: drop olist_orders_dataset and olist_order_items_dataset, too. Until then it counts nowhere",
        "此表没有订单：请一并拖入 olist_orders_dataset 和 olist_order_items_dataset。在此之前不计入统计",
    ),
    ("birthday_unreadable", "Birthdays that cannot be read were left out", "无法识别的生日已忽略"),
];
