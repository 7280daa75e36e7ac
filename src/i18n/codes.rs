//! Sentences for the codes of an import: why a file or a row cannot be used, what to know of it.

use super::{Lang, Words};
use protocol::Coded;

/// Code, English, 简体中文. `{}` is the detail.
type Sentence = (&'static str, &'static str, &'static str);

/// Why a file is refused: what is wrong, and what to do.
const REFUSALS: &[Sentence] = &[
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
        "The file is damaged: there is no text in it. Download or export it again.",
        "文件已损坏，无法读出文字。请重新下载或导出。",
    ),
    (
        "encrypted",
        "The file is protected by a password. Save it without one, as CSV.",
        "文件有密码保护。请取消密码并另存为 CSV。",
    ),
    (
        "too_large",
        "The file is larger than a browser can take ({}). Export by year and drop the parts.",
        "文件超过浏览器可处理的大小（{}）。请按年份分次导出后拖入。",
    ),
    (
        "unknown_kind",
        "No columns of an order were found, only: {}. An order number, a date and a total are needed.",
        "没有找到订单列，只有：{}。需要订单号、时间和金额。",
    ),
    (
        "unsupported_encoding",
        "The text is written in {}, which is not read yet. Save it as CSV UTF-8.",
        "文件编码为 {}，暂不支持。请另存为 CSV UTF-8。",
    ),
    (
        "missing_columns",
        "These columns were not found: {}. Name them so in the file, then drop it again.",
        "未找到这些列：{}。请在文件中修改列名后重新拖入。",
    ),
];

/// Why a row cannot be used.
const REASONS: &[Sentence] = &[
    ("no_order_number", "No order number", "缺少订单号"),
    (
        "damaged_order_number",
        "The order number was rounded by a spreadsheet: {}",
        "订单号已被表格软件损坏：{}",
    ),
    ("no_date", "No date", "缺少日期"),
    ("bad_date", "Not a date: {}", "不是日期：{}"),
    ("no_amount", "No amount", "缺少金额"),
    ("bad_amount", "Not an amount: {}", "不是金额：{}"),
    ("bad_quantity", "Not a quantity: {}", "不是数量：{}"),
    ("negative_total", "A refund in a row of its own: {}", "独立的退款行：{}"),
    ("unknown_currency", "Not a currency: {}", "不是币种：{}"),
    ("other_currency", "Another currency than the order's: {}", "与该订单币种不同：{}"),
    ("too_many_fields", "More fields than the header has", "字段数多于表头"),
    ("too_few_fields", "Fewer fields than the header has", "字段数少于表头"),
    ("cut_off", "The file ends within this row", "文件在此行中断"),
    (
        "line_without_order",
        "A further line of an order that is not here",
        "找不到该明细行所属的订单",
    ),
    ("too_long", "Longer than any order can be", "该行过长"),
];

/// What deserves attention.
const WARNINGS: &[Sentence] = &[
    ("preamble_skipped", "Lines before the column names were passed over", "已跳过列名之前的行"),
    ("totals_row_skipped", "Rows with totals were passed over", "已跳过合计行"),
    ("duplicate_rows", "Rows that say the same twice were counted once", "重复行只计一次"),
    (
        "order_twice",
        "Orders that come twice with different facts: the later row counts",
        "同一订单出现两次且内容不同：以后一行为准",
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
        "several_currencies",
        "More than one currency: they are never added up",
        "有多个币种：绝不相加",
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
    ("refund_without_order", "Refunds in rows of their own name no order", "独立退款行未注明订单"),
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
        "Customers have a name only, which is no key: two may share it",
        "只有姓名，不能作为识别依据：可能重名",
    ),
    (
        "masked_identity",
        "Masked telephones and addresses cannot tell customers apart",
        "打码的电话和地址无法区分客户",
    ),
    (
        "merge_suggestions",
        "Some customers may be one person: they share a telephone, or a mailbox but for a +tag",
        "部分客户可能是同一人：电话相同，或邮箱仅 +标签 不同",
    ),
    ("future_date", "Dates after today", "日期晚于今天"),
    ("date_without_time", "Dates without a time of day", "日期没有具体时间"),
    ("no_time_zone", "Times without a zone: the shop's own is used", "时间没有时区：使用店铺时区"),
    ("ambiguous_dates", "Dates that can be read day first or month first", "日月顺序不明确的日期"),
    (
        "mixed_date_orders",
        "Some dates have the day first and some the month",
        "部分日期日在前，部分月在前",
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
        "The encoding was guessed: look at names with accents",
        "编码为推测：请检查带重音的姓名",
    ),
    ("bad_bytes", "Bytes that are no text were replaced", "无法识别的字节已替换"),
    ("nul_bytes", "Zero bytes were left out", "已忽略空字节"),
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
];

impl Words {
    /// Why a file is refused.
    pub fn refusal(self, refusal: &Coded) -> String {
        let detail = match refusal.code.as_str() {
            "too_large" => self.bytes(refusal.detail.parse().unwrap_or(0)),
            "not_a_table" => self.kind(&refusal.detail).to_owned(),
            _ => refusal.detail.clone(),
        };
        self.sentence(REFUSALS, &refusal.code, &detail)
    }

    /// Why a row cannot be used.
    pub fn reason(self, code: &str, detail: &str) -> String {
        self.sentence(REASONS, code, detail)
    }

    /// What to know of a file.
    pub fn warning(self, warning: &Coded) -> String {
        self.sentence(WARNINGS, &warning.code, &warning.detail)
    }

    /// What a file is that is no table.
    fn kind(self, code: &str) -> &str {
        match (self.lang, code) {
            (_, "json") => "JSON",
            (Lang::En, "picture") => "a picture",
            (Lang::En, "pdf") => "a PDF document",
            (Lang::En, "spreadsheet") => "a spreadsheet file",
            (Lang::En, "archive") => "a packed file",
            (Lang::En, "web_page") => "a web page",
            (Lang::En, "contact_card") => "a contact card",
            (Lang::En, "plain_text") => "plain text",
            (Lang::En, "binary") => "a program's own format",
            (Lang::Zh, "picture") => "图片",
            (Lang::Zh, "pdf") => "PDF 文档",
            (Lang::Zh, "spreadsheet") => "电子表格文件",
            (Lang::Zh, "archive") => "压缩文件",
            (Lang::Zh, "web_page") => "网页",
            (Lang::Zh, "contact_card") => "名片",
            (Lang::Zh, "plain_text") => "纯文本",
            (Lang::Zh, "binary") => "其他程序的格式",
            _ => code,
        }
    }

    /// A code without a sentence is shown as it is.
    fn sentence(self, sentences: &[Sentence], code: &str, detail: &str) -> String {
        let known = sentences.iter().find(|(known, _, _)| *known == code);
        let text = known.map_or(code, |(_, en, zh)| match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        });
        text.replace("{}", detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_warning_has_a_sentence() {
        for code in ingest::WarningCode::ALL {
            assert!(WARNINGS.iter().any(|(known, _, _)| *known == code.code()), "{}", code.code());
        }
        assert_eq!(WARNINGS.len(), ingest::WarningCode::ALL.len());
    }

    #[test]
    fn both_languages_use_the_detail() {
        for (code, en, zh) in REFUSALS.iter().chain(REASONS).chain(WARNINGS) {
            assert_eq!(en.contains("{}"), zh.contains("{}"), "{code}");
        }
    }
}
