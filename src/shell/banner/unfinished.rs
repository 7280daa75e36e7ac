//! Files that were chosen and are not imported, however far their import came: go on with it, or
//! forget it.

use crate::address::{base, whole};
use crate::components::{FileButton, Toast, Toasts};
use crate::data::Data;
use crate::import_flow::ImportFlow;
use crate::interrupted::{Interrupted, Resumed, Stopped};
use crate::settings::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::future::Future;
use std::pin::Pin;
use web_sys::File;

/// The files to go on with.
type Files = Pin<Box<dyn Future<Output = Result<Resumed, Stopped>>>>;
/// Leads to another screen.
type Go = Box<dyn Fn(&str, NavigateOptions)>;

/// What is told of it, if there is one.
pub fn unfinished(data: Data) -> AnyView {
    let t = words();
    let (flow, toasts) = (expect_context::<ImportFlow>(), expect_context::<Toasts>());
    let navigate = use_navigate();
    let go: Go = Box::new(move |path, options| navigate(path, options));
    let (it, go) = (Interrupted::find(data), StoredValue::new_local(go));
    let go_on = move |files: Files| {
        spawn_local(async move {
            match files.await {
                Ok(resumed) => {
                    if !flow.inspect_under(resumed.picked.clone(), resumed.said.clone()) {
                        // Another import is under way: this one waits on.
                        return;
                    }
                    it.went_on(resumed);
                    let path = format!("{}/import", base());
                    go.try_with_value(|go| go(&path, whole()));
                }
                Err(Stopped::NoWay) => _ = toasts.show(Toast::bad(t.no_way_to_file())),
                Err(Stopped::Other(name)) => _ = toasts.show(Toast::bad(t.is_other_file(&name))),
            }
        });
    };
    let choose = Callback::new(move |files: Vec<File>| go_on(Box::pin(it.matched(files.into()))));
    let way_on = move || {
        if it.has_way() {
            let reopen = move |_| go_on(Box::pin(it.reopened()));
            view! {
                <button class="button button--primary" type="button" data-action="resume-import" on:click=reopen>
                    {t.go_on()}
                </button>
            }
            .into_any()
        } else {
            view! { <FileButton on_files=choose label=t.go_on_choose() id="resume-file" primary=true /> }
                .into_any()
        }
    };
    let banner = move || {
        let names = it.names();
        (!names.is_empty()).then(|| {
            view! {
                <div class="banner banner--acts" role="status" data-import-interrupted>
                    <span>{t.interrupted(&t.list(&names))}</span>
                    <div class="banner__acts">
                        {way_on}
                        <button class="button" type="button" data-action="dismiss-interrupted" on:click=move |_| it.forget()>
                            {t.forget_it()}
                        </button>
                    </div>
                </div>
            }
        })
    };
    view! { {banner} }.into_any()
}
