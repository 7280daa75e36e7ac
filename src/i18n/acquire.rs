//! Words of where new customers come from.

words! {
    acquire_title: "New customers and what they cost", "新客户与获客成本";
    acquire_note: "By the channel of the first order. The cost of a new customer is what you spent by the new customers of the months that you gave a cost for.", "按首单渠道统计。获客成本 = 花费 ÷ 新客户数，仅计入已填写花费的月份。";
    acquire_part_note: "By the channel of the first order. What was spent is of all customers, so that it says nothing of these.", "按首单渠道统计。花费针对全部客户，无法用于这部分客户。";
    acquire_month: "Month", "月份";
    [n] acquire_all_months: "{n} month", "Last {n} months", "最近 {n} 个月";
    acquire_channel: "Channel", "渠道";
    acquire_new: "New customers", "新客户";
    acquire_first_net: "Net of first orders", "首单净额";
    acquire_cost: "Spent", "花费";
    acquire_each: "Cost of a new one", "获客成本";
    acquire_to_first: "To the first order", "到首单";
    acquire_to_second: "To the second", "到第二单";
    acquire_all: "All", "全部";
    acquire_unnamed: "No channel named", "未注明渠道";
    (code: &str) acquire_cost_in: "Spent, in {code} (empty: unknown)", "花费（{code}，留空表示未知）";
    acquire_save: "Save the cost", "保存花费";
    (channel: &str, month: &str) acquire_saved: "Cost of {channel} in {month} saved.", "已保存{channel}在{month}的花费。";
    acquire_channel_bad: "Name a channel, as files have it.", "请填写渠道名称（与文件中一致）。";
    acquire_cost_bad: "An amount such as 250 or 99.50, or nothing.", "请输入金额，如 250 或 99.50，或留空。";
}
