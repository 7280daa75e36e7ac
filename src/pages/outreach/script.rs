//! What to say to a customer, and where.

use crate::clipboard::copy;
use crate::components::{Icon, IconName, Toasts};
use crate::data::Data;
use crate::settings::words;
use leptos::prelude::*;
use protocol::{OutreachRow, Reach};

/// The text with the ways to send it, folded up.
pub(super) fn script(row: &OutreachRow, place: usize) -> AnyView {
    let (t, data) = (words(), expect_context::<Data>());
    let shop = data.shop.read_untracked().as_ref().map(|it| it.profile.name.clone());
    let shop = shop.unwrap_or_default();
    let text = row.kinds.first().map(|kind| t.script(*kind, &row.name, &shop, &row.product));
    let text = text.unwrap_or_default();
    match &row.reach {
        Reach::Refused => {
            return view! { <p class="outreach__script outreach__facts" data-reach="refused">{t.reach_refused()}</p> }.into_any();
        }
        Reach::Blocked => {
            return view! { <p class="outreach__script outreach__facts" data-reach="blocked">{t.reach_blocked()}</p> }.into_any();
        }
        Reach::NoAddress | Reach::At { .. } => {}
    }
    let toasts = expect_context::<Toasts>();
    let copied = text.clone();
    let copy = move |_| copy(toasts, copied.clone());
    view! {
        <details class="outreach__script" id=format!("outreach-say-{place}")>
            <summary>{t.what_to_say()}</summary>
            <p class="outreach__text">{text.clone()}</p>
            <div class="row">
                <button class="button" type="button" data-action="outreach-copy" on:click=copy>
                    <Icon name=IconName::Check /> {t.copy_text()}
                </button>
                {ways(&row.reach, &text)}
            </div>
        </details>
    }
    .into_any()
}

/// Where it can be sent to.
fn ways(reach: &Reach, text: &str) -> AnyView {
    let t = words();
    let Reach::At { email, phone } = reach else {
        return view! { <span class="muted" data-reach="none">{t.reach_none()}</span> }.into_any();
    };
    let body = js_sys::encode_uri_component(text);
    let mail = (!email.is_empty()).then(|| {
        // What stands in a file is an address and nothing else: no further recipients, no text.
        let to = js_sys::encode_uri_component(email).replace("%40", "@");
        let href = format!("mailto:{to}?body={body}");
        view! { <a class="link" href=href data-reach="email" title=email.clone()>{t.write_e_mail()}</a> }
    });
    let telephone = (!phone.is_empty()).then(|| {
        let number = js_sys::encode_uri_component(phone);
        let (sms, call) = (format!("sms:{number}?body={body}"), format!("tel:{number}"));
        view! {
            <a class="link" href=sms data-reach="sms" title=phone.clone()>{t.send_message()}</a>
            <a class="link" href=call data-reach="phone" title=phone.clone()>{t.call_word()}</a>
        }
    });
    view! { {mail} {telephone} }.into_any()
}
