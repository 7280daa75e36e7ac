//! Files that are not written in UTF-8.

use crate::read;
use encoding_rs::Encoding;
use model::{IdentityKey, OrderState};
use protocol::FileReport;
use std::fmt::Write as _;

const TAOBAO: &[u8] = include_bytes!("../data/syn_taobao_ExportOrderList_gb18030.csv");
const UNICODE_TEXT: &[u8] = include_bytes!("../data/syn_unicode_text_utf16le_tab.txt");

fn in_state(report: &FileReport, state: OrderState) -> u32 {
    report.states.iter().find(|(of, _)| *of == state).map_or(0, |(_, orders)| *orders)
}

#[test]
fn a_chinese_marketplaces_export_in_gb18030_has_its_figures() {
    let reading = read(TAOBAO);
    let report = &reading.report;
    assert_eq!(report.refusal, None);
    assert_eq!((report.orders, report.customers, report.anonymous), (60, 48, 12));
    let states = [OrderState::Paid, OrderState::Cancelled, OrderState::Unpaid];
    assert_eq!(states.map(|state| in_state(report, state)), [43, 9, 8]);
    assert_eq!(report.currencies.len(), 1);
    assert_eq!((report.currencies[0].valid_orders, report.currencies[0].net), (43, 1_330_166));
    let orders = reading.orders.unwrap();
    let member = IdentityKey::Member { platform: "taobao", name: "测试用户01" }.customer_id();
    assert!(orders.tables.customers.id.contains(&member));
}

#[test]
fn unicode_text_of_a_spreadsheet_is_read() {
    let report = read(UNICODE_TEXT).report;
    assert_eq!((report.orders, report.customers), (2, 0));
    assert_eq!(report.currencies[0].currency.code(), "EUR");
    assert_eq!((report.currencies[0].valid_orders, report.currencies[0].net), (2, 124_656));
}

#[test]
fn each_encoding_is_told_by_what_makes_sense_in_it() {
    for (label, header, city) in [
        ("gb18030", "订单编号,下单时间,实付款,城市,客户邮箱", "杭州市西湖区"),
        ("big5", "訂單編號,下單時間,實付金額,城市,客戶郵箱", "臺北市信義區"),
        ("shift_jis", "order_id,date,total,city,email", "東京都渋谷区ハチ公まえ"),
        ("euc-kr", "order_id,date,total,city,email", "서울특별시 종로구"),
        ("windows-1251", "order_id,date,total,city,email", "Санкт-Петербург"),
        ("windows-1252", "order_id,date,total,city,email", "Orléans-Évêché"),
        ("windows-1252", "order_id,date,total,city,email", "Düsseldorf"),
        ("utf-16le", "order_id,date,total,city,email", "Zürich"),
        ("utf-16be", "order_id,date,total,city,email", "Zürich"),
    ] {
        let mut text = format!("{header}\n");
        for n in 0..40 {
            let _ = writeln!(text, "{n},2026-03-{:02},19.90,{city},c{n}@example.com", n % 28 + 1);
        }
        let bytes = match label {
            "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => Encoding::for_label(label.as_bytes()).unwrap().encode(&text).0.into_owned(),
        };
        let reading = read(&bytes);
        assert_eq!(reading.report.refusal, None, "{label}");
        let orders = reading.orders.unwrap();
        assert_eq!(orders.tables.orders.len(), 40, "{label}");
        assert_eq!(orders.tables.customers.city.get(0), city, "{label}");
    }
}

#[test]
fn a_letter_cut_by_the_end_of_a_block_is_whole_again() {
    // Longer than the head and than a block, of rows of many lengths, so that letters are cut.
    let mut text = "订单编号,下单时间,实付款,城市\n".to_owned();
    for n in 0..60_000 {
        let _ = writeln!(text, "{n},2026-03-01,1.00,{}", "杭州市西湖区".repeat(n % 11 + 4));
    }
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let report = read(&bytes).report;
    assert!(bytes.len() > 5 << 20, "{}", bytes.len());
    assert!(!report.warnings.iter().any(|it| it.code == "bad_bytes"), "{:?}", report.warnings);
}

#[test]
fn lost_letters_are_counted() {
    let mut bytes = TAOBAO.to_vec();
    let at = bytes.windows(2).position(|pair| pair == b"\xb2\xe2").unwrap();
    bytes[at + 1] = b'\n';
    let report = read(&bytes).report;
    assert!(report.warnings.iter().any(|it| it.code == "bad_bytes"), "{:?}", report.warnings);
}

#[test]
fn chinese_unicode_text_of_a_spreadsheet_is_read() {
    let mut text = "\u{feff}订单编号\t下单时间\t实付款\t收货人\t客户邮箱\r\n".to_owned();
    for n in 0..40 {
        let _ = write!(text, "{n}\t2026-03-{:02}\t19.90\t李雷\tc{n}@example.com\r\n", n % 28 + 1);
    }
    for unit in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
        let reading = read(&bytes);
        assert_eq!(reading.report.refusal, None);
        let orders = reading.orders.unwrap();
        assert_eq!((orders.tables.orders.len(), orders.tables.customers.name.get(0)), (40, "李雷"));
    }
}
