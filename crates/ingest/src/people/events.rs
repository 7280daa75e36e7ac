//! Events: what people did, one row each.

use super::People;
use crate::cells::Row;
use crate::header::normal_form;
use crate::left_out::{Left, RejectReason};
use crate::role::Role;
use crate::warnings::WarningCode;

/// What programs call the events that figures are made of.
#[rustfmt::skip]
const WORDS: [(&str, &[&str]); 6] = [
    ("subscribe", &["subscribe", "subscribed", "newslettersignup", "emailsubscribe", "optin", "follow", "订阅", "关注"]),
    ("register", &["register", "registered", "registration", "signup", "signedup", "accountcreated", "createaccount", "注册", "入会"]),
    ("search", &["search", "searched", "sitesearch", "viewsearchresults", "搜索"]),
    ("view", &["view", "viewed", "pageview", "productview", "viewitem", "viewedproduct", "productviewed", "visit", "browse", "浏览", "访问", "查看"]),
    ("cart", &["cart", "addtocart", "addedtocart", "productadded", "basket", "addtobasket", "加购", "加入购物车", "加购物车"]),
    ("checkout", &["checkout", "begincheckout", "startcheckout", "checkoutstarted", "startedcheckout", "initiatecheckout", "结算", "去结算", "提交订单"]),
];

impl People {
    /// Reads a row of a log of events.
    pub(super) fn read_event(&mut self, row: Row<'_>) -> Result<(), Left> {
        let reading = self.time(row)?;
        let at = reading.ok_or(RejectReason::NoDate)?.time;
        let event = self.field(row, Role::Action);
        if event.is_empty() {
            return Err(RejectReason::NoEvent.into());
        }
        self.note_time(reading, row);
        self.read_keys(row);
        if self.keys.is_nobody() {
            self.warnings.note(WarningCode::NobodyNamed, row.line);
        }
        let word = normal_form(event);
        let known = WORDS.iter().find(|(_, words)| words.contains(&word.as_str()));
        let subject = self.field(row, Role::Subject);
        let table = &mut self.tables.events;
        table.at.push(Some(at));
        table.email.push(&self.keys.email);
        table.phone.push(&self.keys.phone);
        table.member.push(&self.keys.member);
        table.kind.push(known.map_or(event, |(name, _)| name));
        table.subject.push(subject);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::EVENT_KINDS;

    #[test]
    fn every_event_of_the_figures_has_words_in_normal_form() {
        assert_eq!(WORDS.map(|it| it.0), EVENT_KINDS);
        for word in WORDS.iter().flat_map(|it| it.1) {
            assert_eq!(normal_form(word), *word);
        }
    }
}
