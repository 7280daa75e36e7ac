//! What another device has to know to find the shop, as a link and as a code. Never a secret: neither
//! password nor token nor passphrase, and nothing of an address behind its `?`, where services put
//! keys and signatures.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use protocol::sync::{SyncKind, SyncPlace};

/// Before the code in the fragment of a link, which reaches no server.
const MARK: &str = "join=";

/// What would end a value, or be taken for something else on the way.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'%').add(b'&').add(b'+').add(b'#').add(b'<').add(b'>');

/// The code of a place: `kind=webdav&url=https://dav.example.com/shop&user=ana`.
pub fn code_of(place: &SyncPlace) -> String {
    let (region, bucket) = match &place.kind {
        SyncKind::S3 { region, bucket } => (region.as_str(), bucket.as_str()),
        _ => ("", ""),
    };
    let parts = [
        ("kind", place.kind.code()),
        ("url", without_query(&place.url)),
        ("user", place.user.as_deref().unwrap_or_default()),
        ("region", region),
        ("bucket", bucket),
    ];
    let filled = parts.iter().filter(|(_, value)| !value.is_empty());
    let written =
        filled.map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, ESCAPED)));
    written.collect::<Vec<_>>().join("&")
}

/// An address up to its `?` or `#`.
pub fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// The link to a page of the data screen that joins.
pub fn link_of(page: &str, place: &SyncPlace) -> String {
    format!("{page}#{MARK}{}", code_of(place))
}

/// The place that a link, the fragment of one or a code means.
pub fn place_of(text: &str) -> Option<SyncPlace> {
    let text = text.trim();
    let code = text.split_once(MARK).map_or(text, |it| it.1);
    let value = |name: &str| {
        let pairs = code.split('&').filter_map(|pair| pair.split_once('='));
        let found = pairs.into_iter().find(|(known, _)| *known == name)?;
        let decoded = percent_decode_str(found.1).decode_utf8().ok()?.trim().to_owned();
        (!decoded.is_empty()).then_some(decoded)
    };
    let kind = match value("kind")?.as_str() {
        "webdav" => SyncKind::WebDav,
        "files" => SyncKind::Files,
        "s3" => SyncKind::S3 { region: value("region")?, bucket: value("bucket")? },
        "couch" => SyncKind::Couch,
        "postgrest" => SyncKind::Postgrest,
        "rest" => SyncKind::Rest,
        "single" => SyncKind::SingleUrl,
        _ => return None,
    };
    // Whether it is sealed the test of the server tells.
    Some(SyncPlace { kind, url: value("url")?, user: value("user"), sealed: false })
}

/// Whether the fragment of an address is of such a link.
pub fn is_of_link(fragment: &str) -> bool {
    fragment.trim_start_matches('#').starts_with(MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(kind: SyncKind) -> SyncPlace {
        SyncPlace {
            kind,
            url: "https://dav.example.com/ana+shop/50%25/x=1&y=茶".to_owned(),
            user: Some("ana & ben".to_owned()),
            sealed: false,
        }
    }

    #[test]
    fn a_link_brings_the_place_over() {
        let s3 = SyncKind::S3 { region: "eu-central-1".to_owned(), bucket: "shop".to_owned() };
        for kind in [
            SyncKind::WebDav,
            SyncKind::Files,
            s3,
            SyncKind::Couch,
            SyncKind::Postgrest,
            SyncKind::Rest,
            SyncKind::SingleUrl,
        ] {
            let place = place(kind);
            let link = link_of("https://regulars.example.com/data", &place);
            assert_eq!(place_of(&link).as_ref(), Some(&place), "{link}");
            assert_eq!(place_of(&format!(" {}\n", code_of(&place))).as_ref(), Some(&place));
            // A browser writes letters of other scripts its own way into an address.
            let written = link.replace('茶', "%E8%8C%B6");
            assert_eq!(place_of(written.split_once('#').unwrap().1), Some(place));
        }
    }

    #[test]
    fn a_code_can_be_read_and_typed() {
        let plain = SyncPlace {
            kind: SyncKind::WebDav,
            url: "https://dav.example.com/shop".to_owned(),
            user: Some("ana@example.com".to_owned()),
            sealed: true,
        };
        let code = "kind=webdav&url=https://dav.example.com/shop&user=ana@example.com";
        assert_eq!(code_of(&plain), code);
    }

    #[test]
    fn what_may_be_a_key_stays_here() {
        let url = "https://files.example.com/shop.json?token=s3cret#x".to_owned();
        let code = code_of(&SyncPlace { url, user: None, ..place(SyncKind::SingleUrl) });
        assert_eq!(code, "kind=single&url=https://files.example.com/shop.json");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for text in
            ["", "hello", "kind=ftp&url=x", "kind=webdav", "kind=s3&url=https://example.com"]
        {
            assert_eq!(place_of(text), None, "{text}");
        }
    }

    #[test]
    fn only_links_to_join_are_taken_off_the_address() {
        assert!(is_of_link("#join=kind=webdav"));
        assert!(!is_of_link("#backup"));
        assert!(!is_of_link(""));
    }
}
