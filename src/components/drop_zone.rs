//! Files dropped anywhere in the window, and tables pasted into it.

use super::icon::{Icon, IconName};
use js_sys::{Array, Function, Promise, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    ClipboardEvent, DomParser, DragEvent, Element, File, FileList, FilePropertyBag, Node,
    SupportedType,
};

/// Files as they come.
#[derive(Clone, Debug, Default)]
pub struct Picked {
    /// The files; none: a folder came.
    pub files: Vec<File>,
    /// The browser's way back to each file in its own place, where it gives one: a promise of it. As
    /// many as files, or none.
    pub ways: Vec<Promise>,
}

impl From<Vec<File>> for Picked {
    fn from(files: Vec<File>) -> Picked {
        Picked { files, ways: Vec::new() }
    }
}

/// Takes files dropped anywhere in the window and tables pasted from a spreadsheet.
///
/// While files are dragged over the window it covers the window and says what will happen. A
/// pasted table becomes a file of tab-separated text. Pasting into a text field stays pasting.
#[component]
pub fn DropZone(
    /// Files came, or a folder.
    #[prop(into)]
    on_files: Callback<Picked>,
    /// What will happen to the files.
    #[prop(into)]
    text: Signal<String>,
    /// Which files are understood.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// Name of the file that a pasted table becomes.
    pasted_name: &'static str,
    /// Off while something else must be finished first.
    #[prop(into, default = Signal::stored(true))]
    enabled: Signal<bool>,
) -> impl IntoView {
    let depth = RwSignal::new(0_u32);
    let is_over = Memo::new(move |_| depth.get() > 0 && enabled.get());
    let take = move |files| {
        if enabled.get_untracked() {
            on_files.run(files);
        }
    };
    listen_for_drags(depth, take);
    listen_for_pasting(pasted_name, take);
    move || {
        is_over.get().then(|| {
            view! {
                <div class="drop-overlay" aria-hidden="true">
                    <div class="drop-overlay__frame">
                        <Icon name=IconName::Import />
                        <b>{text}</b>
                        <p>{hint}</p>
                    </div>
                </div>
            }
        })
    }
}

/// Follows files that are dragged over the window and takes those dropped.
///
/// Entering a child comes before leaving its parent, so entries are counted in `depth`.
fn listen_for_drags(depth: RwSignal<u32>, take: impl Fn(Picked) + 'static) {
    let on_enter = move |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
            depth.update(|it| *it += 1);
        }
    };
    let on_over = move |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
        }
    };
    let on_leave = move |event: DragEvent| {
        if carries_files(&event) {
            depth.update(|it| *it = it.saturating_sub(1));
        }
    };
    let on_drop = move |event: DragEvent| {
        if !carries_files(&event) {
            return;
        }
        // Otherwise the browser leaves the app to show the file.
        event.prevent_default();
        depth.set(0);
        let dropped = event.data_transfer();
        if dropped.as_ref().is_some_and(|it| has_folder(it)) {
            return take(Picked::default());
        }
        // To be asked for while the drop is told: the browser gives nothing afterwards.
        let ways = dropped.as_ref().map_or_else(Vec::new, |it| ways_to(it));
        let files = files_of(dropped.and_then(|it| it.files()));
        if !files.is_empty() {
            let ways = if ways.len() == files.len() { ways } else { Vec::new() };
            take(Picked { files, ways });
        }
    };
    let listeners = [
        window_event_listener(ev::dragenter, on_enter),
        window_event_listener(ev::dragover, on_over),
        window_event_listener(ev::dragleave, on_leave),
        window_event_listener(ev::drop, on_drop),
    ];
    on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
}

/// Takes files and tables that are pasted, except into a text field.
fn listen_for_pasting(name: &'static str, take: impl Fn(Picked) + 'static) {
    let on_paste = move |event: ClipboardEvent| {
        if is_text_field(event.target().and_then(|it| it.dyn_into().ok())) {
            return;
        }
        let files = pasted_files(&event, name);
        if !files.is_empty() {
            event.prevent_default();
            take(files.into());
        }
    };
    let listener = window_event_listener(ev::paste, on_paste);
    on_cleanup(move || listener.remove());
}

/// The browser's list as a vector; empty if there is none.
pub(super) fn files_of(list: Option<FileList>) -> Vec<File> {
    list.map_or_else(Vec::new, |list| (0..list.length()).filter_map(|it| list.get(it)).collect())
}

/// Whether a folder is among what was dropped. It stands in the list of files as if it were one.
fn has_folder(dropped: &JsValue) -> bool {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    Array::from(&get(dropped, "items")).iter().any(|item| {
        let entry: Option<Function> = get(&item, "webkitGetAsEntry").dyn_into().ok();
        let entry = entry.and_then(|it| it.call0(&item).ok());
        entry.is_some_and(|it| get(&it, "isDirectory").is_truthy())
    })
}

/// The way back to each dropped file, where the browser gives one.
fn ways_to(dropped: &JsValue) -> Vec<Promise> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    let items = Array::from(&get(dropped, "items"));
    let files =
        items.iter().filter(|item| get(item, "kind").as_string().as_deref() == Some("file"));
    let way = |item: JsValue| {
        let ask: Function = get(&item, "getAsFileSystemHandle").dyn_into().ok()?;
        ask.call0(&item).ok()?.dyn_into().ok()
    };
    files.filter_map(way).collect()
}

/// Dragged text and links are none of our business.
fn carries_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|it| it.types().includes(&JsValue::from_str("Files"), 0))
}

fn is_text_field(target: Option<Element>) -> bool {
    target.is_some_and(|it| {
        it.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some()
    })
}

/// Files on the clipboard, or a table as a file; nothing for a pasted word.
fn pasted_files(event: &ClipboardEvent, name: &str) -> Vec<File> {
    let Some(data) = event.clipboard_data() else { return Vec::new() };
    let files = files_of(data.files());
    if !files.is_empty() {
        return files;
    }
    let text = data.get_data("text/plain").unwrap_or_default();
    let text = if is_table(&text) {
        text
    } else {
        rows_of_page(&data.get_data("text/html").unwrap_or_default())
    };
    if !is_table(&text) {
        return Vec::new();
    }
    let options = FilePropertyBag::new();
    options.set_type("text/plain");
    let parts = Array::of1(&JsValue::from_str(&text));
    let file = File::new_with_str_sequence_and_options(&parts, name, &options);
    file.into_iter().collect()
}

/// Whether a pasted text is a table of two lines or more.
fn is_table(text: &str) -> bool {
    let mut lines = text.lines().filter(|it| !it.trim().is_empty());
    let (Some(head), Some(first)) = (lines.next(), lines.next()) else { return false };
    ['\t', ',', ';'].iter().any(|&it| head.contains(it) && first.contains(it))
}

/// The rows of the first table of a web page, tab-separated; empty: it has none. The page is never
/// part of this one: nothing in it runs or is fetched.
fn rows_of_page(page: &str) -> String {
    let parsed =
        DomParser::new().and_then(|it| it.parse_from_string(page, SupportedType::TextHtml));
    let table = parsed.ok().and_then(|it| it.query_selector("table").ok().flatten());
    let rows = table.and_then(|it| it.query_selector_all("tr").ok());
    let rows = rows
        .map_or_else(Vec::new, |rows| (0..rows.length()).filter_map(|at| rows.get(at)).collect());
    let cells = |row: Node| {
        let cells = row.child_nodes();
        let cells = (0..cells.length()).filter_map(|at| cells.get(at));
        let cells = cells.filter(|it| matches!(it.node_name().as_str(), "TD" | "TH"));
        cells.map(|it| cell(&it.text_content().unwrap_or_default())).collect::<Vec<_>>().join("\t")
    };
    rows.into_iter().map(cells).collect::<Vec<_>>().join("\n")
}

/// A cell's text on one line, as text divided by tabs takes it.
fn cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.starts_with('"') { format!("\"{}\"", line.replace('"', "\"\"")) } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_table_is_told_from_a_pasted_word() {
        for (text, expected) in [
            ("Order\tTotal\n1001\t$5.00\n", true),
            ("order,total\r\n1001,5.00", true),
            ("订单号;金额\n1001;5,00", true),
            ("a sentence, with a comma", false),
            ("two lines\nof prose", false),
            ("", false),
        ] {
            assert_eq!(is_table(text), expected, "{text}");
        }
    }

    #[test]
    fn a_cell_of_a_page_is_one_line() {
        assert_eq!(cell(" Ann\n  Lee\t"), "Ann Lee");
        assert_eq!(cell("\"5\" pot"), "\"\"\"5\"\" pot\"");
    }
}
