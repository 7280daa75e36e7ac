//! Words of what a person may want of what is known of them.

words! {
    own_data: "Personal data", "个人信息";
    known_title: "All that is known of this person", "此人的全部信息";
    known_text: "One JSON file with every row and every edit that is stored of them, for whoever asks what you keep.", "一个 JSON 文件，包含已存储的每条记录和每次编辑，供本人查阅或索取。";
    erase_title: "Erase this person", "删除此人";
    erase_text: "For good: from every import, and from those to come.", "永久删除：从所有导入中移除，今后导入也不再恢复。";
    erase_open: "Erase…", "删除…";
    (name: &str) erase_whom: "Erase {name} for good?", "永久删除 {name}？";
    erase_goes: "This goes, and cannot be brought back:", "以下内容将被删除，无法恢复：";
    (orders: &str, net: &str) erase_orders: "{orders}, {net}", "{orders}，{net}";
    [n] erase_records: "{n} answer, ticket or event", "{n} answers, tickets and events", "{n} 条答卷、工单或行为记录";
    erase_words: "notes, tags and what contact lists say", "备注、标签和联系人名单中的内容";
    erase_figures: "Figures of the past change, as if they had never bought. A file that names them again brings nothing of them back.", "过去的统计数字会随之变化，如同此人从未购买。再次导入含有此人的文件时，相关内容不会恢复。";
    erase_elsewhere: "Backups and files that you took out before still hold all of it: delete those yourself.", "此前的备份和导出文件仍包含这些内容，请自行删除。";
    erase_word: "erase", "删除";
    erase_now: "Erase for good", "永久删除";
    erased: "The person is erased. All figures are up to date.", "此人已删除，所有数字均已更新。";
    (files: &str) erased_but: "These imports are damaged, so they could not be looked through: {files}. Take them back, or import their files again.", "以下导入已损坏，无法检查：{files}。请撤销这些导入，或重新导入文件。";
    [n] rows_erased: "{n} row is left out: it is of a person who was erased.", "{n} rows are left out: they are of people who were erased.", "已略过 {n} 条：属于已删除的客户。";
}
