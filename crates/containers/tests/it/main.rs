//! Files as merchants have them, made here part by part, and what becomes of them.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod archives;
mod calendars;
mod corpus;
mod hostile;
mod workbooks;

use containers::{Refusal, Table, unpack_all};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip archive of members.
fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in members {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of sheets: name, state, and the XML of its rows. The shared texts are `Order`,
/// `Total` and `Ann & Ben`; the styles are a number, a day, a day with a time and a duration.
fn xlsx_of(sheets: &[(&str, &str, &str)], is_1904: bool) -> Vec<u8> {
    let numbered = || (1..).zip(sheets);
    let listed = |(id, (name, state, _)): (usize, &(&str, &str, &str))| {
        format!(r#"<sheet name="{name}" sheetId="{id}" state="{state}" r:id="rId{id}"/>"#)
    };
    let list = numbered().map(listed).collect::<Vec<_>>().concat();
    let relation = |id: &str, kind: &str, part: &str| {
        format!(r#"<Relationship Id="{id}" Type="http://x/relationships/{kind}" Target="{part}"/>"#)
    };
    let relations = numbered()
        .map(|(id, _)| {
            relation(&format!("rId{id}"), "worksheet", &format!("worksheets/sheet{id}.xml"))
        })
        .chain([
            relation("styles", "styles", "styles.xml"),
            relation("strings", "sharedStrings", "SharedStrings.xml"),
        ])
        .collect::<Vec<_>>()
        .concat();
    let parts: Vec<(String, String)> = numbered()
        .map(|(id, (_, _, rows))| {
            let xml = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
            (format!("xl/worksheets/sheet{id}.xml"), xml)
        })
        .collect();
    let workbook = format!(
        r#"<workbook><workbookPr date1904="{}"/><sheets>{list}</sheets></workbook>"#,
        u8::from(is_1904)
    );
    let relations = format!("<Relationships>{relations}</Relationships>");
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm"/></numFmts>
        <cellStyleXfs><xf numFmtId="22"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="46"/></cellXfs></styleSheet>"#;
    let strings =
        "<sst><si><t>Order</t></si><si><t>Total</t></si><si><t>Ann &amp; Ben</t></si></sst>";
    let mut members: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ];
    members.extend(parts.iter().map(|(path, xml)| (&**path, xml.as_bytes())));
    zip_of(&members)
}

/// A workbook with one sheet of an order.
fn small_xlsx() -> Vec<u8> {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
        <row r="2"><c r="A2"><v>1001</v></c><c r="B2"><v>19.9</v></c></row>"#;
    xlsx_of(&[("May", "visible", rows)], false)
}

/// Names and texts of the tables of a file.
fn tables(name: &str, bytes: &[u8]) -> Result<Vec<(String, String)>, Refusal> {
    let text = |table: &Table| String::from_utf8(table.text()).unwrap();
    let tables = unpack_all(name, bytes)?;
    Ok(tables.iter().map(|table| (table.name.clone(), text(table))).collect())
}

/// The text of the only table of a file.
fn csv(bytes: &[u8]) -> String {
    let mut tables = tables("file", bytes).unwrap();
    assert_eq!(tables.len(), 1);
    tables.remove(0).1
}
