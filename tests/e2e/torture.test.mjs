// The short form of `cargo xtask torture kills`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { kills } from "./kills.mjs";

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 32);

for (const backend of ["leveldb", "sqlite"]) {
  test(`a browser killed while it edits loses nothing (${backend}, SEED=${seed})`, async () => {
    const { edits } = await kills("edits", backend, 4, seed);
    assert.ok(edits > 0, "something was stored before the kills");
  });

  test(`a browser killed while it imports has the old shop or the new one (${backend}, SEED=${seed})`, async () => {
    const { before, after } = await kills("imports", backend, 2, seed);
    assert.equal(before + after, 2);
  });
}
