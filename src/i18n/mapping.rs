//! Words of how a file is read: what columns become, and the options.

use super::{Lang, Words};
use model::RecordKind;

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
    first_records: "The first rows, as they are read", "前几行（按当前方式读取）";
    needed_of_contacts: "Needed: a customer's e-mail, telephone or number. All else can be left out.", "必需：客户邮箱、电话或编号之一。其余列均可不用。";
    needed_of_responses: "Needed: a score, a question or what was said in words. All else can be left out.", "必需：评分、问题或文字评价之一。其余列均可不用。";
    no_record_read: "No record can be read so.", "这样无法读出记录。";
    reading_all: "Reading the whole file…", "正在读取整个文件…";
    (rows: &str, orders: &str) read_head: "At the beginning of the file: {rows}, {orders}", "文件开头部分：{rows}，{orders}";
    (rows: &str, orders: &str) read_whole: "In the file: {rows}, {orders}", "整个文件：{rows}，{orders}";
    nothing_read: "No order can be read so.", "这样无法读出订单。";
    read_as_found: "As recognised", "恢复为自动识别";
    change_reading: "Change how it is read", "更改读取方式";
    say_columns: "Say what its columns are", "说明各列含义";
    say_columns_first: "First say what the columns are", "请先说明各列含义";
    read_as_remembered: "Read as you said before, of a file with the same columns.", "按您此前对相同列的文件所作的说明读取。";
    readings_title: "How files are read", "文件读取方式";
    readings_note: "What you said of files, by their columns. It holds for every file with the same columns.", "您对文件各列的说明。之后列名相同的文件均按此读取。";
    (file: &str) reading_of: "Files like {file}", "类似 {file} 的文件";
    reading_change: "Change", "更改";
    (file: &str) reading_change_one: "Change how files like {file} are read", "更改类似 {file} 的文件的读取方式";
    (file: &str) reading_forget_one: "Forget how files like {file} are read", "忘记类似 {file} 的文件的读取方式";
    as_found: "as found", "自动识别";
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
    ("company", "company", "公司"),
    ("birthday", "birthday", "生日"),
    ("note", "note", "备注"),
    ("email_consent", "consent to e-mails", "是否同意邮件"),
    ("email_consent_at", "date of that consent", "同意邮件的时间"),
    ("sms_consent", "consent to text messages", "是否同意短信"),
    ("since", "known since", "建档时间"),
    ("claimed_orders", "number of orders, as the list says", "名单中的订单数"),
    ("claimed_spent", "amount spent, as the list says", "名单中的消费额"),
    ("response_number", "number of the answer", "答卷编号"),
    ("survey", "name of the survey", "问卷名称"),
    ("survey_type", "what the score measures: CSAT, NPS, CES", "评分类型（CSAT、NPS、CES）"),
    ("overall", "satisfaction, 1 to 5", "满意度（1–5）"),
    ("nps", "likelihood to recommend, 0 to 10", "推荐意愿（0–10）"),
    ("ces", "ease, 1 to 7", "便捷度（1–7）"),
    ("score", "score, of what the survey measures", "评分（按评分类型）"),
    ("comment", "comment in words", "文字评价"),
    ("question", "question of its own", "单独的问题"),
    ("expected", "what was expected of it, 1 to 5", "期望（1–5）"),
    ("perceived", "how it was found, 1 to 5", "感知（1–5）"),
    ("product_value", "value: the product, 1 to 5", "产品价值（1–5）"),
    ("service_value", "value: the service, 1 to 5", "服务价值（1–5）"),
    ("personnel_value", "value: the staff, 1 to 5", "人员价值（1–5）"),
    ("image_value", "value: the shop’s name, 1 to 5", "形象价值（1–5）"),
    ("money_cost", "cost: money, 1 to 5", "货币成本（1–5）"),
    ("time_cost", "cost: time, 1 to 5", "时间成本（1–5）"),
    ("energy_cost", "cost: effort, 1 to 5", "体力成本（1–5）"),
    ("psychic_cost", "cost: worry, 1 to 5", "精神成本（1–5）"),
    ("ticket_number", "ticket number", "工单号"),
    ("replied_at", "time of the first reply", "首次回复时间"),
    ("closed_at", "time of closing", "关闭时间"),
    ("phase", "before, during or after the sale", "售前、售中或售后"),
    ("category", "what it is about", "问题类型"),
    ("agent", "who answered", "客服人员"),
    ("csat", "satisfaction with the answer, 1 to 5", "服务满意度（1–5）"),
    ("text", "what was written", "内容"),
    ("action", "what was done", "行为"),
    ("subject", "what it was done to", "对象"),
    ("summary_day", "last day that is summed up", "统计截止日"),
    ("first_day", "day of the first order", "首单日期"),
    ("last_day", "day of the last order", "末单日期"),
    ("order_count", "number of orders that count", "有效订单数"),
    ("purchase_days", "number of days with an order", "购买天数"),
    ("net", "net amount", "净额"),
    ("first_day_net", "net amount of the first day", "首日净额"),
    ("order_gaps", "days between the orders", "下单间隔天数"),
];

/// The same where they mean something else in files about people: kind and code.
const IN_KIND: &[Name] = &[
    ("responses ordered_at", "time of the answer", "答题时间"),
    ("responses order_number", "order that it is about", "对应的订单号"),
    ("tickets ordered_at", "time of opening", "创建时间"),
    ("tickets order_number", "order that it is about", "对应的订单号"),
    ("events ordered_at", "time", "时间"),
];

/// Options and their answers. Encodings stand for themselves.
const OPTIONS: &[Name] = &[
    ("kind", "Each row is", "每一行是"),
    ("orders", "an order, or a line of one", "订单或订单中的一行"),
    ("contacts", "a contact", "联系人"),
    ("responses", "an answer to a survey", "问卷答复"),
    ("tickets", "a service ticket", "客服工单"),
    ("events", "something that a person did", "客户行为"),
    ("summaries", "a customer with all orders summed up", "客户汇总"),
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

    /// What a column of a file of that kind becomes, in the middle of a sentence.
    pub fn role_in(self, kind: RecordKind, code: &str) -> String {
        let place = format!("{} {code}", kind.code());
        let special = named(IN_KIND, &place, self.lang);
        if special == place { self.role(code).to_owned() } else { special.to_owned() }
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
    fn a_role_has_the_name_that_fits_the_kind_of_file() {
        let t = Words { lang: Lang::En };
        for (kind, code, name) in [
            (RecordKind::Orders, "ordered_at", "date"),
            (RecordKind::Responses, "ordered_at", "time of the answer"),
            (RecordKind::Contacts, "email", "customer's e-mail"),
        ] {
            assert_eq!(t.role_in(kind, code), name);
        }
        for (place, _, _) in IN_KIND {
            let (kind, code) = place.split_once(' ').unwrap();
            let kind = RecordKind::ALL.into_iter().find(|it| it.code() == kind).unwrap();
            let offered = ingest::Role::of_kind(kind).iter().any(|role| role.code() == code);
            assert!(offered, "{place}");
        }
    }

    #[test]
    fn every_answer_to_an_option_has_a_name() {
        let t = Words { lang: Lang::Zh };
        let said = |option: &str, code: &str| {
            let (code, detail) = (code.to_owned(), "x".to_owned());
            t.reading_choice(option, &Choice { code, detail })
        };
        for kind in RecordKind::ALL {
            assert_ne!(said("kind", kind.code()), kind.code());
        }
        for (_, code) in ingest::DELIMITERS {
            assert_ne!(said("delimiter", code), code);
        }
        assert_ne!(said("delimiter", "comma"), said("decimal_mark", "comma"));
        assert_eq!(said("encoding", "GB18030"), "GB18030");
        assert_eq!(said("header_line", "3"), "3: x");
    }
}
