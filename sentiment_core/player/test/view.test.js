import assert from "node:assert/strict";
import { test } from "node:test";
import {
  confine,
  DEEPEST,
  equalExtents,
  extentOf,
  panBy,
  roundSteps,
  transformOf,
  wholeView,
  zoomAt,
} from "../src/picture/view.js";

const EXTENT = { x: 2, y: -1, halfX: 4, halfY: 2 };
const SIZE = [800, 600];

/** The coordinates under a pixel. */
function placeAt(view, x, y) {
  const { unit, left, top } = transformOf(EXTENT, view, ...SIZE);
  return [(x - left) / unit, (top - y) / unit];
}

function near(actual, expected) {
  for (const [place, value] of expected.entries()) assert.ok(Math.abs(actual[place] - value) < 1e-9, `${actual}`);
}

test("the extent holds all words at all frames, with a margin, and is never empty", () => {
  const panel = { coordinates: Int16Array.from([0, 0, 10, -20, 30, 0, 10, 20]), scale: [0.1, 0.01], centre: [5, 1] };
  const { x, y, halfX, halfY } = extentOf(panel);
  near([x, y], [6.5, 1]);
  near([halfX, halfY], [1.5 * 1.07, 0.2 * 1.07]);
  const alone = extentOf({ ...panel, coordinates: Int16Array.from([3, 3]) });
  assert.ok(alone.halfX > 0 && alone.halfY > 0);
});

test("a unit is as long along either axis, and the whole view shows everything", () => {
  const { unit } = transformOf(EXTENT, wholeView(EXTENT), ...SIZE);
  assert.equal(unit, 100);
  near(placeAt(wholeView(EXTENT), 400, 300), [2, -1]);
});

test("what lies under the pointer stays there as one zooms", () => {
  const before = wholeView(EXTENT);
  const after = zoomAt(before, EXTENT, ...SIZE, 3, 500, 250);
  assert.equal(after.scale, 3);
  near(placeAt(after, 500, 250), placeAt(before, 500, 250));
});

test("a view stays within the extent and the deepest zoom", () => {
  assert.equal(zoomAt(wholeView(EXTENT), EXTENT, ...SIZE, 1e6, 400, 300).scale, DEEPEST);
  assert.deepEqual(confine({ scale: 0.2, x: 9, y: 9 }, EXTENT, ...SIZE), { scale: 1, x: 2, y: -1 });
  const { scale, x, y } = panBy({ scale: 4, x: 2, y: -1 }, EXTENT, ...SIZE, -1e5, 0);
  near([scale, x, y], [4, 2 + 4 - 1, -1]); // one unit is half the picture at this zoom
});

test("equal extents share their size and keep their middles", () => {
  const [first, second] = equalExtents([EXTENT, { x: 0, y: 0, halfX: 1, halfY: 5 }]);
  assert.deepEqual(first, { x: 2, y: -1, halfX: 4, halfY: 5 });
  assert.deepEqual(second, { x: 0, y: 0, halfX: 4, halfY: 5 });
});

test("steps are round numbers between the bounds", () => {
  assert.deepEqual(roundSteps(-1.1, 1.2, 5), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(roundSteps(3, 97, 5), [20, 40, 60, 80]);
});
