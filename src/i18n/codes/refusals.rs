//! Why a file or a row cannot be used, and what to do.

use super::Sentence;

/// Why a file is refused: what is wrong, and what to do.
pub(super) const REFUSALS: &[Sentence] = &[
    (
        "empty_file",
        "The file is empty. Export it again and drop the new file.",
        "文件是空的。请重新导出后再拖入。",
    ),
    (
        "header_only",
        "The file has column names and no rows below them. Choose a longer period when you export.",
        "文件只有列名，没有数据行。导出时请选择更长的时间范围。",
    ),
    (
        "not_a_table",
        "This is no table of orders but something else ({}). Export the orders as CSV.",
        "这不是订单表，而是其他类型的文件（{}）。请将订单导出为 CSV。",
    ),
    (
        "damaged",
        "The file is damaged or incomplete. Download or export it again.",
        "文件已损坏或不完整。请重新下载或导出。",
    ),
    (
        "encrypted",
        "The file is protected by a password. Save it without one and drop it again.",
        "文件有密码保护。请取消密码另存后重新拖入。",
    ),
    (
        "too_large",
        "The file holds {}; a browser can take {}. Export by year and drop the parts.",
        "文件内容为 {}，浏览器最多可处理 {}。请按年份分次导出后拖入。",
    ),
    (
        "unknown_kind",
        "This is no table of orders: no {}. Its columns are: {}. Understood are, for example: {}.",
        "这不是订单表：缺少{}。文件中的列：{}。可识别的列名例如：{}。",
    ),
    (
        "one_of_several",
        "This is not read: {}. It is a table that no figure needs, or some tables joined though not all. Drop the tables as they are published: olist_orders_dataset, olist_order_items_dataset and olist_customers_dataset.",
        "未读取：{}。此表不参与统计，或只合并了部分数据表。请直接拖入原始数据表：olist_orders_dataset、olist_order_items_dataset、olist_customers_dataset。",
    ),
    (
        "unsupported_encoding",
        "The text is written in {}, which is not read yet. Save it as CSV UTF-8.",
        "文件编码为 {}，暂不支持。请另存为 CSV UTF-8。",
    ),
    (
        "missing_columns",
        "No column was found for: {}. The file's columns are: {}. Name one so in the file, for example, and drop it again: {}.",
        "未找到：{}。文件中的列：{}。请将列名改为可识别的名称后重新拖入，例如：{}。",
    ),
    (
        "nothing_inside",
        "There is no table in this file: its sheets or lists are empty. Export it again.",
        "文件中没有表格：工作表或列表都是空的。请重新导出。",
    ),
    (
        "not_unpacked",
        "The file could not be opened: it is damaged, or too much for this device's memory. Save it as CSV, or export a shorter period.",
        "无法打开该文件：文件已损坏，或超出本设备的内存。请另存为 CSV，或缩短导出的时间范围。",
    ),
];

/// Why a row cannot be used.
pub(super) const REASONS: &[Sentence] = &[
    ("no_order_number", "No order number", "缺少订单号"),
    (
        "damaged_order_number",
        "The order number was rounded by a spreadsheet: {}",
        "订单号已被表格软件损坏：{}",
    ),
    ("no_date", "No date", "缺少日期"),
    ("bad_date", "{} is no date", "{} 不是日期"),
    ("no_amount", "No amount", "缺少金额"),
    ("bad_amount", "{} is no amount", "{} 不是金额"),
    ("bad_quantity", "{} is no quantity", "{} 不是数量"),
    ("unknown_currency", "{} is no currency", "{} 不是币种"),
    ("other_currency", "Another currency than the order's: {}", "与该订单币种不同：{}"),
    ("too_many_fields", "More fields than the header has", "字段数多于表头"),
    ("too_few_fields", "Fewer fields than the header has", "字段数少于表头"),
    (
        "cut_off",
        "The file breaks off within this row: export it again",
        "文件在此行中断：请重新导出",
    ),
    (
        "line_without_order",
        "A further line of an order that is not here",
        "找不到该明细行所属的订单",
    ),
    (
        "number_reused",
        "Another day or customer than the earlier order of this number",
        "与前面同号订单的日期或客户不同",
    ),
    ("too_long", "Longer than any order can be", "该行过长"),
    (
        "no_key",
        "No e-mail, telephone or number: nothing tells who this is",
        "没有邮箱、电话或编号，无法识别是谁",
    ),
    ("score_out_of_range", "{} is not on the scale", "{} 不在评分范围内"),
    ("no_score", "No answer at all", "没有任何评分或回答"),
    ("no_ticket_number", "No ticket number", "缺少工单号"),
    ("closed_before_opened", "{} is before the ticket was opened", "{} 早于工单创建时间"),
    ("unknown_value", "{} is none of the values that this column has", "{} 不是该列的有效取值"),
    ("no_event", "Nothing says what was done", "缺少事件名称"),
    (
        "days_out_of_order",
        "{} does not fit: first order, last order and the day of the summary must follow each other as the gaps say",
        "{} 不符：首单、末单与统计截止日须先后相接，并与下单间隔一致",
    ),
    (
        "counts_disagree",
        "{} contradicts the row's other counts, gaps or amounts",
        "{} 与该行的其他次数、间隔或金额矛盾",
    ),
    ("customer_repeated", "A second summary of the same customer", "同一客户的第二条汇总"),
];
