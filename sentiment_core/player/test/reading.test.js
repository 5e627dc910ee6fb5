import assert from "node:assert/strict";
import { test } from "node:test";
import {
  pathThrough,
  placeAfter,
  probabilityAfter,
  reach,
  runsLeftwards,
  unsigned,
  wordByKey,
  wordTicks,
} from "../src/reading/geometry.js";

test("a word's value is the last one at or before its end", () => {
  // The second word has two tokens, which end in its middle and at its end; the third word has no token's end.
  const model = { x: [1, 1.5, 2, 4], p: [0.1, 0.2, 0.3, 0.4], reads: 4 };
  assert.deepEqual(
    [0, 1, 2, 3].map((word) => placeAfter(model, word)),
    [0, 2, 2, 3],
  );
  assert.deepEqual(
    [0, 1, 2, 3].map((word) => probabilityAfter(model, word)),
    [0.1, 0.3, 0.3, 0.4],
  );
});

test("before its first value and after what it reads a model has none", () => {
  const model = { x: [3, 4], p: [0.1, null], reads: 4 };
  assert.equal(placeAfter(model, 0), -1);
  assert.equal(probabilityAfter(model, 0), null);
  assert.equal(probabilityAfter(model, 3), null);
  assert.equal(probabilityAfter(model, 4), null);
});

test("a path is broken where a value is missing", () => {
  assert.equal(pathThrough([0, 1, 2, 3], [5, null, 6, 7]), "M0.0,5.0M2.0,6.0L3.0,7.0");
  assert.equal(pathThrough([], []), "");
});

test("ticks are round and few", () => {
  assert.deepEqual(wordTicks(7, 10), [1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(wordTicks(73, 10), [10, 20, 30, 40, 50, 60, 70]);
  assert.ok(wordTicks(1000, 5).length <= 5);
  assert.deepEqual(wordTicks(1, 2), [1]);
});

test("a bar reaches as far as its value on the common scale", () => {
  assert.equal(reach(-1, 2), 0.5);
  assert.equal(reach(2, 2), 1);
  assert.equal(reach(0, 0), 0);
});

test("a value that would be written as -0.00 has no sign", () => {
  assert.deepEqual([-0.004, 0.004, -0.005, 1.5].map(unsigned), [0, 0, -0.005, 1.5]);
});

test("the first letter says which way a text runs", () => {
  assert.equal(runsLeftwards(["فيلم", "good"]), true);
  assert.equal(runsLeftwards(["!", "שלום"]), true);
  assert.equal(runsLeftwards(["good", "فيلم"]), false);
  assert.equal(runsLeftwards(["영화", "🎉"]), false);
  assert.equal(runsLeftwards(["🎉", "!"]), false);
});

test("arrows go to the neighbour on their side and stop at the ends", () => {
  assert.equal(wordByKey("ArrowRight", 2, 5, false), 3);
  assert.equal(wordByKey("ArrowLeft", 2, 5, false), 1);
  assert.equal(wordByKey("ArrowLeft", 2, 5, true), 3);
  assert.equal(wordByKey("ArrowRight", 4, 5, false), 4);
  assert.equal(wordByKey("ArrowLeft", 0, 5, false), 0);
  assert.equal(wordByKey("Home", 3, 5, false), 0);
  assert.equal(wordByKey("End", 3, 5, false), 4);
  assert.equal(wordByKey("Tab", 3, 5, false), null);
});
