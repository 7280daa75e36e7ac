//! Words of what is done to all customers of a list, and to one.

use super::{Format, Words};
use protocol::{ListAct, Mailing, Snooze};

words! {
    acts_word: "Act on all of them", "批量操作";
    acts_label: "What to do with all customers of this list", "对列表中全部客户执行的操作";
    act_tag: "Tag, as spring-2026", "标签，如 2026 春季";
    act_tag_do: "Tag all", "全部打标签";
    act_note: "A line for each note", "为每位客户的备注添加一行";
    act_note_do: "Add to notes", "添加备注";
    act_contacted: "Mark as contacted today", "标记为今天已联系";
    act_mailing: "Export for mailing", "导出用于群发";
    (tag: &str) act_tagged: "tagged “{tag}”", "已打上标签“{tag}”";
    act_noted: "noted", "已添加备注";
    act_called: "marked as contacted", "已标记为已联系";
    (who: &str, what: &str) acted: "{who}: {what}", "{who}{what}";
    acted_none: "Nothing to change: all of them have it already.", "无需更改：全部客户均已如此。";
    (who: &str) mailing_written: "{who} in the file.", "文件包含{who}。";
    mailing_nobody: "Nobody of the list can be written to.", "列表中没有可联系的客户。";
    (n: &str) mailing_no_address: "{n} left out: no e-mail or telephone is known.", "{n} 位未包含：没有邮箱或电话。";
    (n: &str) mailing_refused: "{n} left out: refused to be written to.", "{n} 位未包含：拒绝接收消息。";
    (n: &str) mailing_blocked: "{n} left out: marked not to be written to.", "{n} 位未包含：已标记请勿联系。";

    own_tags: "Tags and contact", "标签与联系";
    tag_add: "Add a tag", "添加标签";
    tag_new: "New tag", "新标签";
    (tag: &str) tag_remove: "Remove the tag {tag}", "移除标签 {tag}";
    (tag: &str) filter_tag: "Tag: {tag}", "标签：{tag}";
    (day: &str) contacted_on: "Last contacted on {day}", "最近联系：{day}";
    never_contacted: "Not marked as contacted yet.", "尚未标记为已联系。";
    do_not_contact: "Do not write to this customer", "请勿联系该客户";
    do_not_contact_why: "Left out of every export for mailing.", "不会出现在任何群发导出中。";
    invalid_act_text: "Write something first.", "请先输入内容。";
}

impl Words {
    /// What an act has done to customers.
    pub fn acted_word(self, act: &ListAct) -> String {
        match act {
            ListAct::Tag(tag) => self.act_tagged(tag.trim()),
            ListAct::Note(_) => self.act_noted().to_owned(),
            ListAct::Done(_) => self.act_done().to_owned(),
            ListAct::Snooze(_, Snooze::Over) => self.act_back().to_owned(),
            ListAct::Snooze(_, snooze) => self.act_put_off(&self.snooze(*snooze)),
            ListAct::Contacted => self.act_called().to_owned(),
            ListAct::Segment(_, name) => self.act_segmented(name.trim()),
        }
    }

    /// So many customers.
    pub fn people(self, count: u32) -> String {
        self.customers(u64::from(count), &Format::of(self).count(count))
    }

    /// How many are in the file of a mailing, and why others are not.
    pub fn mailing_said(self, mailing: &Mailing) -> String {
        let f = Format::of(self);
        let written = match mailing.written {
            0 => self.mailing_nobody().to_owned(),
            written => self.mailing_written(&self.people(written)),
        };
        let Mailing { no_address, refused, blocked, .. } = *mailing;
        let why = [
            (no_address > 0).then(|| self.mailing_no_address(&f.count(no_address))),
            (refused > 0).then(|| self.mailing_refused(&f.count(refused))),
            (blocked > 0).then(|| self.mailing_blocked(&f.count(blocked))),
        ];
        let said: Vec<String> = std::iter::once(written).chain(why.into_iter().flatten()).collect();
        self.sentences(&said)
    }
}
