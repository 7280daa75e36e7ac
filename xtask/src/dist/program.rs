//! Where the page's program is compiled: from the head, by `assets/start.js`, which says why.

use crate::error::Error;

/// The page that names its program in the head and takes it from there, in place of preloading and
/// then loading it.
pub fn from_head(page: &str) -> Result<String, Error> {
    let missing = |expected| Error::Site { file: "index.html".into(), expected };
    let named = "module_or_path: '";
    let start = page.find(named).ok_or_else(|| missing("the program's name"))? + named.len();
    let length =
        page[start..].find('\'').ok_or_else(|| missing("the end of the program's name"))?;
    let program = &page[start..start + length];
    let page = page.replace(
        &format!("module_or_path: '{program}'"),
        "module_or_path: await globalThis.regularsProgram",
    );
    let page = without_preload(&page, program).ok_or_else(|| missing("a preloaded program"))?;
    let start = page.find("<meta content=").ok_or_else(|| missing("<meta> elements"))?;
    let mention = format!("<meta content={program} name=program>");
    Ok(format!("{}{mention}{}", &page[..start], &page[start..]))
}

/// The page without the element that preloads a file.
fn without_preload(page: &str, file: &str) -> Option<String> {
    let mentions = page.match_indices(file).map(|(at, _)| at);
    let elements = mentions.filter_map(|at| {
        let (start, end) = (page[..at].rfind('<')?, at + page[at..].find('>')? + 1);
        page[start..end].contains("preload").then_some(start..end)
    });
    let element = elements.into_iter().next()?;
    Some(format!("{}{}", &page[..element.start], &page[element.end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_named_in_the_head_and_not_preloaded() {
        let page = "<head><meta content=x name=y><script type=module>await init({ module_or_path: \
                    './a-0f_bg.wasm' });</script><link href=./a-0f.js rel=modulepreload>\
                    <link as=fetch href=./a-0f_bg.wasm rel=preload></head>";
        assert_eq!(
            from_head(page).unwrap(),
            "<head><meta content=./a-0f_bg.wasm name=program><meta content=x name=y>\
             <script type=module>await init({ module_or_path: await globalThis.regularsProgram \
             });</script><link href=./a-0f.js rel=modulepreload></head>"
        );
        assert!(from_head("<head></head>").is_err());
    }
}
