// Workbooks and archives, made member by member as their formats ask for it.
import { crc32, deflateRawSync } from "node:zlib";

/** A zip archive of `[path, text or bytes]`. */
export function zip(members) {
  const local = [];
  const central = [];
  let offset = 0;
  for (const [path, content] of members) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const name = Buffer.from(path);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0); // version
    facts.writeUInt16LE(0x800, 2); // names are UTF-8
    facts.writeUInt16LE(8, 4); // deflated
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(name.length, 22);
    local.push(Buffer.from("PK\x03\x04"), facts, name, packed);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(offset, 10);
    central.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), facts, more, name);
    offset += 30 + name.length + packed.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, list, end]);
}

/** A workbook of `[name, rows]`, or of sheets as they are written; a cell is a text, a number, or a `Date`. */
export function xlsx(sheets) {
  const each = (text) => sheets.map((_, at) => text(at + 1)).join("");
  return zip([
    ["[Content_Types].xml", "<Types/>"],
    [
      "xl/workbook.xml",
      `<workbook><sheets>${sheets
        .map(([name], at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="r${at + 1}"/>`)
        .join("")}</sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `<Relationships>${each((n) => `<Relationship Id="r${n}" Type="x/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="styles" Type="x/styles" Target="styles.xml"/></Relationships>`,
    ],
    ["xl/styles.xml", '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>'],
    ...sheets.map(([, rows], at) => [`xl/worksheets/sheet${at + 1}.xml`, typeof rows === "string" ? rows : sheet(rows)]),
  ]);
}

function sheet(rows) {
  const lines = rows.map((cells, at) => `<row r="${at + 1}">${cells.map((it, column) => cell(it, column, at + 1)).join("")}</row>`);
  return `<worksheet><sheetData>${lines.join("")}</sheetData></worksheet>`;
}

function cell(value, column, row) {
  const at = `${String.fromCharCode(65 + column)}${row}`;
  if (value instanceof Date) return `<c r="${at}" s="1"><v>${value / 86_400_000 + 25_569}</v></c>`;
  if (typeof value === "number") return `<c r="${at}"><v>${value}</v></c>`;
  return `<c r="${at}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** A table of so many orders, with its header. */
export function orders(count) {
  const rows = [["order_id", "customer_email", "ordered_at", "total", "currency", "status", "channel", "city"]];
  for (let n = 0; n < count; n += 1) {
    const at = new Date(Date.UTC(2023, 0, 1) + n * 617_000);
    rows.push([100_000 + n, `c${(n * 7919) % 20_000}@example.com`, at, (n % 9_000) / 100 + 5, "USD", "paid", "web", "Springfield"]);
  }
  return rows;
}
