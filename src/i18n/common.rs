//! Words of the shell and of every screen.

words! {
    app_name: "Regulars", "熟客";
    skip_to_content: "Skip to content", "跳到正文";
    nav_label: "Screens", "页面";
    messages: "Messages", "消息";
    nav_today: "Today", "今日";
    nav_customers: "Customers", "客户";
    nav_orders: "Orders", "订单";
    nav_products: "Products", "商品";
    nav_insights: "Insights", "洞察";
    nav_rfm: "RFM", "RFM";
    nav_tiers: "Tiers", "客户分层";
    nav_lifecycle: "Life-cycle", "生命周期";
    nav_cohorts: "Cohorts", "同期群";
    nav_churn: "Churn", "流失";
    nav_value: "Value", "客户价值";
    nav_cross_sell: "Cross-sell", "交叉销售";
    nav_satisfaction: "Satisfaction", "满意度";
    nav_explore: "Explore", "自由分析";
    nav_work: "Work", "工作";
    nav_segments: "Segments", "细分人群";
    nav_tasks: "Tasks", "任务";
    nav_key_accounts: "Big customers", "大客户";
    nav_credit: "Credit", "信用";
    nav_duplicates: "Duplicates", "重复客户";
    nav_quality: "Data quality", "数据质量";
    nav_shop: "Shop", "店铺";
    nav_import: "Import", "导入";
    nav_data: "Data", "数据";
    nav_settings: "Settings", "设置";
    nav_more: "More", "更多";
    soon: "soon", "即将推出";

    as_of: "As of", "截至";
    as_of_long: "Figures hold for this day; orders after it do not exist", "所有数字截至这一天；之后的订单视为不存在";
    as_of_reset: "Today, or the last order", "今天或最后一笔订单";
    as_of_last_order: "(last order)", "（最后订单日）";
    period: "Period", "时间段";
    last_days_30: "Last 30 days", "近 30 天";
    last_days_90: "Last 90 days", "近 90 天";
    last_days_365: "Last 365 days", "近 365 天";
    all_time: "All time", "全部时间";
    from: "From", "从";
    to: "To", "到";
    apply: "Apply", "应用";
    period_turned: "The period ends before it begins. Change one of the days.", "结束日期早于开始日期，请修改其中一个。";
    versus: "vs", "对比";
    compare_previous: "previous period", "上一时段";
    compare_weekdays: "same weekdays just before", "上一时段（星期对齐）";
    compare_dates: "same dates last year", "去年同日期";
    compare_year: "year before", "去年同期";
    compare_off: "nothing", "不对比";
    search_customers: "Search customers", "搜索客户";
    switch_language: "中文", "English";
    theme: "Theme", "主题";
    theme_light: "Light", "浅色";
    theme_dark: "Dark", "深色";
    theme_system: "System", "跟随系统";
    language: "Language", "语言";

    save: "Save", "保存";
    saved: "Saved", "已保存";
    sentence_gap: " ", "";
    cancel: "Cancel", "取消";
    close: "Close", "关闭";
    undo: "Undo", "撤销";
    try_again: "Try again", "重试";
    put_back: "As it was before", "已恢复原样";
    reload: "Reload", "重新加载";
    loading: "Loading", "加载中";
    download_csv: "Download CSV", "下载 CSV";
    download_png: "Download picture (PNG)", "下载图片（PNG）";
    (n: &str) download_first: "Download the first {n} as CSV", "下载前 {n} 条（CSV）";
    download_failed: "The browser did not take the file. Allow downloads from this page and try again.", "浏览器未能保存文件。请允许此页面下载后重试。";
    all: "All", "全部";
    see_who: "See who", "查看名单";
    as_table: "As table", "表格";
    as_chart: "As chart", "图表";
    chart_opens: "Click or Enter opens the customers", "点击或按回车查看客户";
    chart_keys: "Arrow keys move from point to point", "用方向键逐点查看";
    chart_no_data: "no value", "无数据";
    not_over: "not over yet", "尚未结束";
    sample_banner: "This is a sample shop: nothing here is real.", "这是示例店铺，所有数据均为虚构。";
    remove_sample: "Remove the sample", "移除示例";
    sample_removed: "The sample shop is removed", "示例店铺已移除";
    drop_here: "Drop order exports anywhere", "拖放订单文件到任意位置";
    drop_hint: "They never leave this device", "文件不会离开本设备";
    memory_only: "This browser gives no storage (private mode?): data are gone when the tab closes, unless you save a backup on the data screen.", "此浏览器不提供存储（无痕模式？）：关闭标签页后数据即消失，请先在“数据”页面保存备份。";
    (names: &str) damaged: "Some stored data are damaged and left out: {names}. Import the file again, or restore a backup.", "部分已存数据损坏，未计入：{names}。请重新导入该文件，或恢复备份。";
    [n] edits_rebuilt: "Edits of {n} record were damaged and have been restored; nothing is lost.", "Edits of {n} records were damaged and have been restored; nothing is lost.", "{n} 条记录的修改曾损坏，已全部恢复，没有丢失。";
    [n] edits_lost: "Edits of {n} record (names, notes, settings) are damaged and could not all be restored. Please check them.", "Edits of {n} records (names, notes, settings) are damaged and could not all be restored. Please check them.", "{n} 条记录的修改（姓名、备注、设置）已损坏，未能全部恢复，请检查。";

    not_yet_title: "Not built yet", "尚未完成";
    not_yet_text: "This screen has its place and its address; it comes with a later version.", "此页面已预留位置与地址，将在后续版本提供。";
    no_data_title: "No orders yet", "还没有订单";
    no_data_text: "Import an order export, and this screen has something to say.", "导入订单文件后，这里就会有内容。";
    to_import: "Import orders", "导入订单";
    no_page_title: "There is no such page", "没有这个页面";
    no_page_text: "The address leads nowhere. Begin again from the first screen.", "地址无效。请从首页重新开始。";
    to_first_screen: "To the first screen", "回到首页";

    crashed: "The page has stopped. Your data are safe: they are stored apart from it.", "页面已停止工作。您的数据是安全的：它们单独存储。";
    problem_title: "That did not work", "操作未成功";
    other_build: "A newer version is here. Reload the page.", "有新版本，请重新加载页面。";
    not_found: "It is not there (any more).", "找不到该内容，可能已被删除。";
    cancelled: "Stopped. Nothing was changed.", "已停止，未做任何更改。";
    nothing_to_import: "There is nothing to import.", "没有可导入的内容。";
    storage_unavailable: "This browser gives no storage. Leave private mode or allow site data.", "此浏览器不提供存储。请退出无痕模式或允许网站数据。";
    (bytes: &str) storage_full: "The disk or the browser's quota is full; {bytes} could not be written. Nothing was lost: free some space and try again; a backup can be saved on the data screen.", "磁盘或浏览器配额已满，有 {bytes} 无法写入。数据没有丢失：请释放空间后重试；可在“数据”页面保存备份。";
    storage_conflict: "Another tab changed the data at the same moment. Try again.", "另一个标签页同时修改了数据，请重试。";
    storage_blocked: "Another tab holds an older version open. Close it and reload.", "另一个标签页仍在使用旧版本。请关闭后重新加载。";
    storage_too_new: "The data were written by a newer version. Reload to get it; nothing was touched.", "数据由更新的版本写入。请重新加载以更新；数据未被改动。";
    (part: &str) storage_damaged: "Stored data fail their check ({part}). Import the file again.", "已存数据校验失败（{part}）。请重新导入文件。";
    storage_unreadable: "The record of what is stored is damaged, so nothing can be opened. Erase everything, then restore a backup or import your files again.", "存储目录已损坏，数据无法打开。请全部清除，然后恢复备份或重新导入文件。";
    erase_and_begin: "Erase and start again", "清除并重新开始";
    storage_vanished: "The data were deleted from outside, perhaps with the browser's site data. Reload the page.", "数据已被外部删除（可能清除了浏览器的网站数据）。请重新加载页面。";
    storage_lost: "The connection to this browser's storage was lost. Reload the page.", "与浏览器存储的连接已断开。请重新加载页面。";
    storage_failed: "This browser's storage does not work. Reload the page or restart the browser.", "浏览器存储无法正常工作。请重新加载页面或重启浏览器。";
    not_empty: "There are orders already; the sample shop is for an empty start.", "已有订单；示例店铺只能在没有数据时使用。";
    (name: &str) file_unreadable: "{name} cannot be read (any more). Was it moved or deleted? Choose it again.", "无法读取 {name}，文件可能已被移动或删除。请重新选择。";
    folder: "This is a folder. Open it and drop the files that are in it.", "这是文件夹。请打开它，再拖入其中的文件。";
    (name: &str) dates_contradict: "The dates in {name} contradict each other: some have the day first, others the month. Export it with one date format.", "{name} 中的日期格式互相矛盾：有的日在前，有的月在前。请以统一的日期格式重新导出。";
    invalid_zone: "There is no such time zone.", "没有这个时区。";
    invalid_country: "A country is two letters, such as US or CN.", "国家代码为两个字母，例如 US 或 CN。";
    (size: &str) too_long: "The text is too long: at most {size}.", "文字过长：最多 {size}。";
    engine_stopped: "The part of this page that works on your data does not run. Reload; your data are stored apart from it.", "负责处理数据的程序没有运行。请重新加载页面；您的数据单独存储，不受影响。";
    reader_stopped: "The file could not be read: the part of this page that reads files does not run, or the file was too much for it. What is stored is untouched.", "无法读取文件：读取文件的程序没有运行，或者文件超出了它的能力。已存储的数据不受影响。";
    internal: "Something unexpected happened.", "发生意外错误。";
    (currency: &str, orders: &str) apart: "The figures are in {currency}. Not in them: {orders}.", "以下数字以 {currency} 统计，未计入：{orders}。";
    (sentence: &str, detail: &str) with_detail: "{sentence} ({detail})", "{sentence}（{detail}）";

    customer_word: "Customer", "客户";
    [n] customers: "{n} customer", "{n} customers", "{n} 位客户";
    [n] buyers: "{n} buyer", "{n} buyers", "{n} 位买家";
    [n] orders: "{n} order", "{n} orders", "{n} 笔订单";
    [n] days: "{n} day", "{n} days", "{n} 天";
    [n] rows: "{n} row", "{n} rows", "{n} 行";
}

// A block can hold no more.
words! {
    part_missing: "This part of the program could not be loaded. Check the connection, then try again. If that does not help, reload the page.", "程序的这一部分未能加载。请检查网络后重试；如果仍然不行，请重新加载页面。";
}

impl super::Words {
    /// The sentence for a problem.
    pub fn problem(self, problem: &protocol::Problem) -> String {
        use protocol::{Field, Problem as P};
        match problem {
            P::PartMissing => self.part_missing().to_owned(),
            P::OtherBuild => self.other_build().to_owned(),
            P::NotFound => self.not_found().to_owned(),
            P::Cancelled => self.cancelled().to_owned(),
            P::NothingToImport => self.nothing_to_import().to_owned(),
            P::StorageUnavailable => self.storage_unavailable().to_owned(),
            P::StorageFull(bytes) => self.storage_full(&self.bytes(*bytes)),
            P::StorageConflict => self.storage_conflict().to_owned(),
            P::StorageBlocked => self.storage_blocked().to_owned(),
            P::StorageTooNew => self.storage_too_new().to_owned(),
            P::StorageDamaged(part) => self.storage_damaged(part),
            P::StorageUnreadable(detail) => self.detailed(self.storage_unreadable(), detail),
            P::StorageVanished => self.storage_vanished().to_owned(),
            P::StorageLost => self.storage_lost().to_owned(),
            P::StorageFailed(detail) => self.detailed(self.storage_failed(), detail),
            P::NotEmpty => self.not_empty().to_owned(),
            P::FileUnreadable { name, detail } => {
                self.detailed(&self.file_unreadable(name), detail)
            }
            P::Folder => self.folder().to_owned(),
            P::DatesContradict(name) => self.dates_contradict(name),
            P::Invalid(Field::TimeZone) => self.invalid_zone().to_owned(),
            P::Invalid(Field::Country) => self.invalid_country().to_owned(),
            P::Invalid(Field::SharedKey) => self.invalid_shared_key().to_owned(),
            P::Invalid(Field::Rates) => self.rate_currency_bad().to_owned(),
            P::Invalid(Field::ActText) => self.invalid_act_text().to_owned(),
            P::Invalid(Field::Rule) => self.invalid_rule().to_owned(),
            P::Invalid(Field::TierShares) => self.tier_shares_bad().to_owned(),
            P::TooLong(bytes) => self.too_long(&self.bytes((*bytes).into())),
            P::EngineStopped(detail) => self.detailed(self.engine_stopped(), detail),
            P::ReaderStopped(detail) => self.detailed(self.reader_stopped(), detail),
            P::Backup(fault) => self.backup_fault(fault),
            P::Lock(fault) => self.lock_fault(fault),
            P::Internal(detail) => self.detailed(self.internal(), detail),
        }
    }

    /// A sentence with what the system says in its own words behind it.
    pub(super) fn detailed(self, sentence: &str, detail: &str) -> String {
        if detail.is_empty() { sentence.to_owned() } else { self.with_detail(sentence, detail) }
    }

    /// Things one after the other.
    pub fn list<T: AsRef<str>>(self, things: &[T]) -> String {
        let things: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
        things.join(self.comma())
    }

    /// Between the things of such a list.
    pub const fn comma(self) -> &'static str {
        match self.lang {
            super::Lang::En => ", ",
            super::Lang::Zh => "、",
        }
    }

    /// Whole sentences one after the other; empty ones are passed over. Chinese has no space
    /// between sentences.
    pub fn sentences<T: AsRef<str>>(self, sentences: &[T]) -> String {
        let said: Vec<&str> =
            sentences.iter().map(AsRef::as_ref).filter(|it| !it.is_empty()).collect();
        self.joined(&said, " ", "")
    }

    fn joined<T: AsRef<str>>(self, parts: &[T], en: &str, zh: &str) -> String {
        let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
        parts.join(match self.lang {
            super::Lang::En => en,
            super::Lang::Zh => zh,
        })
    }

    /// A size in bytes, as people say it.
    pub fn bytes(self, bytes: u64) -> String {
        let format = super::Format::of(self);
        match bytes {
            ..1_000 => format!("{bytes} B"),
            1_000..1_000_000 => format!("{} kB", format.number(bytes as f64 / 1e3, 0)),
            1_000_000..1_000_000_000 => format!("{} MB", format.number(bytes as f64 / 1e6, 1)),
            _ => format!("{} GB", format.number(bytes as f64 / 1e9, 1)),
        }
    }
}
