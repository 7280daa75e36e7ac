//! A workbook of a hundred thousand orders from bytes to text.

use containers::unpack;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ORDERS: u32 = 100_000;

/// The rows as Excel writes them: references, styles and shared texts.
fn rows() -> String {
    let mut rows = String::new();
    for order in 1..=ORDERS {
        let _ = write!(
            rows,
            r#"<row r="{order}" spans="1:6"><c r="A{order}"><v>{}</v></c><c r="B{order}" t="inlineStr"><is><t>c{:07}@example.com</t></is></c><c r="C{order}" s="1"><v>{}.{:04}</v></c><c r="D{order}"><v>{}.{:02}</v></c><c r="E{order}" t="s"><v>0</v></c><c r="F{order}" t="s"><v>1</v></c></row>"#,
            1_000_000 + order,
            order * 7919 % 20_000,
            45_000 + order / 100,
            order % 10_000,
            order % 400,
            order % 100
        );
    }
    rows
}

fn workbook() -> std::io::Result<Vec<u8>> {
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, xml) in [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook><sheet name='Orders' r:id='r1'/></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<a><b Id='r1' Type='/worksheet' Target='worksheets/sheet1.xml'/><b Id='r2' Type='/styles' Target='styles.xml'/><b Id='r3' Type='/sharedStrings' Target='sharedStrings.xml'/></a>",
        ),
        ("xl/styles.xml", "<a><cellXfs><xf numFmtId='0'/><xf numFmtId='22'/></cellXfs></a>"),
        ("xl/sharedStrings.xml", "<sst><si><t>USD</t></si><si><t>paid</t></si></sst>"),
        ("xl/worksheets/sheet1.xml", &sheet),
    ] {
        zip.start_file(path, SimpleFileOptions::default())?;
        zip.write_all(xml.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn benches(criterion: &mut Criterion) {
    let Ok(file) = workbook() else { return };
    let mut group = criterion.benchmark_group("unpack");
    group.sample_size(10).throughput(Throughput::Elements(ORDERS.into()));
    group.bench_function("xlsx", |bencher| {
        bencher.iter(|| {
            let mut bytes = 0;
            let mut count = |block: &[u8]| bytes += block.len();
            let unpacked = unpack("orders.xlsx", &file, &mut |table| table.write(&mut count));
            black_box((unpacked.is_ok(), bytes))
        });
    });
    group.finish();
}

criterion_group!(unpacking, benches);
criterion_main!(unpacking);
