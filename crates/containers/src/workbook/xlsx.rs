//! Excel's own format since 2007: a zip of XML (ECMA-376).
//!
//! Each sheet is read as it unpacks, so that of a large workbook only the shared texts and the
//! table that comes of a sheet are in memory.

use super::format::Format;
use super::strings::{SharedStrings, push_unescaped};
use super::value::{push_formatted, push_iso};
use super::{Hidden, Tables};
use crate::archive::Archive;
use crate::bounds::Budget;
use crate::markup::{Markup, Tag, Token};
use crate::refusal::Refusal;
use crate::sheet::{MOST_ROWS, Sheet};
use crate::table::Table;
use std::collections::HashMap;
use std::io::Read;

/// What all sheets of a workbook share.
struct Workbook {
    strings: SharedStrings,
    formats: Vec<Format>,
    is_1904: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    is_hidden: bool,
}

/// Makes a table of each sheet that shows.
pub fn unpack_xlsx(
    archive: &mut Archive<'_>,
    budget: &Budget,
    file: &str,
    take: &mut dyn FnMut(Table),
) -> Result<(), Refusal> {
    unpack(archive, file, take).map_err(|refusal| budget.refusal(refusal))
}

fn unpack(
    archive: &mut Archive<'_>,
    file: &str,
    take: &mut dyn FnMut(Table),
) -> Result<(), Refusal> {
    let is_workbook = |path: &str| path.to_ascii_lowercase().ends_with("workbook.xml");
    let at = archive.members().iter().position(|it| is_workbook(&it.path));
    let at = at.ok_or(Refusal::Damaged)?;
    let path = archive.members()[at].path.clone();
    let (folder, own) = path.rsplit_once('/').unwrap_or(("", &path));
    let (listed, is_1904) = read_list(archive.member(at)?)?;
    let relations = archive.find(&format!("{folder}/_rels/{own}.rels")).ok_or(Refusal::Damaged)?;
    let relations = read_relations(archive.member(relations)?, folder)?;
    let find = |archive: &Archive<'_>, path: &Option<String>| {
        path.as_deref().and_then(|path| archive.find(path))
    };
    let formats = match find(archive, &relations.styles) {
        Some(at) => read_formats(archive.member(at)?)?,
        None => Vec::new(),
    };
    let strings = match find(archive, &relations.strings) {
        Some(at) => SharedStrings::read(archive.member(at)?)?,
        None => SharedStrings::default(),
    };
    let workbook = Workbook { strings, formats, is_1904 };
    let mut hidden = Hidden::default();
    listed.iter().filter(|it| it.is_hidden).for_each(|it| hidden.leave_out(&it.name));
    let mut tables = Tables::new(file, hidden, take);
    for sheet in listed.iter().filter(|it| !it.is_hidden) {
        // Charts and macros are sheets too; they have other relations.
        let Some(target) = relations.sheets.get(&sheet.relation) else { continue };
        let at = archive.find(target).ok_or(Refusal::Damaged)?;
        tables.take(&sheet.name, workbook.read_sheet(archive.member(at)?)?, MOST_ROWS)?;
    }
    tables.finish()
}

fn read_list(input: impl Read) -> Result<(Vec<Listed>, bool), Refusal> {
    let mut markup = Markup::new(input);
    let (mut listed, mut is_1904) = (Vec::new(), false);
    while let Some(token) = markup.next()? {
        let Token::Open(tag) = token else { continue };
        match tag.name {
            b"workbookPr" => {
                is_1904 = matches!(tag.attribute(b"date1904"), Some(b"1" | b"true"));
            }
            b"sheet" => listed.push(Listed {
                name: tag.text(b"name").unwrap_or_default(),
                relation: tag.text(b"id").unwrap_or_default(),
                is_hidden: tag.attribute(b"state").is_some_and(|state| state != b"visible"),
            }),
            _ => {}
        }
    }
    Ok((listed, is_1904))
}

/// Paths of the parts that a workbook is made of.
#[derive(Default)]
struct Relations {
    /// By their relation to the workbook.
    sheets: HashMap<String, String>,
    strings: Option<String>,
    styles: Option<String>,
}

fn read_relations(input: impl Read, folder: &str) -> Result<Relations, Refusal> {
    let mut markup = Markup::new(input);
    let mut relations = Relations::default();
    while let Some(token) = markup.next()? {
        let Token::Open(tag) = token else { continue };
        let (Some(id), Some(target)) = (tag.text(b"id"), tag.text(b"target")) else { continue };
        let path = match target.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("{folder}/{}", target.trim_start_matches("./")),
        };
        let kind = tag.text(b"type").unwrap_or_default();
        match kind.rsplit('/').next() {
            Some("worksheet") => {
                relations.sheets.insert(id, path);
            }
            Some("sharedStrings") => relations.strings = Some(path),
            Some("styles") => relations.styles = Some(path),
            _ => {}
        }
    }
    Ok(relations)
}

/// The formats of cells by the number of their style.
fn read_formats(input: impl Read) -> Result<Vec<Format>, Refusal> {
    let mut markup = Markup::new(input);
    let (mut own, mut formats, mut in_cells) = (HashMap::new(), Vec::new(), false);
    while let Some(token) = markup.next()? {
        match token {
            Token::Open(tag) => match tag.name {
                b"numFmt" => {
                    let code = tag.text(b"formatCode").unwrap_or_default();
                    own.insert(tag.number(b"numFmtId").unwrap_or(0), Format::of_code(&code));
                }
                b"cellXfs" => in_cells = true,
                b"xf" if in_cells => {
                    let id = tag.number(b"numFmtId").unwrap_or(0);
                    formats.push(own.get(&id).copied().unwrap_or(Format::built_in(id)));
                }
                _ => {}
            },
            Token::Close(b"cellXfs") => in_cells = false,
            _ => {}
        }
    }
    Ok(formats)
}

/// How the value of a cell is to be taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number(Format),
    Shared,
    Text,
    Boolean,
    Iso,
    /// An error, as `#N/A`: no value.
    Error,
}

impl Workbook {
    fn read_sheet(&self, input: impl Read) -> Result<Sheet, Refusal> {
        let mut markup = Markup::new(input);
        let mut sheet = Sheet::default();
        let (mut row, mut column, mut kind) = (0, 0, Kind::Text);
        let (mut in_value, mut in_phonetic, mut is_whole) = (false, false, false);
        let (mut raw, mut text) = (String::new(), String::new());
        while let Some(token) = markup.next()? {
            match token {
                Token::Open(tag) => match tag.name {
                    b"c" => {
                        column = tag.attribute(b"r").and_then(column_of).unwrap_or(column);
                        kind = self.kind(&tag);
                        raw.clear();
                    }
                    b"v" | b"t" => in_value = !in_phonetic,
                    b"rPh" => in_phonetic = true,
                    b"row" => {
                        // Never back to one that was written.
                        let number =
                            tag.number(b"r").map_or(row, |number| number.saturating_sub(1));
                        row = number.max(row);
                        column = 0;
                        sheet.begin_row(row)?;
                    }
                    _ => {}
                },
                Token::Text(written) if in_value => written.push_to(&mut raw),
                Token::Text(_) => {}
                Token::Close(name) => match name {
                    b"v" | b"t" => in_value = false,
                    b"rPh" => in_phonetic = false,
                    b"c" => {
                        text.clear();
                        sheet.fill(column, self.text(kind, &raw, &mut text));
                        column += 1;
                    }
                    b"row" => row += 1,
                    b"sheetData" => {
                        is_whole = true;
                        break;
                    }
                    _ => {}
                },
            }
        }
        if is_whole { Ok(sheet) } else { Err(Refusal::Damaged) }
    }

    fn kind(&self, tag: &Tag<'_>) -> Kind {
        match tag.attribute(b"t") {
            Some(b"s") => Kind::Shared,
            Some(b"str" | b"inlineStr") => Kind::Text,
            Some(b"b") => Kind::Boolean,
            Some(b"d") => Kind::Iso,
            Some(b"e") => Kind::Error,
            _ => {
                let style = tag.number(b"s").unwrap_or(0) as usize;
                Kind::Number(self.formats.get(style).copied().unwrap_or_default())
            }
        }
    }

    /// The value of a cell; `text` is room for it.
    fn text<'t>(&'t self, kind: Kind, raw: &str, text: &'t mut String) -> &'t str {
        match kind {
            Kind::Shared => {
                let number = raw.trim().parse::<usize>().ok();
                return number.and_then(|at| self.strings.get(at)).unwrap_or_default();
            }
            _ if raw.is_empty() => {}
            Kind::Number(format) => push_formatted(raw, format, self.is_1904, text),
            Kind::Text => push_unescaped(raw, text),
            Kind::Boolean => text.push_str(if raw.trim() == "1" { "TRUE" } else { "FALSE" }),
            Kind::Iso => push_iso(raw, text),
            Kind::Error => {}
        }
        text
    }
}

/// The column of a cell, as of `AB12`, counted from 0.
fn column_of(cell: &[u8]) -> Option<u32> {
    let letters = cell.iter().take_while(|byte| byte.is_ascii_alphabetic()).take(4);
    let number = |sum: u32, byte: &u8| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
    letters.fold(0, number).checked_sub(1)
}
