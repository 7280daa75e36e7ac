//! The form of a server: what it speaks, where it is, and how one signs in there.

use super::draft::{ACCOUNTS, Draft, Fault, KINDS};
use super::passphrase_input;
use crate::components::{Field, FieldIds};
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use protocol::sync::{SyncAccount, SyncServer};

/// What is typed, field by field. A handle: copies are of the same.
#[derive(Clone, Copy)]
pub struct Form {
    kind: RwSignal<String>,
    url: RwSignal<String>,
    region: RwSignal<String>,
    bucket: RwSignal<String>,
    account: RwSignal<String>,
    user: RwSignal<String>,
    password: RwSignal<String>,
    token: RwSignal<String>,
    header_name: RwSignal<String>,
    header_value: RwSignal<String>,
    fault: RwSignal<Option<Fault>>,
}

impl Form {
    /// The form of a draft.
    pub fn of(draft: Draft) -> Form {
        let text = RwSignal::new;
        Form {
            kind: text(draft.kind),
            url: text(draft.url),
            region: text(draft.region),
            bucket: text(draft.bucket),
            account: text(draft.account),
            user: text(draft.user),
            password: text(draft.password),
            token: text(draft.token),
            header_name: text(draft.header_name),
            header_value: text(draft.header_value),
            fault: RwSignal::new(None),
        }
    }

    /// Puts a draft in place of what is typed.
    pub fn fill(self, draft: Draft) {
        self.kind.set(draft.kind);
        self.url.set(draft.url);
        self.region.set(draft.region);
        self.bucket.set(draft.bucket);
        self.account.set(draft.account);
        self.user.set(draft.user);
        self.password.set(draft.password);
        self.token.set(draft.token);
        self.header_name.set(draft.header_name);
        self.header_value.set(draft.header_value);
        self.fault.set(None);
    }

    /// What is typed.
    pub fn draft(self) -> Draft {
        Draft {
            kind: self.kind.get(),
            url: self.url.get(),
            region: self.region.get(),
            bucket: self.bucket.get(),
            account: self.account.get(),
            user: self.user.get(),
            password: self.password.get(),
            token: self.token.get(),
            header_name: self.header_name.get(),
            header_value: self.header_value.get(),
        }
    }

    /// The server that is meant; what is wrong with it is told at its field.
    pub fn server(self) -> Option<SyncServer> {
        self.told(untrack(|| self.draft().server()))
    }

    /// The account alone.
    pub fn signed_in(self) -> Option<SyncAccount> {
        self.told(untrack(|| self.draft().account()))
    }

    fn told<T>(self, read: Result<T, Fault>) -> Option<T> {
        self.fault.set(read.as_ref().err().copied());
        read.ok()
    }

    fn choose_kind(self, code: &str) {
        let mut draft = untrack(|| self.draft());
        draft.choose_kind(code);
        self.fill(draft);
    }

    /// What is wrong with a field, if it is one of these faults.
    fn error(self, faults: &'static [Fault]) -> Signal<Option<String>> {
        let t = words();
        Signal::derive(move || {
            let fault = self.fault.get().filter(|it| faults.contains(it));
            fault.map(|it| said(t, it).to_owned())
        })
    }
}

/// What is wrong with a field.
fn said(t: Words, fault: Fault) -> &'static str {
    match fault {
        Fault::NoAddress => t.sync_no_url(),
        Fault::SecretInAddress => t.sync_secret_in_url(),
        Fault::NoRegion => t.sync_no_region(),
        Fault::NoBucket => t.sync_no_bucket(),
        Fault::NoUser => t.sync_no_user(),
        Fault::NoToken => t.sync_no_token(),
        Fault::NoHeader => t.sync_no_header(),
    }
}

/// All fields.
#[component]
pub fn ServerFields(form: Form) -> impl IntoView {
    let t = words();
    let kinds = KINDS.map(|code| (code, t.sync_kind(code)));
    let hint = Signal::derive(move || t.sync_url_hint(&form.kind.read()).to_owned());
    let is_bucket = Memo::new(move |_| form.draft().is_bucket());
    view! {
        <Field id="sync-kind" label=t.sync_kind_label() let:ids>
            {select(ids, &kinds, form.kind, Callback::new(move |code: String| form.choose_kind(&code)))}
        </Field>
        <Field id="sync-url" label=t.sync_url_label() hint=hint error=form.error(&[Fault::NoAddress, Fault::SecretInAddress]) let:ids>
            {text_input(ids, form.url, "url")}
        </Field>
        <Show when=move || is_bucket.get()>
            <div class="row row--fields row--top">
                <Field id="sync-region" label=t.sync_region() hint=t.sync_region_hint() error=form.error(&[Fault::NoRegion]) let:ids>
                    {text_input(ids, form.region, "text")}
                </Field>
                <Field id="sync-bucket" label=t.sync_bucket() error=form.error(&[Fault::NoBucket]) let:ids>
                    {text_input(ids, form.bucket, "text")}
                </Field>
            </div>
        </Show>
        <AccountFields form />
    }
}

/// How one signs in.
#[component]
pub fn AccountFields(form: Form) -> impl IntoView {
    let t = words();
    let accounts = ACCOUNTS.map(|code| (code, t.sync_account(code)));
    let is_bucket = Memo::new(move |_| form.draft().is_bucket());
    let account =
        Memo::new(move |_| if is_bucket.get() { "key".to_owned() } else { form.account.get() });
    let fields = move || {
        match account.read().as_str() {
        "key" => pair(form, t.sync_key_id(), t.sync_key(), "").into_any(),
        "password" => {
            pair(form, t.sync_user(), t.sync_password(), t.sync_password_hint()).into_any()
        }
        "token" => view! {
            <Field id="sync-token" label=t.sync_token() error=form.error(&[Fault::NoToken]) let:ids>
                {passphrase_input(ids, form.token, "off")}
            </Field>
        }
        .into_any(),
        "header" => view! {
            <div class="row row--fields row--top">
                <Field id="sync-header-name" label=t.sync_header_name() error=form.error(&[Fault::NoHeader]) let:ids>
                    {text_input(ids, form.header_name, "text")}
                </Field>
                <Field id="sync-header-value" label=t.sync_header_value() let:ids>
                    {passphrase_input(ids, form.header_value, "off")}
                </Field>
            </div>
        }
        .into_any(),
        _ => ().into_any(),
    }
    };
    view! {
        <Show when=move || !is_bucket.get()>
            <Field id="sync-account" label=t.sync_account_label() let:ids>
                {select(ids, &accounts, form.account, Callback::new(move |code| form.account.set(code)))}
            </Field>
        </Show>
        {fields}
    }
}

fn pair(form: Form, name: &'static str, secret: &'static str, hint: &'static str) -> impl IntoView {
    view! {
        <div class="row row--fields row--top">
            <Field id="sync-user" label=name error=form.error(&[Fault::NoUser]) let:ids>
                {text_input(ids, form.user, "text")}
            </Field>
            <Field id="sync-password" label=secret hint=hint let:ids>
                {passphrase_input(ids, form.password, "off")}
            </Field>
        </div>
    }
}

/// What a plain text is typed into.
pub fn text_input(ids: FieldIds, typed: RwSignal<String>, kind: &'static str) -> impl IntoView {
    view! {
        <input
            class="input"
            // A browser's own check of addresses would speak its own language.
            type=if kind == "url" { "text" } else { kind }
            inputmode=kind
            autocapitalize="none"
            spellcheck="false"
            autocomplete="off"
            maxlength="2000"
            id=ids.input
            aria-describedby=ids.described_by
            aria-invalid=ids.invalid
            prop:value=typed
            on:input:target=move |event| typed.set(event.target().value())
        />
    }
}

/// The machine's own list.
pub fn select(
    ids: FieldIds,
    choices: &[(&'static str, &'static str)],
    chosen: RwSignal<String>,
    choose: Callback<String>,
) -> impl IntoView + use<> {
    // The value is set before the options are there: the one chosen needs a mark of its own.
    let now = chosen.get_untracked();
    let option = |(code, text): &(&'static str, &'static str)| {
        let (code, text) = (*code, *text);
        let selected = code == now;
        view! { <option value=code selected=selected>{text}</option> }
    };
    let options = choices.iter().map(option).collect_view();
    view! {
        <select
            class="select"
            id=ids.input
            aria-describedby=ids.described_by
            prop:value=move || chosen.get()
            on:change=move |event| choose.run(event_target_value(&event))
        >
            {options}
        </select>
    }
}
