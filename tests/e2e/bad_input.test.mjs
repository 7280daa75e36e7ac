// Files that are wrong in one way or another: what is said of each in both languages, which rows are
// kept, and that nothing stored changes before the user says so.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { browserForTests, chooseFiles, download, importFiles, open } from "./support.mjs";
import { shop } from "./shop.mjs";

const newPage = browserForTests({ shared: true });
const LANGUAGES = ["en-US", "zh-CN"];
const HEADER = "order_id,customer_email,ordered_at,total,currency,status,channel\n";
const GOOD = "N1,ann@example.com,2026-01-05 10:00:00,20.00,USD,paid,web\n";

/** What, content, code, and what is said in each language. */
const REFUSED = [
  ["an empty file", "", "empty_file", /empty.*Export it again/, /空的.*重新导出/],
  ["a header without rows", HEADER, "header_only", /no rows.*longer period/, /没有数据行.*更长的时间范围/],
  ["a picture", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_table", /no table of orders.*as CSV/, /不是订单表.*CSV/],
  ["zero bytes", "\0".repeat(4096), "damaged", /damaged.*again/, /已损坏.*重新/],
  ["a table of something else", "sku,shelf\nA1,12\nA2,13\n", "unknown_kind", /columns are: .*shelf/, /文件中的列.*shelf/],
];

/** What, rows after a good one, their reasons or what is warned of, and how many orders are kept. */
const MENDED = [
  ["a row without a date", "N2,b@example.com,,20.00,USD,paid,web\n", { row: [3, "No date", "缺少日期"] }],
  ["a row without an amount", "N2,b@example.com,2026-01-07,,USD,paid,web\n", { row: [3, "No amount", "缺少金额"] }],
  ["a day that is none", "N2,b@example.com,2026-02-30,5,USD,paid,web\n", { row: [3, "is no date", "不是日期"] }],
  ["a ragged row", "N2,b@example.com,2026-01-07,5,USD,paid,web,x,y\n", { row: [3, "More fields", "字段数多于"] }],
  ["a short row", "N2,b@example.com\n", { row: [3, "Fewer fields", "字段数少于"] }],
  ["a half-written file", "N2,b@example.com,2026-0", { row: [3, "breaks off", "中断"], warning: ["file_cut_off", "Export it again", "重新导出"] }],
  ["another encoding", "N2,b@example.com,2026-01-07 10:00:00,5,USD,paid,Gr\xfc\xdfe\n", { warning: ["encoding_guessed", "which is a guess", "推测编码"] }],
  ["a day to come", "N2,b@example.com,2099-01-07 10:00:00,5,USD,paid,web\n", { warning: ["future_date", "Dates after today", "晚于今天"] }],
  ["a total below nothing", "N2,b@example.com,2026-01-07 10:00:00,-5,USD,paid,web\n", { warning: ["refund_without_order", "Refunds", "退款"] }],
  ["two currencies", "N2,b@example.com,2026-01-07 10:00:00,5,EUR,paid,web\n", { warning: ["several_currencies", "More than one currency", "多个币种"] }],
];

const report = async (page) => {
  await open(page, `/data?as_of=${shop.asOf}`);
  const { bytes } = await download(page, "export-report");
  return JSON.parse(bytes);
};

for (const [at, language] of LANGUAGES.entries()) {
  test(`what cannot be read is refused in words, and nothing stored changes (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await open(page);
    await importFiles(page, shop.file);
    const before = await report(page);
    await open(page, "/import");
    for (const [what, text, code, ...said] of REFUSED) {
      await chooseFiles(page, { name: "file.csv", bytes: Buffer.from(text, "latin1") });
      const refusal = page.locator(`[data-import-error][data-code="${code}"]`);
      await refusal.waitFor();
      assert.match(await refusal.innerText(), said[at], what);
      assert.ok(await page.locator('[data-action="import-confirm"]').isDisabled(), what);
    }
    assert.deepEqual(await report(page), before);
  });

  test(`of a file with a fault the good rows are kept, and the fault is named (${language})`, async (t) => {
    const page = await newPage(t, { language });
    await open(page);
    await importFiles(page, shop.file);
    const before = await report(page);
    await open(page, "/import");
    for (const [what, rows, { row, warning }] of MENDED) {
      const name = `${what}.csv`;
      await chooseFiles(page, { name, bytes: Buffer.from(HEADER + GOOD + rows, "latin1") });
      const found = page.locator(`[data-import-file="${name}"]`);
      await found.waitFor();
      if (row) {
        const [line, ...reason] = row;
        const cells = await found.locator(".found__rows tbody tr").first().locator("td, th").allInnerTexts();
        assert.equal(cells[0], String(line), what);
        assert.ok(cells[1].includes(reason[at]), `${what}: ${cells[1]}`);
      }
      if (warning) {
        const [code, ...said] = warning;
        const text = await found.locator(`[data-warning="${code}"]`).textContent();
        assert.ok(text.includes(said[at]), `${what}: ${text}`);
      }
    }
    assert.deepEqual(await report(page), before, "nothing is stored before the user says so");
  });
}

test("a file that no browser can take is refused at once", async (t) => {
  const page = await newPage(t);
  const folder = mkdtempSync(join(tmpdir(), "regulars-large-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "orders.csv");
  writeFileSync(path, HEADER + GOOD);
  // The rest has no blocks on the disk.
  truncateSync(path, 2 * 2 ** 30);
  await open(page);
  await chooseFiles(page, path);
  const refusal = page.locator('[data-import-error][data-code="too_large"]');
  await refusal.waitFor({ timeout: 10_000 });
  assert.match(await refusal.innerText(), /Export by year/);
});
