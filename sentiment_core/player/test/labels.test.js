import assert from "node:assert/strict";
import { test } from "node:test";
import { Labels, rankWords } from "../src/picture/labels.js";

test("common whole words are named first, and pieces of words never", () => {
  const words = ["great", "vulner", "##antee", "movie", "boring", "ing"];
  const vocabulary = {
    words,
    whole: [1, 1, 0, 1, 1, 0],
    polarity: [1.5, 3, 3, 0, -2, NaN], // what a tokenizer left of other words leans more
    negative: [10, 1, 0, 150_000, 300, 0],
    positive: [1200, 2, 1, 149_000, 3, 0],
  };
  const displacement = new Uint16Array(words.length).fill(1);
  const { ranked, common } = rankWords({ vocabulary, frames: [0], displacement });
  assert.deepEqual(
    Array.from(ranked, (id) => words[id]),
    ["boring", "great", "movie", "vulner"],
  );
  assert.equal(common, 3);
});

const WORDS = 12;
const scene = {
  width: 2000,
  height: 1200,
  pinned: [],
  hovered: -1,
  chosen: null,
  rare: false,
  more: true,
  moving: false,
  size: 1,
  seconds: 1,
  screen: Float32Array.from({ length: 2 * WORDS }, (_, place) => 600 + [70, 25][place % 2] * (place >> 1)),
  measure: () => ({ width: 60, height: 18 }),
};

function boxesOf(labels) {
  return Array.from(labels.shown.values(), ({ id, x, y, width, height }) => {
    const left = scene.screen[2 * id] + x - width / 2;
    const top = scene.screen[2 * id + 1] + y - height / 2;
    return { left, top, right: left + width, bottom: top + height };
  });
}

function assertApart(boxes) {
  for (const [place, one] of boxes.entries()) {
    for (const other of boxes.slice(0, place)) {
      const apart =
        one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
      assert.ok(apart, `${JSON.stringify(one)} covers ${JSON.stringify(other)}`);
    }
  }
}

test("names cover no other after the text has grown, as when a presentation begins", () => {
  const labels = new Labels({ ranked: Uint32Array.from(Array(WORDS).keys()), common: WORDS });
  for (const size of [1, 3]) {
    const measure = () => ({ width: 60 * size, height: 18 * size });
    labels.layOut({ ...scene, size, measure });
    labels.layOut({ ...scene, size, measure }); // those that left are gone
  }
  const boxes = boxesOf(labels);
  assert.ok(boxes.length > 2);
  assertApart(boxes);
  for (const { left, right, top, bottom } of boxes) assert.deepEqual([right - left, bottom - top], [180, 54]);
});

test("pinned words are named even in one place, and where only they may be, no other is", () => {
  const labels = new Labels({ ranked: Uint32Array.from(Array(WORDS).keys()), common: WORDS });
  const screen = scene.screen.slice();
  screen.set([900, 400, 900, 400], 0);
  labels.layOut({ ...scene, screen, pinned: [0, 1], more: false });
  assert.deepEqual([...labels.shown.keys()], [0, 1]);
  const [first, second] = labels.shown.values();
  assert.ok(Math.abs(first.toY - second.toY) >= 18 || Math.abs(first.toX - second.toX) >= 60);
});

test("a lasso's words alone are named", () => {
  const labels = new Labels({ ranked: Uint32Array.from(Array(WORDS).keys()), common: WORDS });
  const chosen = new Uint8Array(WORDS);
  chosen[3] = chosen[7] = 1;
  labels.layOut({ ...scene, chosen });
  assert.deepEqual([...labels.shown.keys()], [3, 7]);
});
