//! Words of how a file is read: what columns become, and the options.

use super::{Lang, Words};

words! {
    (file: &str) mapping_title: "What are the columns of {file}?", "{file} 的各列是什么？";
    mapping_why: "Choose what each column becomes. The figures follow as you choose; nothing is stored before you import.", "请选择每一列的含义。数字会随选择更新；导入前不会保存任何内容。";
    (roles: &str) mapping_missing: "Still needed: {roles}.", "还需要：{roles}。";
    (roles: &str) mapping_needed: "Needed: {roles}. All else can be left out.", "必需：{roles}。其余列均可不用。";
    (role: &str, from: &str, to: &str) mapping_moved: "The {role} is “{to}” now; “{from}” is left out.", "{role}现为“{to}”，“{from}”不再使用。";
    your_column: "Column", "列";
    first_values: "First values", "前几个值";
    becomes: "Becomes", "作为";
    leave_out: "Leave out", "不使用";
    how_it_is_read: "How it is read", "读取方式";
    first_orders: "The first orders, as they are read", "前几笔订单（按当前方式读取）";
    reading_all: "Reading the whole file…", "正在读取整个文件…";
    (rows: &str, orders: &str) read_head: "At the beginning of the file: {rows}, {orders}", "文件开头部分：{rows}，{orders}";
    (rows: &str, orders: &str) read_whole: "In the file: {rows}, {orders}", "整个文件：{rows}，{orders}";
    nothing_read: "No order can be read so.", "这样无法读出订单。";
    read_as_found: "As found", "恢复为自动识别";
    change_reading: "Change how it is read", "更改读取方式";
    say_columns: "Say what its columns are", "说明各列含义";
    say_columns_first: "First say what the columns are", "请先说明各列含义";
    read_as_remembered: "Read as you said before, of a file with the same columns.", "按您此前对相同列的文件所作的说明读取。";
    readings_title: "How files are read", "文件读取方式";
    readings_note: "What you said of files, by their columns. It holds for every file with the same columns.", "您对文件各列的说明。之后列名相同的文件均按此读取。";
    (file: &str) reading_of: "Files like {file}", "类似 {file} 的文件";
    forget: "Forget", "忘记";
    forgotten: "Forgotten: the next such file is read as found", "已忘记：下次此类文件将自动识别";
    all_imports: "All imports", "全部导入记录";
    header_none: "none: every line is data", "没有：每行都是数据";
}

/// Code, English, 简体中文.
type Name = (&'static str, &'static str, &'static str);

/// What a column can become; in the middle of a sentence.
const ROLES: &[Name] = &[
    ("order_number", "order number", "订单号"),
    ("source_id", "platform's id of the order", "平台订单 ID"),
    ("ordered_at", "date", "日期"),
    ("paid_at", "date of payment", "付款时间"),
    ("time_of_day", "time of day", "时刻"),
    ("time_zone", "time zone", "时区"),
    ("total", "amount", "金额"),
    ("refunded", "refund", "退款金额"),
    ("discount", "discount", "优惠金额"),
    ("currency", "currency", "币种"),
    ("status", "status", "状态"),
    ("fulfilment_status", "status of delivery", "发货状态"),
    ("cancelled_at", "date of cancellation", "取消时间"),
    ("channel", "channel", "渠道"),
    ("payment_method", "way of payment", "支付方式"),
    ("tags", "tags", "标签"),
    ("email", "customer's e-mail", "客户邮箱"),
    ("phone", "customer's telephone", "客户电话"),
    ("member", "customer's number or member name", "客户编号或会员名"),
    ("name", "customer's name", "客户姓名"),
    ("first_name", "given name", "名"),
    ("last_name", "family name", "姓"),
    ("address", "address", "收货地址"),
    ("city", "city", "城市"),
    ("region", "state or province", "省份"),
    ("country", "country", "国家"),
    ("product_name", "product", "商品名称"),
    ("sku", "product number", "商品编码"),
    ("quantity", "quantity", "数量"),
    ("unit_price", "price of one", "单价"),
    ("other_number", "order number where the first is blank", "备用订单号"),
    ("due", "amount to be paid", "应付金额"),
    ("added", "amount on top of each row", "每行另加金额"),
    ("added_once", "amount on top of the order, once", "每单另加金额"),
    ("taken_off", "amount taken off each row", "每行扣减金额"),
    ("refund_status", "status of the refund", "退款状态"),
    ("captured", "whether the money was taken", "是否已扣款"),
    ("event", "kind of row: sale or refund", "行类型（销售或退款）"),
    ("refund_of", "order that the refund is of", "退款对应的订单号"),
];

/// Options and their answers. Encodings stand for themselves.
const OPTIONS: &[Name] = &[
    ("date_order", "Dates", "日期"),
    ("day_first", "day first: 31/12/2026", "日在前：31/12/2026"),
    ("month_first", "month first: 12/31/2026", "月在前：12/31/2026"),
    ("decimal_mark", "Amounts", "金额"),
    ("point", "1,299.00", "1,299.00"),
    ("comma", "1.299,00", "1.299,00"),
    ("row_amounts", "Orders on several rows", "占多行的订单"),
    ("order_total", "each row has the order's total", "每行都是订单总额"),
    ("line_amount", "each row has its own amount", "每行是各自的金额"),
    ("encoding", "Encoding", "编码"),
    ("delimiter", "Between fields", "分隔符"),
    ("delimiter comma", "comma  ,", "逗号  ,"),
    ("semicolon", "semicolon  ;", "分号  ;"),
    ("tab", "tab", "制表符"),
    ("pipe", "bar  |", "竖线  |"),
    ("header_line", "Column names", "列名所在行"),
    ("identity", "Customers", "客户"),
    ("names", "each name is one", "每个姓名视为一位"),
    ("orders_only", "none, orders only", "无，仅导入订单"),
];

impl Words {
    /// What a column becomes, in the middle of a sentence. A code without a name stands for itself.
    pub fn role(self, code: &str) -> &str {
        named(ROLES, code, self.lang)
    }

    /// An option of reading, or an answer to one.
    pub fn reading_option(self, code: &str) -> &str {
        named(OPTIONS, code, self.lang)
    }

    /// An answer to an option of reading.
    pub fn reading_choice(self, option: &str, choice: &protocol::Choice) -> String {
        match (option, choice.code.as_str()) {
            ("header_line", "0") => self.header_none().to_owned(),
            ("header_line", line) => format!("{line}: {}", choice.detail),
            ("delimiter", "comma") => self.reading_option("delimiter comma").to_owned(),
            (_, code) => self.reading_option(code).to_owned(),
        }
    }
}

fn named<'a>(names: &[Name], code: &'a str, lang: Lang) -> &'a str {
    let known = names.iter().find(|(known, _, _)| *known == code);
    known.map_or(code, |&(_, en, zh)| if lang == Lang::Zh { zh } else { en })
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Choice;

    #[test]
    fn every_role_has_a_name() {
        let codes: Vec<&str> = ingest::Role::ALL.iter().map(|role| role.code()).collect();
        let named: Vec<&str> = ROLES.iter().map(|it| it.0).collect();
        assert_eq!(named, codes);
    }

    #[test]
    fn every_answer_to_an_option_has_a_name() {
        let t = Words { lang: Lang::Zh };
        let said = |option: &str, code: &str| {
            let (code, detail) = (code.to_owned(), "x".to_owned());
            t.reading_choice(option, &Choice { code, detail })
        };
        for (_, code) in ingest::DELIMITERS {
            assert_ne!(said("delimiter", code), code);
        }
        assert_ne!(said("delimiter", "comma"), said("decimal_mark", "comma"));
        assert_eq!(said("encoding", "GB18030"), "GB18030");
        assert_eq!(said("header_line", "3"), "3: x");
    }
}
