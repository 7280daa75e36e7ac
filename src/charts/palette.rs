//! Colours as the style sheet names them, read for the canvas.

use leptos::prelude::{document, window};
use plotters::style::RGBColor;

/// The colours and the font of the page as it looks now.
pub struct Palette(web_sys::CssStyleDeclaration);

impl Palette {
    /// `None` only outside a page.
    pub fn current() -> Option<Palette> {
        let root = document().document_element()?;
        window().get_computed_style(&root).ok().flatten().map(Palette)
    }

    /// The colour of a token as `--c1`; mid grey if the style sheet has none of that name.
    pub fn color(&self, token: &str) -> RGBColor {
        let value = self.0.get_property_value(token).unwrap_or_default();
        parse_hex(value.trim()).unwrap_or(RGBColor(128, 128, 128))
    }

    /// The page's font stack.
    pub fn font(&self) -> String {
        let value = self.0.get_property_value("--font").unwrap_or_default();
        if value.trim().is_empty() { "sans-serif".to_owned() } else { value.trim().to_owned() }
    }
}

/// Reads `#0b6e69` or `#fff`.
fn parse_hex(text: &str) -> Option<RGBColor> {
    let digits = text.strip_prefix('#').filter(|it| it.is_ascii())?;
    let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    // One digit stands for itself twice.
    let nibble = |at: usize| u8::from_str_radix(digits.get(at..=at)?, 16).ok().map(|it| it * 17);
    match digits.len() {
        6 => Some(RGBColor(byte(0)?, byte(2)?, byte(4)?)),
        3 => Some(RGBColor(nibble(0)?, nibble(1)?, nibble(2)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_the_style_sheet_writes_them() {
        for (text, color) in [
            ("#0b6e69", Some(RGBColor(11, 110, 105))),
            ("#FFF", Some(RGBColor(255, 255, 255))),
            ("#12345", None),
            ("teal", None),
            ("#äöü", None),
            ("", None),
        ] {
            assert_eq!(parse_hex(text), color, "{text}");
        }
    }
}
