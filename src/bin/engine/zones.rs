//! Time zones by the browser's own database.

use js_sys::{Array, Function, Intl, Object, Reflect};
use model::Zone;
use std::ops::RangeInclusive;
use wasm_bindgen::prelude::*;

/// Learns a zone for the instants `during`; `None` if the browser knows none of that name.
pub fn learn(name: &str, during: RangeInclusive<i64>) -> Option<Zone> {
    let options = Object::new();
    for (key, value) in [("timeZone", name), ("timeZoneName", "longOffset")] {
        Reflect::set(&options, &key.into(), &value.into()).ok()?;
    }
    let locales = Array::of1(&"en-US".into());
    // The constructor throws on an unknown name, so it is called where a throw can be caught.
    let constructor: Function =
        Reflect::get(&Intl::DateTimeFormat::new(&locales, &Object::new()), &"constructor".into())
            .ok()?
            .dyn_into()
            .ok()?;
    let formatter = Reflect::construct(&constructor, &Array::of2(&locales, &options)).ok()?;
    let format: Function = Reflect::get(&formatter, &"format".into()).ok()?.dyn_into().ok()?;
    let offset_at = |instant: i64| {
        let date = JsValue::from_f64(instant as f64 * 1000.0);
        let text = format.call1(&JsValue::NULL, &date).ok().and_then(|it| it.as_string());
        text.and_then(|text| parse_offset(&text)).unwrap_or(0)
    };
    Some(Zone::from_probe(name, during, offset_at))
}

/// Seconds of an offset at the end of a text: `1/1/2026, GMT-05:00`; `GMT` alone is 0.
fn parse_offset(text: &str) -> Option<i32> {
    let (_, offset) = text.rsplit_once("GMT")?;
    if offset.is_empty() {
        return Some(0);
    }
    let (sign, digits) = match offset.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-" | "\u{2212}", digits) => (-1, digits),
        _ => return None,
    };
    let mut seconds = 0;
    for (part, unit) in digits.split(':').zip([3_600, 60, 1]) {
        seconds += part.parse::<i32>().ok()? * unit;
    }
    Some(sign * seconds)
}
