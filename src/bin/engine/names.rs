//! The order of names by the browser's own rules.

use js_sys::{Array, Function, Intl, JsString, Object, Reflect};
use protocol::Language;
use wasm_bindgen::prelude::*;

/// Sorts names as people of a language look them up: pinyin in Chinese, small and capital letters
/// alike in English, numbers by their size, so that customer 2 stands before customer 10. They go over and come back as one text: a call each would cost more than
/// sorting.
pub fn sort(language: Language, names: &mut Vec<String>) {
    match sorted(language, names) {
        Some(text) if !names.is_empty() => *names = text.split('\n').map(str::to_owned).collect(),
        _ => names.sort_unstable(),
    }
}

fn sorted(language: Language, names: &[String]) -> Option<String> {
    let locales = Array::of1(&language.tag().into());
    let options = Object::new();
    Reflect::set(&options, &"numeric".into(), &true.into()).ok()?;
    let compare = Intl::Collator::new(&locales, &options).compare();
    let list: Array = JsString::from(names.join("\n")).split("\n");
    // The list's own method: it calls the collator without a way through this program.
    let sort: Function = Reflect::get(&list, &"sort".into()).ok()?.dyn_into().ok()?;
    sort.call1(&list, &compare).ok()?;
    Some(list.join("\n").into())
}
