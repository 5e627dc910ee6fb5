import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, leanOf, PayloadError, splitSettings } from "../src/data/payload.js";
import { ARRAYS, HEADER, packed, WORDS, withSettings } from "./payloads.js";

function refused(header, arrays, why) {
  assert.throws(
    () => decode(packed(header, arrays)),
    (error) => error instanceof PayloadError && why.test(error.message),
  );
}

function changedPanel(changes) {
  return { ...HEADER, panels: [{ ...HEADER.panels[0], ...changes }] };
}

test("words and what is known of them are read", () => {
  const { vocabularies, panels, checkpoints, title, pins, html } = decode(packed(HEADER, ARRAYS));
  const [vocabulary] = vocabularies;
  assert.deepEqual(vocabulary.words, WORDS);
  assert.equal(vocabulary.ids.get("a,b"), 3);
  assert.deepEqual([...vocabulary.polarity], [1.5, -1.5, 0.5, NaN, 0]);
  assert.deepEqual([...vocabulary.leans], [1, 2, 0, 0, 0]); // beyond 0.5, not at it
  assert.deepEqual([...vocabulary.negative], [10, 900, 5000, 0, 70_000]);
  assert.deepEqual([...vocabulary.positive], [1200, 20, 5001, 0, 1]);
  assert.equal(panels[0].vocabulary, vocabulary);
  assert.deepEqual(panels[0].separation, { axis: [0.5, 0.75], space: [NaN, 1] });
  assert.deepEqual(
    checkpoints.map(({ name }) => name),
    ["before", "epoch 1", "after"],
  );
  assert.deepEqual([title, pins, html], ["Drift", ["great"], null]);
});

test("bytes that begin anywhere are read alike", () => {
  const bytes = packed(HEADER, ARRAYS);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const { panels } = decode(shifted.subarray(3));
  assert.deepEqual([...panels[0].coordinates], ARRAYS["p0/coordinates"][1]);
});

test("axes are the same at all frames, or those of each", () => {
  const named = decode(packed(changedPanel({ axes_by_frame: [["a", "b"]] }), ARRAYS)).panels[0];
  assert.deepEqual(
    [named.axes(0), named.axes(1)],
    [
      ["a", "b"],
      ["axis 1", "axis 2"],
    ],
  );
});

test("a word leans as in the first vocabulary that has it", () => {
  const payload = decode(packed(HEADER, ARRAYS));
  assert.deepEqual(
    ["great", "awful", "nowhere"].map((word) => leanOf(payload, word)),
    [1, 2, 0],
  );
});

test("damage is told, and what it is", () => {
  const bytes = packed(HEADER, ARRAYS);
  const damaged = [
    [new TextEncoder().encode("<!doctype html>"), /of another kind/],
    [bytes.subarray(0, 100), /cut short/],
    [bytes.subarray(0, bytes.length - 8), /cut short/],
    [bytes.map((byte, place) => (place === 8 ? 120 : byte)), /header cannot be read/],
  ];
  for (const [damage, why] of damaged) assert.throws(() => decode(damage), why);
  refused({ ...HEADER, version: 2 }, ARRAYS, /of version 2, this player reads 1/);
  refused({ ...HEADER, panels: [] }, ARRAYS, /it has no panels/);
  refused({ ...HEADER, checkpoints: [{ name: "x", frames: [2] }] }, ARRAYS, /names a frame that is missing/);
  refused(changedPanel({ scale: [1, null] }), ARRAYS, /scale is no number/);
  refused(changedPanel({ vocabulary: 1 }), ARRAYS, /has no vocabulary/);
  refused(HEADER, { ...ARRAYS, "v0/whole": ["uint8", [1]] }, /v0\/whole has 1 numbers instead of 5/);
  refused(
    HEADER,
    { ...ARRAYS, "p0/coordinates": ["int8", ARRAYS["p0/coordinates"][1]] },
    /coordinates is of type int8/,
  );
  const { "v0/polarity": _, ...rest } = ARRAYS;
  refused(HEADER, rest, /v0\/polarity is missing/);
});

test("language and state stand before the payload, or nothing does", () => {
  const bytes = packed(HEADER, ARRAYS);
  const settings = { speech: { language: "ko", messages: { Play: "재생" } }, start: { pins: "naïve", lasso: ["é"] } };
  const { bytes: rest, ...split } = splitSettings(withSettings(settings, bytes));
  assert.deepEqual(split, settings);
  assert.deepEqual(rest, bytes);
  assert.deepEqual(splitSettings(bytes), { bytes });
});
