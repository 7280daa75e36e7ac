//! The tables of a web page. Many systems write one and name it `.xls`.

use crate::charset;
use crate::markup::{Markup, Tag, Token};
use crate::note::{Note, NoteCode};
use crate::refusal::{NoTable, Refusal};
use crate::sheet::{MOST_COLUMNS, Sheet};
use crate::table::Table;
use crate::workbook;
use memchr::memmem;
use model::nested_name;

/// Where a page names its encoding.
const HEAD_BYTES: usize = 8192;
/// A cell spans no more rows.
const MOST_ROWS_SPANNED: u32 = 65_534;

/// Makes a table of each table of the page.
pub fn unpack_page(name: &str, bytes: &[u8], take: &mut dyn FnMut(Table)) -> Result<(), Refusal> {
    let text = charset::text(bytes, label(bytes));
    let head = &text.as_bytes()[..text.len().min(HEAD_BYTES)];
    if memmem::find(head, b"office:spreadsheet").is_some()
        && memmem::find(head, b"Workbook").is_some()
        && memmem::find(head, b"<html").is_none()
    {
        return workbook::unpack_xml_2003(name, &text, take);
    }
    let mut reading = Reading::default();
    let is_whole = reading.read(&text)?;
    let sheets: Vec<Sheet> = reading.sheets;
    if sheets.is_empty() {
        return Err(Refusal::NotATable(NoTable::WebPage));
    }
    let count = sheets.len();
    for (at, sheet) in sheets.into_iter().enumerate() {
        let own = (at + 1).to_string();
        let name = if count == 1 { name.to_owned() } else { nested_name(name, &own) };
        let is_cut = at + 1 == count && !is_whole;
        let cut = is_cut.then(|| Note::new(NoteCode::FileCutOff, "", 1));
        take(Table::of_sheet(name, sheet).with_notes(cut));
    }
    Ok(())
}

/// The encoding that a page names.
fn label(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let said = |name: &[u8]| memmem::find(head, name).map(|at| &head[at + name.len()..]);
    let label = said(b"charset=").or_else(|| said(b"encoding="))?.trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let ends = |byte: &u8| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte);
    Some(&label[..label.iter().position(ends).unwrap_or(label.len())])
}

/// The tables read so far, and those that are open: one in a cell of the other.
#[derive(Default)]
struct Reading {
    sheets: Vec<Sheet>,
    open: Vec<Grid>,
}

/// A table that is being read.
#[derive(Default)]
struct Grid {
    sheet: Sheet,
    row: Option<Vec<(u32, String)>>,
    rows: u32,
    column: u32,
    cell: Option<Cell>,
    spanning: Vec<Spanning>,
}

/// A cell that is being read.
struct Cell {
    text: String,
    columns: u32,
    rows: u32,
}

/// A cell that reaches into the rows below: they have its text too.
struct Spanning {
    column: u32,
    columns: u32,
    rows_left: u32,
    text: String,
}

impl Reading {
    /// Reads all tables. `false`: the page breaks off within one.
    fn read(&mut self, text: &str) -> Result<bool, Refusal> {
        let mut markup = Markup::new(text.as_bytes());
        loop {
            let skipped: Option<&[u8]> = match markup.next() {
                Ok(Some(Token::Open(tag))) if tag.is("script") => Some(b"script"),
                Ok(Some(Token::Open(tag))) if tag.is("style") => Some(b"style"),
                Ok(Some(token)) => {
                    self.token(token)?;
                    None
                }
                Ok(None) | Err(Refusal::Damaged) => break,
                Err(refusal) => return Err(refusal),
            };
            if let Some(name) = skipped {
                markup.skip_to_close(name)?;
            }
        }
        let is_whole = self.open.is_empty();
        while !self.open.is_empty() {
            self.end_table()?;
        }
        Ok(is_whole)
    }

    fn token(&mut self, token: Token<'_>) -> Result<(), Refusal> {
        match token {
            Token::Open(tag) if tag.is("table") => {
                self.open.push(Grid::default());
                Ok(())
            }
            Token::Close(name) if name.eq_ignore_ascii_case(b"table") => self.end_table(),
            token => self.open.last_mut().map_or(Ok(()), |grid| grid.token(token)),
        }
    }

    fn end_table(&mut self) -> Result<(), Refusal> {
        let Some(mut grid) = self.open.pop() else { return Ok(()) };
        grid.end_row()?;
        self.sheets.extend(grid.sheet.finish()?);
        Ok(())
    }
}

impl Grid {
    fn token(&mut self, token: Token<'_>) -> Result<(), Refusal> {
        match token {
            Token::Open(tag) if tag.is("tr") => {
                self.end_row()?;
                self.row = Some(Vec::new());
            }
            Token::Open(tag) if tag.is("td") || tag.is("th") => self.begin_cell(&tag),
            Token::Open(tag) => {
                if let Some(cell) =
                    self.cell.as_mut().filter(|_| ["br", "p", "div"].iter().any(|it| tag.is(it)))
                {
                    cell.break_line();
                }
            }
            Token::Text(text) => {
                if let Some(cell) = &mut self.cell {
                    let mut written = String::new();
                    text.push_to(&mut written);
                    cell.push(&written);
                }
            }
            Token::Close(name) => match &*name.to_ascii_lowercase() {
                b"td" | b"th" => self.end_cell(),
                b"tr" => self.end_row()?,
                _ => {}
            },
        }
        Ok(())
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) {
        self.end_cell();
        self.row.get_or_insert_default();
        self.cell = Some(Cell {
            text: String::new(),
            columns: tag.number(b"colspan").unwrap_or(1).clamp(1, MOST_COLUMNS),
            rows: tag.number(b"rowspan").unwrap_or(1).clamp(1, MOST_ROWS_SPANNED),
        });
    }

    fn end_cell(&mut self) {
        let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) else { return };
        let reaches = |column: u32| {
            let covers = |it: &&Spanning| (it.column..it.column + it.columns).contains(&column);
            self.spanning.iter().find(covers).map(|it| it.column + it.columns)
        };
        while let Some(behind) = reaches(self.column) {
            self.column = behind;
        }
        if self.column >= MOST_COLUMNS {
            return;
        }
        let text = cell.text.trim().to_owned();
        if cell.rows > 1 {
            self.spanning.push(Spanning {
                column: self.column,
                columns: cell.columns,
                // This row is one of them.
                rows_left: cell.rows,
                text,
            });
        } else if !text.is_empty() {
            row.push((self.column, text));
        }
        self.column += cell.columns;
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell();
        let Some(mut row) = self.row.take() else { return Ok(()) };
        row.extend(self.spanning.iter().map(|it| (it.column, it.text.clone())));
        row.sort_by_key(|(column, _)| *column);
        self.sheet.begin_row(self.rows)?;
        for (column, text) in &row {
            self.sheet.fill(*column, text);
        }
        self.rows += 1;
        self.column = 0;
        self.spanning.retain_mut(|it| {
            it.rows_left -= 1;
            it.rows_left > 0
        });
        Ok(())
    }
}

impl Cell {
    /// Appends text; blanks and line breaks of the page are one blank.
    fn push(&mut self, text: &str) {
        for letter in text.chars() {
            if !letter.is_whitespace() {
                self.text.push(letter);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    fn break_line(&mut self) {
        if !self.text.is_empty() {
            self.text.truncate(self.text.trim_end().len());
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(page: &[u8]) -> Result<Vec<Table>, Refusal> {
        let mut tables = Vec::new();
        unpack_page("orders.xls", page, &mut |table| tables.push(table))?;
        Ok(tables)
    }

    fn csv(page: &[u8]) -> String {
        let tables = tables(page).unwrap();
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].name, "orders.xls");
        String::from_utf8(tables[0].text()).unwrap()
    }

    #[test]
    fn cells_are_read_whatever_the_page_leaves_open() {
        let page = b"<html><head><style>td { a: '<td>' }</style></head><body>
            <table border=1><tr><th>Order</th><TH>Buyer&nbsp;</TH><th>Total</th></tr>
            <tr><td>0012<td>Ann  &amp;\n Ben<br>Lee<td x:num='5'>5.00
            <tr><td>0013</td><td></td><td>6</td></tr></table><p>bye";
        assert_eq!(csv(page), "Order,Buyer,Total\n0012,\"Ann & Ben\nLee\",5.00\n0013,,6\n");
    }

    #[test]
    fn a_cell_over_several_rows_stands_in_each() {
        let page = b"<table><tr><td>Order<td>Item<td>Total
            <tr><td rowspan=2>1</td><td>tea</td><td rowspan=2>9</td></tr><tr><td>pot</td></tr>
            <tr><td colspan=2>2</td><td>7</td></tr></table>";
        assert_eq!(csv(page), "Order,Item,Total\n1,tea,9\n1,pot,9\n2,,7\n");
    }

    #[test]
    fn the_encoding_that_a_page_names_is_believed() {
        let page = b"<html><meta http-equiv=Content-Type content='text/html; charset=gb2312'>\
            <table><tr><td>\xb6\xa9\xb5\xa5</td><td>1</td></tr></table></html>";
        assert_eq!(csv(page), "订单,1\n");
    }

    #[test]
    fn several_tables_and_tables_in_cells_are_apart() {
        let page = b"<table><tr><td><table><tr><td>a<td>b</table></td></tr></table>
            <table><tr><td>c<td>d</tr><tr><td>e";
        let tables = tables(page).unwrap();
        let found: Vec<_> = (tables.iter())
            .map(|it| (&*it.name, String::from_utf8(it.text()).unwrap(), it.notes.len()))
            .collect();
        assert_eq!(
            found,
            [
                ("orders.xls › 1", "a,b\n".to_owned(), 0),
                ("orders.xls › 2", "c,d\ne,\n".to_owned(), 1)
            ]
        );
    }

    #[test]
    fn the_xml_of_excel_2003_is_a_workbook() {
        let page = br#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
            <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
              xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
            <Worksheet ss:Name="May"><Table><Row><Cell><Data ss:Type="String">Order</Data></Cell>
            <Cell><Data ss:Type="String">Date</Data></Cell></Row>
            <Row ss:Index="3"><Cell ss:Index="1"><Data ss:Type="Number">17</Data></Cell>
            <Cell><Data ss:Type="DateTime">2024-05-01T10:00:00.000</Data></Cell></Row></Table>
            </Worksheet></Workbook>"#;
        let tables = tables(page).unwrap();
        assert_eq!(tables[0].name, "orders.xls › May");
        assert_eq!(tables[0].text(), b"Order,Date\n\n17,2024-05-01 10:00:00\n");
    }

    #[test]
    fn a_page_without_a_table_is_refused() {
        assert_eq!(
            tables(b"<html><p>Sign in</p>").unwrap_err(),
            Refusal::NotATable(NoTable::WebPage)
        );
    }
}
