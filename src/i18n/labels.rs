//! Words of labels, of moves between them and of tables of two.

use super::{Format, Lang, Words};
use protocol::{Label, LabelCondition, LabelKind};

words! {
    slider_hint: "Drag, or use the arrow keys: a day each. All figures follow.", "拖动或用方向键逐日移动，所有数字随之变化。";
    migration_title: "Who moved between two days", "两日之间的变动";
    migration_note: "Rows: the label on the earlier day. Columns: now. Rows and columns add up to everybody; a cell opens its customers.", "行：较早一天的标签；列：当前标签。行列合计为全部客户，点击单元格查看名单。";
    (moved: &str, all: &str, since: &str) migration_lead: "{moved} of {all} are not where they were on {since}.", "{all}中有 {moved} 位与 {since} 时不同。";
    migration_nobody: "Nobody moved between the two days.", "两日之间没有客户变动。";
    compared_day: "Earlier day", "较早的一天";
    largest_moves: "Largest moves", "主要变动";
    moves_of: "Labels", "标签";
    ways_title: "Fifths and fixed cuts side by side", "五等分与固定分界对照";
    ways_note_chosen: "The same customers in the eleven groups: by fifths, and by the shop's fixed cuts.", "同一批客户的十一个分组：按五等分与按店铺设定的固定分界。";
    ways_note: "The same customers in the eleven groups: by fifths, and by the fixed cuts to begin with.", "同一批客户的十一个分组：按五等分与按建议的固定分界。";
    ways_cuts: "Where their scores begin", "两种方式的分值区间";
    fixed_short: "fixed", "固定";
    fifths_short: "fifths", "五等分";
}

impl Words {
    /// By what customers are told apart.
    pub const fn label_kind(self, kind: LabelKind) -> &'static str {
        use LabelKind as K;
        match (self.lang, kind) {
            (_, K::Group) => self.group_word(),
            (_, K::Class) => self.class_word(),
            (_, K::Tier) => self.tier_word(),
            (_, K::Stage) => self.stage_word(),
            (_, K::Churn) => self.silence_word(),
            (_, K::Grade) => self.grade_word(),
            (_, K::Decile) => self.decile_kind(),
            (Lang::En, K::Country) => "Country",
            (Lang::En, K::Region) => "Region",
            (Lang::En, K::Channel) => "First channel",
            (Lang::En, K::Product) => "First product",
            (Lang::Zh, K::Country) => "国家",
            (Lang::Zh, K::Region) => "地区",
            (Lang::Zh, K::Channel) => "首单渠道",
            (Lang::Zh, K::Product) => "首购商品",
        }
    }

    /// A label, or that there is none of the kind.
    pub fn label(self, kind: LabelKind, label: Option<&Label>) -> String {
        match label {
            Some(Label::Group(it)) => self.group(*it).to_owned(),
            Some(Label::Class(it)) => self.class(*it).to_owned(),
            Some(Label::Tier(it)) => self.tier(*it).to_owned(),
            Some(Label::Stage(it)) => self.stage(*it).to_owned(),
            Some(Label::Churn(it)) => self.churn_state(*it).to_owned(),
            Some(Label::Decile(it)) => self.decile_name(&it.to_string()),
            Some(Label::Text(it)) if kind == LabelKind::Country => Format::of(self).country(it),
            Some(Label::Text(it)) => it.clone(),
            Some(Label::Others) => self.others_word().to_owned(),
            None => self.no_label(kind).to_owned(),
        }
    }

    /// What a customer without a label of the kind is.
    const fn no_label(self, kind: LabelKind) -> &'static str {
        use LabelKind as K;
        match (self.lang, kind) {
            (Lang::En, K::Group | K::Class) => "Not scored",
            (Lang::Zh, K::Group | K::Class) => "未评分",
            (_, K::Tier | K::Stage | K::Churn) => self.not_bought(),
            (_, K::Grade) => self.no_rule(),
            (_, K::Decile) => self.no_decile(),
            (Lang::En, K::Country | K::Region | K::Channel | K::Product) => "Not known",
            (Lang::Zh, K::Country | K::Region | K::Channel | K::Product) => "未知",
        }
    }

    /// Conditions as the filter that they are: `Champions (31 Jul 2026) → At risk`.
    pub(super) fn labelled(self, conditions: &[LabelCondition]) -> String {
        let said = |it: &LabelCondition| {
            let label = self.label(it.kind, it.label.as_ref());
            match (it.on.map(|day| Format::of(self).day(day)), self.lang) {
                (Some(day), Lang::En) => format!("{label} ({day})"),
                (Some(day), Lang::Zh) => format!("{label}（{day}）"),
                (None, _) => label,
            }
        };
        let said: Vec<String> = conditions.iter().map(said).collect();
        said.join(if conditions.iter().any(|it| it.on.is_some()) { " → " } else { " · " })
    }
}
