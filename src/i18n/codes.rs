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
        "This is one table of several ({}), and none of them has all of an order. Join orders, items and customers by order_id and customer_id into one table with order_id, order_purchase_timestamp, order_status, customer_unique_id, price and freight_value, and drop that.",
        "这只是多个数据表之一（{}），单独一个表没有完整的订单。请按 order_id 和 customer_id 将 orders、items、customers 合并为一个表（含 order_id、order_purchase_timestamp、order_status、customer_unique_id、price、freight_value）后再拖入。",
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
const REASONS: &[Sentence] = &[
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
];

/// What deserves attention.
const WARNINGS: &[Sentence] = &[
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
    ("future_date", "Dates after today", "日期晚于今天"),
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
    ("birthday_unreadable", "Birthdays that cannot be read were left out", "无法识别的生日已忽略"),
];

/// What to know of a table that came out of a workbook or an archive.
const NOTES: &[Sentence] = &[
    ("hidden_sheets", "Hidden sheets were left out: {}", "已忽略隐藏的工作表：{}"),
    (
        "members_left_out",
        "Files in it that are no tables were left out: {}",
        "已忽略其中不是表格的文件：{}",
    ),
];

impl Words {
    /// Why a file is refused.
    pub fn refusal(self, refusal: &Coded) -> String {
        let sentence = self.sentence(REFUSALS, &refusal.code, None);
        // A line of the detail for each place of the sentence.
        let mut lines = refusal.detail.lines().enumerate();
        let mut pieces = sentence.split("{}");
        let mut said = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (at, line) = lines.next().unwrap_or_default();
            match (refusal.code.as_str(), at) {
                ("too_large", _) => said += &self.bytes(line.parse().unwrap_or(0)),
                ("not_a_table", _) => said += self.kind(line),
                ("unknown_kind" | "missing_columns", 0) => {
                    let roles: Vec<&str> = line.split(',').map(|role| self.role(role)).collect();
                    said += &self.list(&roles);
                }
                _ => said += line,
            }
            said += piece;
        }
        said
    }

    /// Why a row cannot be used.
    pub fn reason(self, code: &str, detail: &str) -> String {
        self.sentence(REASONS, code, Some(detail))
    }

    /// What to know of a file.
    pub fn warning(self, warning: &Coded) -> String {
        if NOTES.iter().any(|(known, _, _)| *known == warning.code) {
            return self.sentence(NOTES, &warning.code, Some(&warning.detail));
        }
        if warning.code != "column_assumed" {
            return self.sentence(WARNINGS, &warning.code, Some(&warning.detail));
        }
        let (role, column) = warning.detail.split_once('\n').unwrap_or_default();
        let sentence = self.sentence(WARNINGS, &warning.code, None);
        sentence.replace("{role}", self.role(role)).replace("{}", column)
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
            (Lang::En, "plain_text") => "plain text",
            (Lang::En, "binary") => "a program's own format",
            (Lang::Zh, "picture") => "图片",
            (Lang::Zh, "pdf") => "PDF 文档",
            (Lang::Zh, "spreadsheet") => "电子表格文件",
            (Lang::Zh, "archive") => "压缩文件",
            (Lang::Zh, "web_page") => "网页",
            (Lang::Zh, "plain_text") => "纯文本",
            (Lang::Zh, "binary") => "其他程序的格式",
            _ => code,
        }
    }

    /// A code without a sentence is shown as it is.
    fn sentence(self, sentences: &[Sentence], code: &str, detail: Option<&str>) -> String {
        let known = sentences.iter().find(|(known, _, _)| *known == code);
        let text = known.map_or(code, |(_, en, zh)| match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        });
        detail.map_or_else(|| text.to_owned(), |detail| text.replace("{}", detail))
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
    fn everything_that_is_said_of_a_container_has_a_sentence() {
        let says =
            |sentences: &[Sentence], code| sentences.iter().any(|(known, _, _)| *known == code);
        for refusal in containers::Refusal::ALL {
            assert!(says(REFUSALS, refusal.code()), "{refusal:?}");
        }
        for note in containers::NoteCode::ALL {
            assert!(says(NOTES, note.code()) || says(WARNINGS, note.code()), "{note:?}");
        }
    }

    #[test]
    fn both_languages_use_the_detail() {
        for (code, en, zh) in REFUSALS.iter().chain(REASONS).chain(WARNINGS).chain(NOTES) {
            assert_eq!(en.matches("{}").count(), zh.matches("{}").count(), "{code}");
        }
    }

    #[test]
    fn a_column_that_was_assumed_is_named_with_what_it_was_taken_for() {
        for (lang, detail, parts) in [
            (Lang::En, "unit_price\nSale {role}", ["“Sale {role}”", "the price of one;"]),
            (Lang::Zh, "total\n售价", ["“售价”列", "当作金额："]),
        ] {
            let (code, detail) = ("column_assumed".to_owned(), detail.to_owned());
            let said = Words { lang }.warning(&Coded { code, detail, count: 1, line: None });
            assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        }
    }

    #[test]
    fn a_refusal_names_what_is_missing_what_is_there_and_what_would_do() {
        let refusal = |code: &str, detail: &str| Coded {
            code: code.to_owned(),
            detail: detail.to_owned(),
            count: 0,
            line: None,
        };
        for (lang, code, detail, parts) in [
            (
                Lang::Zh,
                "missing_columns",
                "ordered_at,total\n单号, 备注\n日期",
                &["日期、金额", "单号, 备注"][..],
            ),
            (
                Lang::En,
                "missing_columns",
                "ordered_at\nWhen?, {}\nDate",
                &[": date.", "When?, {}", "again: Date."],
            ),
            (
                Lang::En,
                "unknown_kind",
                "order_number,total\nsku\nOrder ID",
                &["order number, amount", "sku"],
            ),
            (Lang::En, "not_a_table", "pdf", &["a PDF document"]),
        ] {
            let said = Words { lang }.refusal(&refusal(code, detail));
            assert!(parts.iter().all(|part| said.contains(part)), "{said}");
            assert!(!said.contains("ordered_at"), "{said}");
        }
    }
}
