//! Sheets of workbooks: every kind of cell, and which sheets become tables.

use crate::{csv, tables, xlsx_of, zip_of};
use containers::{NoteCode, Refusal, unpack_all};
use std::collections::HashSet;

#[test]
fn every_kind_of_cell_becomes_its_value() {
    let rows = r#"
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>When</t><rPh><t>x</t></rPh></is></c>
            <c r="C1" t="s"><v>1</v></c><c r="D1" t="str"><f>A1&amp;B1</f><v>Who</v></c></row>
        <row r="3" spans="1:4"><c r="A3"><v>1001</v></c><c r="B3" s="2"><v>40513.3513888889</v></c>
            <c r="C3"><f>1+1</f><v>2.5499999999999998</v></c><c r="D3" t="s"><v>2</v></c></row>
        <row><c><v>2.58946012345678E+18</v></c><c s="1"><v>45413</v></c><c t="b"><v>1</v></c>
            <c t="e"><v>#N/A</v></c></row>
        <row r="5"><c r="A5" t="inlineStr"><is><t>=1+1</t></is></c><c r="B5" s="3"><v>1.5</v></c>
            <c r="C5" s="2"/><c r="D5" t="d"><v>2024-05-01T10:00:00.000</v></c></row>
        <row r="6"><c r="B6" t="s"><v>99</v></c><c r="D6" t="inlineStr"><is><t> </t></is></c></row>"#;
    assert_eq!(
        csv(&xlsx_of(&[("A", "visible", rows)], false)),
        "Order,When,Total,Who\n\
         \n\
         1001,2010-12-01 08:26:00,2.55,Ann & Ben\n\
         2.58946E+18,2024-05-01,TRUE,\n\
         =1+1,36:00:00,,2024-05-01 10:00:00\n"
    );
}

#[test]
fn the_calendar_of_1904_is_another() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>43951</v></c></row>"#;
    assert_eq!(csv(&xlsx_of(&[("A", "visible", rows)], true)), "1,2024-05-01\n");
}

#[test]
fn sheets_that_hold_a_table_and_show_become_tables() {
    let table = r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>"#;
    let note = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
    let file = xlsx_of(
        &[
            ("Read me", "visible", note),
            ("A &amp; B", "visible", table),
            ("Empty", "visible", ""),
            ("Lists", "hidden", table),
            ("Codes", "veryHidden", table),
            ("C", "visible", table),
        ],
        false,
    );
    let tables = unpack_all("orders.xlsx", &file).unwrap();
    let names: Vec<_> = tables.iter().map(|table| &*table.name).collect();
    assert_eq!(names, ["orders.xlsx › A & B", "orders.xlsx › C"]);
    let [note] = &tables[0].notes[..] else { panic!("{:?}", tables[0].notes) };
    assert_eq!((note.code, &*note.detail, note.count), (NoteCode::HiddenSheets, "Lists, Codes", 2));
    assert!(tables[1].notes.is_empty());
}

#[test]
fn a_workbook_of_empty_sheets_is_refused() {
    let file = xlsx_of(&[("A", "visible", ""), ("B", "visible", "<row r=\"1\"/>")], false);
    assert_eq!(tables("a.xlsx", &file), Err(Refusal::NothingInside));
}

#[test]
fn a_sheet_that_ends_at_the_last_row_that_there_is_may_be_cut() {
    let sheet = |row: u32| {
        let rows = format!(
            r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="{row}"><c><v>3</v></c></row>"#
        );
        let file = xlsx_of(&[("A", "visible", &rows)], false);
        let mut tables = unpack_all("a.xlsx", &file).unwrap();
        tables.remove(0).notes.into_iter().map(|note| note.code).collect::<Vec<_>>()
    };
    assert_eq!(sheet(1_048_576), [NoteCode::RowLimitReached]);
    assert_eq!(sheet(1_048_575), []);
}

#[test]
fn no_row_is_lost_however_rows_are_numbered() {
    let row = |number: &str, text: &str| {
        format!("<row {number}><c t='str'><v>{text}</v></c><c><v>1</v></c></row>")
    };
    let rows = [row("r='2'", "a"), row("", "b"), row("r='2'", "c"), row("r='1'", "d")].concat();
    assert_eq!(csv(&xlsx_of(&[("A", "visible", &rows)], false)), "\na,1\nb,1\nc,1\nd,1\n");
    let far = row("r='4000000000'", "a");
    assert_eq!(tables("a.xlsx", &xlsx_of(&[("A", "visible", &far)], false)), Err(Refusal::Damaged));
}

#[test]
fn libreoffice_workbooks_are_read_too() {
    let content = r#"<office:document-content><office:automatic-styles>
        <style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>
        <style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
        </office:automatic-styles><office:body><office:spreadsheet>
        <table:table table:name="Orders" table:style-name="ta1"><table:table-column/>
        <table:table-row><table:table-cell office:value-type="string"><text:p>Order</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>Total</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="16000"/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="17"><text:p>17.00</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2024-05-01T10:00:00"><text:p>1 May</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><office:annotation><text:p>a remark</text:p></office:annotation><text:p>Ann<text:s text:c="2"/>&amp;</text:p><text:p>Ben</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        </table:table>
        <table:table table:name="Lists" table:style-name="ta2"><table:table-row>
        <table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="time" office:time-value="PT08H26M00S"/></table:table-row></table:table>
        </office:spreadsheet></office:body></office:document-content>"#;
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
    let file = |manifest: &[u8]| {
        zip_of(&[
            ("mimetype", mimetype),
            ("content.xml", content.as_bytes()),
            ("META-INF/manifest.xml", manifest),
        ])
    };
    let tables = unpack_all("a.ods", &file(b"<manifest:manifest/>")).unwrap();
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].name, "a.ods › Orders");
    assert_eq!(
        String::from_utf8(tables[0].text()).unwrap(),
        "Order,Total,Total\n17,2024-05-01 10:00:00,\"Ann  &\nBen\"\n17,2024-05-01 10:00:00,\"Ann  &\nBen\"\n"
    );
    assert_eq!(tables[0].notes[0].code, NoteCode::HiddenSheets);
    let locked = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/>";
    assert_eq!(unpack_all("a.ods", &file(locked)).unwrap_err(), Refusal::Encrypted);
}

#[test]
fn a_workbook_with_paths_of_another_system_is_found() {
    let member = |path: &str, xml: &'static str| (path.to_owned(), xml.as_bytes());
    let members = [
        member("[Content_Types].xml", "<Types/>"),
        member(
            "XL\\Workbook.xml",
            "<x:workbook xmlns:x='a'><x:sheet name='A' r:id='r1'/></x:workbook>",
        ),
        member(
            "XL\\_rels\\Workbook.xml.rels",
            "<Relationships><Relationship Id='r1' Type='/worksheet' Target='/xl/sheets/one.xml'/></Relationships>",
        ),
        member(
            "XL\\sheets\\one.xml",
            "<x:worksheet><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c t='str'><x:v>a</x:v></x:c></x:row></x:sheetData></x:worksheet>",
        ),
    ];
    let members: Vec<_> = members.iter().map(|(path, bytes)| (&**path, *bytes)).collect();
    assert_eq!(csv(&zip_of(&members)), "1,a\n");
}

/// What the figures of a shop are made of, from rows of invoice, item, text, quantity, time, price,
/// customer and country.
#[derive(Debug, Default, PartialEq)]
struct Facts {
    rows: usize,
    orders: usize,
    refunds: usize,
    customers: usize,
    rows_without_customer: usize,
    negative_rows: usize,
    /// In hundredths, of the orders and of the refunds.
    sums: (i64, i64),
    first: String,
    last: String,
}

fn facts(csv: &str) -> Facts {
    let mut facts = Facts::default();
    let (mut orders, mut refunds, mut customers) = (HashSet::new(), HashSet::new(), HashSet::new());
    for line in csv.lines().skip(1) {
        let cells = cells(line);
        let [invoice, _, _, quantity, at, price, customer, _] = &cells[..] else {
            panic!("{line}")
        };
        let quantity: i64 = quantity.parse().unwrap();
        let amount = quantity * (price.parse::<f64>().unwrap() * 100.0).round() as i64;
        facts.rows += 1;
        facts.negative_rows += usize::from(quantity < 0);
        if customer.is_empty() {
            facts.rows_without_customer += 1;
        } else {
            customers.insert(customer.clone());
        }
        if invoice.starts_with('C') {
            facts.sums.1 += amount;
            refunds.insert(invoice.clone());
        } else {
            facts.sums.0 += amount;
            orders.insert(invoice.clone());
        }
        if facts.first.is_empty() {
            facts.first.clone_from(at);
        }
        facts.last.clone_from(at);
    }
    (facts.orders, facts.refunds, facts.customers) = (orders.len(), refunds.len(), customers.len());
    facts
}

/// The fields of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut is_quoted) = (vec![String::new()], false);
    for letter in line.replace("\"\"", "\u{1}").chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            letter => cells.last_mut().unwrap().push(if letter == '\u{1}' { '"' } else { letter }),
        }
    }
    cells
}

/// The figures were worked out from the file's XML by another program.
#[test]
fn a_published_workbook_keeps_every_fact() {
    let csv = csv(include_bytes!("../data/online_retail_600_rows.xlsx"));
    assert!(csv.starts_with(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n\
         536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850,"
    ));
    let expected = Facts {
        rows: 600,
        orders: 43,
        refunds: 3,
        customers: 32,
        rows_without_customer: 0,
        negative_rows: 9,
        sums: (1_741_463, -17_363),
        first: "2010-12-01 08:26:00".to_owned(),
        last: "2010-12-01 11:49:00".to_owned(),
    };
    assert_eq!(facts(&csv), expected);
}

#[test]
fn a_published_workbook_of_thousands_of_rows_keeps_every_fact() {
    let csv = csv(include_bytes!("../data/online_retail_5k_sharedstr.xlsx"));
    let expected = Facts {
        rows: 5_061,
        orders: 274,
        refunds: 29,
        customers: 200,
        rows_without_customer: 1_205,
        negative_rows: 72,
        sums: (10_481_705, -186_633),
        first: "2010-12-01 08:26:00".to_owned(),
        last: "2010-12-02 18:25:00".to_owned(),
    };
    assert_eq!(facts(&csv), expected);
}
