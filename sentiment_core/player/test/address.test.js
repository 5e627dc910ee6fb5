import assert from "node:assert/strict";
import { test } from "node:test";
import { carryTexts, knownWord, listMissing, MOST_PINS, readState, restIn, writeState } from "../src/data/address.js";
import { decode } from "../src/data/payload.js";
import { ARRAYS, HEADER, packed } from "./payloads.js";

const PAYLOAD = decode(packed(HEADER, ARRAYS));
const WHOLE = { scale: 1, x: 0, y: 0 };

/** A state of which texts say something, complete. */
function stateOf(texts, payload = PAYLOAD) {
  const { views, ...read } = readState(texts, payload);
  return { ...read, views: views.map((view) => view ?? WHOLE) };
}

test("what no text says is at its default, and a default writes no text", () => {
  const state = stateOf({});
  assert.equal(state.position, 2);
  assert.deepEqual(state.pins, ["great"]);
  assert.deepEqual(writeState(state, PAYLOAD), {});
});

test("every text comes back as it was written", () => {
  const texts = {
    moment: "1.5",
    pins: "awful,a%2Cb,100%25",
    zoom: "a:2.5,0.1,-0.3",
    present: "1",
    size: "frequency",
    scales: "equal",
    trails: "0",
    labels: "0",
    speed: "2",
  };
  const state = stateOf(texts);
  assert.deepEqual(state.pins, ["awful", "a,b", "100%"]);
  assert.deepEqual(state.views, [{ scale: 2.5, x: 0.1, y: -0.3 }]);
  assert.deepEqual(writeState(state, PAYLOAD), texts);
});

test("what plays begins at the start and writes no position", () => {
  const state = stateOf({ play: "1" });
  assert.deepEqual([state.position, state.playing], [0, true]);
  assert.deepEqual(writeState(state, PAYLOAD), { play: "1" });
});

test("an older address names its checkpoint, and a position goes first", () => {
  assert.equal(stateOf({ at: "epoch 1" }).position, 1);
  assert.equal(stateOf({ at: "epoch 1", moment: "0" }).position, 0);
  assert.equal(stateOf({ at: "first" }).position, 0);
  assert.equal(stateOf({ at: "nowhere" }).position, 2);
});

test("what cannot be understood falls back to its default", () => {
  const wrong = { moment: "-1", zoom: "a:0.5,1,1;c:2,0,0;a:nan", speed: "3", play: "yes", trails: "off" };
  assert.deepEqual(writeState(stateOf(wrong), PAYLOAD), {});
  assert.equal(stateOf({ moment: "1e1" }).position, 2);
  assert.equal(stateOf({ moment: "7" }).position, 2);
});

test("a player that does not play rests at the nearest checkpoint", () => {
  assert.deepEqual(
    [{ moment: "0.6" }, { moment: "0.4" }, {}].map((texts) => restIn(texts, PAYLOAD)),
    [1, 0, 2],
  );
});

test("words that are in no vocabulary are kept apart, and told", () => {
  const { pins, absent } = stateOf({ pins: "GREAT,zzq, ,great,zzq" });
  assert.deepEqual([pins, absent], [["great"], ["zzq"]]);
  assert.equal(listMissing(absent), "Not in the vocabulary: zzq");
  assert.equal(listMissing([]), "");
  assert.match(listMissing(Array.from({ length: 11 }, (_, place) => `w${place}`)), /w9, …$/);
});

test("a word is known as typed or in lower case", () => {
  assert.deepEqual(
    ["great", " Great ", "AWFUL", "x", " "].map((word) => knownWord(PAYLOAD, word)),
    ["great", "great", "awful", null, null],
  );
});

test("no more words are pinned than may be", () => {
  const words = Array.from({ length: MOST_PINS + 5 }, (_, place) => `w${place}`);
  const vocabulary = { words, ids: new Map(words.map((word, id) => [word, id])) };
  assert.equal(stateOf({ pins: words.join(",") }, { ...PAYLOAD, vocabularies: [vocabulary] }).pins.length, MOST_PINS);
});

test("another payload gets the checkpoint by its name, and a zoom only into the same plane", () => {
  const state = stateOf({ moment: "1", pins: "great,zzq", zoom: "a:2,0,0" });
  const other = decode(
    packed(
      {
        ...HEADER,
        panels: [{ ...HEADER.panels[0], title: "lstm" }],
        checkpoints: [HEADER.checkpoints[1], HEADER.checkpoints[0]],
      },
      ARRAYS,
    ),
  );
  assert.deepEqual(carryTexts({ state, payload: PAYLOAD }, other), { moment: "0", pins: "great,zzq" });
  const same = { ...PAYLOAD, checkpoints: PAYLOAD.checkpoints.slice(1) };
  assert.equal(carryTexts({ state, payload: PAYLOAD }, same).zoom, "a:2,0,0");
  const gone = { ...PAYLOAD, checkpoints: PAYLOAD.checkpoints.slice(2) };
  assert.equal(carryTexts({ state, payload: PAYLOAD }, gone).moment, undefined);
});

test("between two checkpoints that are neighbours elsewhere too, the position stays between them", () => {
  const state = stateOf({ moment: "0.25" });
  const shifted = { ...PAYLOAD, checkpoints: [{ name: "new", label: "new", frames: [0] }, ...PAYLOAD.checkpoints] };
  assert.equal(carryTexts({ state, payload: PAYLOAD }, shifted).moment, "1.25");
  const parted = { ...PAYLOAD, checkpoints: [PAYLOAD.checkpoints[0], PAYLOAD.checkpoints[2]] };
  assert.equal(carryTexts({ state, payload: PAYLOAD }, parted).moment, "0");
});
