//! Words of first run and import.

words! {
    first_title: "See who your customers are.", "看清谁是您的熟客。";
    first_text: "Drop the order export you already have. In a few seconds: who is loyal, who is slipping away, what each is worth, and what to do about it.", "拖入您已有的订单导出文件，几秒钟后即可看到：谁最忠诚，谁在流失，每位客户价值几何，以及该怎么做。";
    drop_title: "Drop files here", "将文件拖到这里";
    drop_text: "CSV or Excel files, several at once, or paste from a spreadsheet", "CSV 或 Excel 文件，可同时多个，也可从表格直接粘贴";
    pasted_table: "Pasted table", "粘贴的表格";
    choose_files: "Choose files", "选择文件";
    try_sample: "Try with a sample shop", "试用示例店铺";
    stays_here: "Your files never leave this device. No account, no server.", "文件不会离开本设备。无需账号，没有服务器。";
    how_to_export: "How to get the file", "如何导出文件";
    [n] more_ways: "{n} more platform", "{n} more platforms", "另外 {n} 个平台";
    generic_name: "Any table of orders", "任意订单表";
    generic_how: "CSV with one row an order or one row a line: number, date, amount, and e-mail, phone or member name. English or Chinese column names.", "每行一笔订单或一条明细的 CSV：订单号、时间、金额，以及邮箱、手机或会员名。列名中英文均可。";
    more_platforms: "Also read: Excel (xlsx, xls, xlsb), LibreOffice (ods), JSON, tables in web pages, and all of these packed as zip or gz.", "也可读取：Excel（xlsx、xls、xlsb）、LibreOffice（ods）、JSON、网页表格，以及它们的 zip、gz 压缩包。";
    import_title: "Import", "导入";
    import_sub: "Drop as many exports as you like, again and again: known orders are updated, nothing is counted twice.", "可反复导入任意多的文件：已知订单会更新，绝不重复计算。";

    (platform: &str) this_is: "This is an export of orders from {platform}", "这是{platform}的订单导出文件";
    this_is_table: "This is a table of orders", "这是一份订单表";
    (rows: &str) orders_in_rows: "orders in {rows}", "笔订单，共 {rows}";
    (rows: &str) order_in_rows: "order in {rows}", "笔订单，共 {rows}";
    customers_word: "customers", "位客户";
    one_customer_word: "customer", "位客户";
    (amount: &str, left: &str) less_given_back: "less {amount} of refunds that name no order: {left}", "另减未注明订单的退款 {amount}，余 {left}";
    [n] net_of_valid: "net of refunds, {n} valid order", "net of refunds, {n} valid orders", "净额（扣除退款），{n} 笔有效订单";
    [n] months: "{n} month", "{n} months", "{n} 个月";
    (n: &str) left_out: "Left out of the figures: {n}.", "不计入统计：{n}。";
    (news: &str) would_add: "New: {news}", "新增：{news}";
    (n: &str) would_update: "changed: {n}", "有变化：{n}";
    (n: &str) would_keep: "known already: {n}", "已有：{n}";
    (when: &str) already: "Imported on {when} already: nothing in it is new.", "已于 {when} 导入过：没有新内容。";
    (name: &str) same_file: "The very same file as {name}: it counts once.", "与 {name} 完全相同：只计一次。";
    (orders: &str) import_n: "Import {orders}", "导入 {orders}";
    (orders: &str) update_n: "Update {orders}", "更新 {orders}";
    (orders: &str, changed: &str) import_and_update: "Import {orders}, update {changed}", "导入 {orders}，更新 {changed}";
    nothing_new: "Nothing new", "没有新内容";
    import_busy: "One import at a time: drop these files again when the present one is done.", "一次只能进行一项导入：请在当前导入完成后重新拖入这些文件。";
    nothing_new_close: "Nothing new: close", "没有新内容：关闭";
    (orders: &str) import_known: "Import again: {orders}, unchanged", "重新导入：{orders}，均无变化";
    nothing_here: "Nothing to import", "没有可导入的内容";
    (zone: &str) settles_zone: "Days will be counted in {zone}, as the file's times say. The settings can change that.", "日期将按 {zone} 时区计算（依据文件内容）。可在设置中更改。";
    (currency: &str) settles_currency: "Figures will be in {currency}, as the file says. The settings can change that.", "统计将以 {currency} 为币种（依据文件内容）。可在设置中更改。";
    reading: "Reading", "正在读取";
    saving: "Saving", "正在保存";
    (rows: &str, speed: &str) reading_detail: "{rows} · {speed} rows/s", "{rows} · 每秒 {speed} 行";
    stop: "Stop", "停止";
    [n] warnings_title: "{n} thing to know", "{n} things to know", "{n} 条提示";
    [n] rejected_title: "{n} row cannot be used", "{n} rows cannot be used", "{n} 行无法使用";
    rejected_note: "Everything else is imported.", "其余内容均会导入。";
    (shown: &str) rejected_more: "The first {shown} are listed.", "仅列出前 {shown} 条。";
    line: "Line", "行号";
    reason_word: "Reason", "原因";
    content: "What stands there", "原文";
    (orders: &str) imported: "{orders} imported", "已导入 {orders}";
    (names: &str, why: &str) not_stored: "Not imported: {names}. {why}", "未导入：{names}。{why}";
    (names: &str) interrupted: "Chosen, but not imported: {names}. What you had before is untouched.", "已选择但尚未导入：{names}。原有数据不受影响。";
    go_on: "Go on", "继续导入";
    go_on_choose: "Choose the file again", "重新选择文件";
    no_way_to_file: "The browser does not open the file any more. Choose it again to go on.", "浏览器已无法打开该文件。请重新选择以继续。";
    (name: &str) is_other_file: "{name} is not the file that was chosen then: its content is another. To import it on its own, drop it on the page.", "{name} 的内容与当时选择的文件不同。如要单独导入，请将它拖入页面。";
    forget_it: "Forget it", "放弃导入";
    stopped: "Stopped.", "已停止。";
    summary_title: "Imported", "导入完成";
    updated_word: "updated", "有更新";
    identical_word: "unchanged", "无变化";
    new_word: "new", "新增";
    rejected_word: "rows rejected", "行被拒绝";

    question_date_order: "Does the day or the month come first?", "日期中是日在前还是月在前？";
    (example: &str) question_date_order_why: "Nothing in the file tells: {example} can be read both ways.", "文件本身无法判断：{example} 两种读法都可以。";
    choice_day_first: "Day first", "日在前";
    choice_month_first: "Month first", "月在前";
    question_identity: "Nothing in this file tells customers apart", "该文件无法区分客户";
    question_identity_why: "No e-mail, phone or member name. Orders and revenue can be shown, customers cannot.", "没有邮箱、电话或会员名。可以统计订单和销售额，但无法分析客户。";
    choice_orders_only: "Import the orders only", "仅导入订单";
    question_names: "Only names tell the customers of this file apart", "该文件中的客户只有姓名可以区分";
    question_names_why: "Two people may share a name, and would count as one customer.", "不同的人可能重名，会被当作同一位客户。";
    choice_names: "Each name is one customer", "每个姓名视为一位客户";
    question_unknown: "How is this to be read?", "应如何解读？";
    question_other_shop: "Are these another shop's orders?", "这是另一家店铺的订单吗？";
    (n: &str) question_other_shop_why: "{n} order numbers are known here, for plainly other orders.", "有 {n} 个订单号已存在，但明显是不同的订单。";
    question_whose: "Which shop's orders are these?", "这是哪家店铺的订单？";
    question_whose_why: "More than one shop of this platform is known here, and the order numbers do not tell.", "这里已有该平台的多家店铺，仅凭订单号无法判断。";
    (file: &str) choice_shop: "The shop of {file}", "{file} 所属的店铺";
    choice_another: "Another shop: keep both", "另一家店铺：两者都保留";
    choice_same: "The same shop: replace the known orders", "同一家店铺：替换已有订单";
}

impl super::Words {
    /// What stopped an import half-way, and which files are not stored.
    pub fn unfinished(self, unfinished: &protocol::Unfinished) -> String {
        let why = match &unfinished.problem {
            protocol::Problem::Cancelled => self.stopped().to_owned(),
            problem => self.problem(problem),
        };
        if unfinished.not_stored.is_empty() {
            return why;
        }
        let comma = if self.lang == super::Lang::Zh { "、" } else { ", " };
        self.not_stored(&unfinished.not_stored.join(comma), &why)
    }

    /// The question of a code and why it is asked.
    pub fn question(self, code: &str, detail: &str) -> (&'static str, String) {
        match code {
            "date_order" => (self.question_date_order(), self.question_date_order_why(detail)),
            "identity" if !detail.is_empty() => {
                (self.question_names(), self.question_names_why().to_owned())
            }
            "identity" => (self.question_identity(), self.question_identity_why().to_owned()),
            "other_shop" if detail.is_empty() => {
                (self.question_whose(), self.question_whose_why().to_owned())
            }
            "other_shop" => (self.question_other_shop(), self.question_other_shop_why(detail)),
            "consent" => (self.question_consent(), self.question_consent_why().to_owned()),
            // An engine that asks more than this page knows tells in the detail what it is about.
            _ => (self.question_unknown(), detail.to_owned()),
        }
    }

    /// An answer to a question.
    pub fn choice(self, choice: &protocol::Choice) -> String {
        let fixed = match choice.code.as_str() {
            "day_first" => self.choice_day_first(),
            "month_first" => self.choice_month_first(),
            "orders_only" => self.choice_orders_only(),
            "names" => self.choice_names(),
            "another" => self.choice_another(),
            "same" => self.choice_same(),
            "unknown" => self.choice_consent_unknown(),
            "given" => self.choice_consent_given(),
            "refused" => self.choice_consent_refused(),
            _ => return self.choice_shop(&choice.detail),
        };
        fixed.to_owned()
    }
}
