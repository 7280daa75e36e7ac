//! What the site's pages may do, told to the browser: nothing but what they need. In every page
//! itself, so that it rules pages on any host, and as files for hosts that send headers with it: the
//! workers take theirs from the headers of their scripts alone.

use super::{Error, write};
use serde_json::json;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// The base address of a route's file. Most hosts send `/rfm` on to `/rfm/`, one folder down; some
/// answer at `/rfm` itself, where the folder is the site's own. It must be known before anything
/// else of the page is fetched, so it is the one script that stands in a page: by its hash.
pub const BASE_OF_ROUTE: &str = "<base href=\"../\"><script>if(!/(\\/|\\.html)$/.test(location.pathname))document.querySelector(\"base\").href=\"./\"</script>";

/// SHA-256 of that script.
const HASH_OF_BASE: &str = "sha256-FWm+nZJq6TOUMNyyUmRewZyyupQ2uOtamwRMzoNUGbc=";

/// Script and style of the page for wrong addresses (`xtask/assets/404.html`), which may stand at
/// any depth and so carries them.
const HASHES_OF_404: [&str; 2] = [
    "sha256-s9zXTYy9fVrsYAGjMFnfVndHlD+pRJEytxrBsjDcF+Q=",
    "sha256-ezy/Js9lWgUkisCoLF6CJPWZz1YKz1BMcXHZTLbmVH4=",
];

/// Scripts, programs and workers of the site's own, and no others; no line to anywhere else.
/// `wasm-unsafe-eval` lets WebAssembly be compiled; JavaScript's `eval` stays forbidden.
const RULES: [&str; 9] = [
    "default-src 'none'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "object-src 'none'",
];

/// Headers beside the policy. The last two rules hold in headers only.
const HEADERS: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// What the service worker's file is sent with besides.
const FRESH: (&str, &str) = ("Cache-Control", "no-cache");

fn rules() -> String {
    format!("{}; script-src 'self' 'wasm-unsafe-eval' '{HASH_OF_BASE}'", RULES.join("; "))
}

/// They hold for every page, the one for wrong addresses too.
fn rules_of_header() -> String {
    let [script, style] = HASHES_OF_404;
    let rules = rules().replace("style-src 'self'", &format!("style-src 'self' '{style}'"));
    format!("{rules} '{script}'; frame-ancestors 'none'")
}

/// The page for wrong addresses with a policy of its own: its script, its style, its links.
pub fn stated_of_404(page: &str) -> Result<String, Error> {
    const AFTER: &str = "<meta charset=\"utf-8\">";
    let missing = || Error::Site { file: "404.html".into(), expected: "<meta charset>" };
    let at = page.find(AFTER).ok_or_else(missing)? + AFTER.len();
    let [script, style] = HASHES_OF_404;
    let rules = format!(
        "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'self'; form-action 'none'"
    );
    let policy = format!("<meta http-equiv=Content-Security-Policy content=\"{rules}\">");
    Ok(format!("{}\n{policy}{}", &page[..at], &page[at..]))
}

/// Puts the script that Trunk writes into the page into a file of its own, named by its content.
pub fn in_files(dist: &Path, page: &str) -> Result<String, Error> {
    const OPENS: &str = "<script type=module>";
    const CLOSES: &str = "</script>";
    let missing = || Error::Site { file: "index.html".into(), expected: "script that begins" };
    let start = page.find(OPENS).ok_or_else(missing)?;
    let from = start + OPENS.len();
    let length = page[from..].find(CLOSES).ok_or_else(missing)?;
    let script = page[from..from + length].trim();
    let name = format!("begin-{:016x}.js", xxh3_64(script.as_bytes()));
    write(dist, &name, &format!("{script}\n"))?;
    let rest = &page[from + length + CLOSES.len()..];
    Ok(format!("{}<script type=module src=./{name}></script>{rest}", &page[..start]))
}

/// The page with its policy, before anything that it rules.
pub fn stated(page: &str) -> Result<String, Error> {
    const AFTER: &str = "<meta charset=utf-8>";
    let missing = || Error::Site { file: "index.html".into(), expected: "<meta charset>" };
    let at = page.find(AFTER).ok_or_else(missing)? + AFTER.len();
    let policy = format!("<meta http-equiv=Content-Security-Policy content=\"{}\">", rules());
    Ok(format!("{}{policy}{}", &page[..at], &page[at..]))
}

/// All headers by name, the policy first.
pub fn headers() -> Vec<(&'static str, String)> {
    let others = HEADERS.into_iter().map(|(name, value)| (name, value.to_owned()));
    [("Content-Security-Policy", rules_of_header())].into_iter().chain(others).collect()
}

/// Writes the headers as the common static hosts read them. The service worker's file is asked for
/// anew each time, on its way too: by it a browser finds the next build.
pub fn write_headers(dist: &Path) -> Result<(), Error> {
    let all = headers();
    let lines = |line: &dyn Fn(&str, &str) -> String| -> Vec<String> {
        all.iter().map(|(name, value)| line(name, value)).collect()
    };
    // Netlify, Cloudflare Pages.
    let netlify = lines(&|name, value| format!("  {name}: {value}")).join("\n");
    write(dist, "_headers", &format!("/*\n{netlify}\n/sw.js\n  {}: {}\n", FRESH.0, FRESH.1))?;
    // Apache.
    let apache = lines(&|name, value| format!("  Header always set {name} \"{value}\"")).join("\n");
    let apache = format!(
        "AddType application/wasm .wasm\n<IfModule mod_headers.c>\n{apache}\n\
         <Files sw.js>\n  Header always set {} \"{}\"\n</Files>\n</IfModule>\n",
        FRESH.0, FRESH.1
    );
    write(dist, ".htaccess", &apache)?;
    // nginx: to be included in the server's block.
    let nginx = lines(&|name, value| format!("add_header {name} \"{value}\" always;")).join("\n");
    write(dist, "nginx-headers.conf", &format!("{nginx}\n"))?;
    // Vercel.
    let pair = |name: &str, value: &str| json!({ "key": name, "value": value });
    let all: Vec<_> = all.iter().map(|(name, value)| pair(name, value)).collect();
    let vercel = json!({ "headers": [
        { "source": "/(.*)", "headers": all },
        { "source": "/sw.js", "headers": [pair(FRESH.0, FRESH.1)] },
    ] });
    write(dist, "vercel.json", &format!("{vercel}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_script_is_left_in_the_page_and_the_policy_comes_first() {
        let dist = std::env::temp_dir().join(format!("regulars-policy-{}", std::process::id()));
        std::fs::create_dir_all(&dist).unwrap();
        let page = "<!doctype html><html lang=en><meta charset=utf-8><base href=\"./\">                    <script src=./start.js></script><script type=module>import init from './a.js';</script>";
        let page = stated(&in_files(&dist, page).unwrap()).unwrap();
        assert!(!page.contains("import init"), "{page}");
        assert!(page.find("Content-Security-Policy").unwrap() < page.find("<script").unwrap());
        let name = page.split("src=./begin-").nth(1).unwrap().split('>').next().unwrap();
        let script = std::fs::read_to_string(dist.join(format!("begin-{name}"))).unwrap();
        assert_eq!(script, "import init from './a.js';\n");
        assert!(stated("<html>").is_err() && in_files(&dist, "<html>").is_err());
        std::fs::remove_dir_all(dist).unwrap();
    }

    #[test]
    fn the_page_for_wrong_addresses_states_its_own_before_its_script() {
        let page = stated_of_404(include_str!("../../assets/404.html")).unwrap();
        let policy = page.find("Content-Security-Policy").unwrap();
        assert!(policy < page.find("<base").unwrap() && policy < page.find("<script").unwrap());
        assert!(stated_of_404("<html>").is_err());
    }

    #[test]
    fn the_policy_lets_nothing_in_from_elsewhere() {
        let rules = rules();
        for never in ["*", "http:", "https:", "'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'"]
        {
            assert!(!rules.split(' ').any(|it| it.trim_end_matches(';') == never), "{never}");
        }
    }
}
