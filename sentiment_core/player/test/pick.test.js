import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestWord, wordsWithin } from "../src/picture/pick.js";

const SCREEN = Float32Array.from([10, 10, 13, 10, 40, 40, 90, 10]);

test("the nearest common word within reach is meant, before a nearer rare one", () => {
  const common = Uint8Array.from([1, 0, 1, 1]);
  assert.equal(nearestWord(SCREEN, 13, 10, 14, common, []), 0);
  assert.equal(nearestWord(SCREEN, 13, 10, 14, Uint8Array.from([0, 0, 1, 1]), []), 1);
});

test("nothing is meant where no word is within reach", () => {
  assert.equal(nearestWord(SCREEN, 60, 70, 14, new Uint8Array(4), []), -1);
});

test("a preferred word counts as half as far, and as common", () => {
  const common = Uint8Array.from([1, 1, 0, 0]);
  assert.equal(nearestWord(SCREEN, 11, 10, 14, common, [1]), 0); // one pixel against two halved
  assert.equal(nearestWord(SCREEN, 11.5, 10, 14, common, [1]), 1);
  assert.equal(nearestWord(SCREEN, 40, 40, 14, common, [2]), 2);
});

test("a polygon holds the words inside it by the even-odd rule", () => {
  assert.deepEqual(wordsWithin(SCREEN, [0, 0, 50, 0, 50, 50, 0, 50]), [0, 1, 2]);
  // A bow tie: its two halves hold words, its waist none.
  assert.deepEqual(wordsWithin(Float32Array.from([5, 25, 25, 5, 45, 25]), [0, 0, 50, 50, 50, 0, 0, 50]), [0, 2]);
});
