// The live view's numbers: the log, axes that stay, frames as they come, patience.

import assert from "node:assert/strict";
import { test } from "node:test";
import { holds } from "../src/live/drift.js";
import { Feed, partsOf } from "../src/live/feed.js";
import { Log, lastBefore } from "../src/live/log.js";
import { Moments, readBatch } from "../src/live/moments.js";
import { endOfSteps, growLinear, growLog, growShare, roundUp, thinPath, ticksTo } from "../src/live/scales.js";
import { sayState, sayTime } from "../src/live/status.js";
import { farthest } from "../src/live/strip.js";
import { patience } from "../src/page/poll.js";
import { packed } from "./payloads.js";

const JOB = { state: "running", ended: false, stage: "training", place: 0, wait: null, left: 60, done: 0, total: 0 };

function answer(from, events, job = JOB) {
  return { from, next: from + events.length, more: false, events, job };
}

function steps(run, step, more = {}) {
  return {
    kind: "steps",
    run,
    step,
    loss: 1 / step,
    accuracy: 0.5,
    gradient_norm: 1,
    tokens: 100 * step,
    seconds: step,
    ...more,
  };
}

const START = {
  kind: "start",
  runs: [
    { name: "rnn", steps: 40, steps_per_epoch: 20, parameters: 7 },
    { name: "lstm", steps: 40, steps_per_epoch: 20, parameters: 9 },
  ],
};

test("a log becomes series, and speed is tokens over seconds", () => {
  const log = new Log(2);
  log.take(answer(0, [START, steps(0, 10), steps(1, 10), steps(0, 20, { tokens: 3000, seconds: 15 })]));
  assert.deepEqual(log.runs[0].train.step, [10, 20]);
  assert.deepEqual(log.runs[1].train.step, [10]);
  assert.equal(log.runs[0].train.rate[0], 100);
  assert.equal(log.runs[0].train.rate[1], 2000 / 5);
  assert.equal(log.reached, 20);
  assert.equal(log.steps, 40);
});

test("what a kill made void is dropped from every series of that network, and comes again", () => {
  const log = new Log(2);
  const made = [10, 20].flatMap((step) => [
    steps(0, step),
    steps(1, step),
    { kind: "checkpoint", run: 0, step, valid_loss: 0.5, valid_accuracy: 0.7 },
    { kind: "pins", run: 0, step, probabilities: [0.5] },
    { kind: "reach", run: 0, step, distances: [0], last: [0] },
    { kind: "frame", run: 0, step, index: 0 },
  ]);
  log.take(answer(0, [START, ...made, { kind: "resumed", run: 0, step: 15 }]));
  const { train, valid, pins, reach, frames } = log.runs[0];
  assert.deepEqual(
    [train, valid, pins, reach].map(({ step }) => step),
    [[10], [10], [10], [10]],
  );
  assert.equal(train.loss.length, 1);
  assert.deepEqual(frames, [10]);
  assert.deepEqual(log.runs[1].train.step, [10, 20]);
  log.take(answer(log.next, [steps(0, 20)]));
  assert.deepEqual(log.runs[0].train.step, [10, 20]);
});

test("a step that comes twice counts once, and another log starts anew", () => {
  const log = new Log(1);
  log.take(answer(0, [steps(0, 10), steps(0, 10, { loss: 0.25 })]));
  assert.deepEqual(log.runs[0].train.loss, [0.25]);
  log.take(answer(0, [steps(0, 3)]));
  assert.deepEqual(log.runs[0].train.step, [3]);
});

test("a network that fails is told of until it is resumed before that", () => {
  const log = new Log(2);
  log.take(answer(0, [steps(0, 10), { kind: "failed", run: 0, step: 12, problem: null }]));
  assert.equal(log.runs[0].failed, 12);
  assert.equal(log.runs[1].failed, null);
  log.take(answer(log.next, [{ kind: "resumed", run: 0, step: 5 }]));
  assert.equal(log.runs[0].failed, null);
});

test("numbers that are none, and events of no network, break nothing", () => {
  const log = new Log(1);
  log.take(answer(0, [steps(0, 1, { loss: null, accuracy: undefined }), steps(5, 2), { kind: "unheard of" }]));
  assert.deepEqual(log.runs[0].train.loss, [null]);
  assert.deepEqual(log.runs[0].train.accuracy, [null]);
});

test("moments are the steps at which anything but losses was recorded", () => {
  const log = new Log(2);
  log.take(
    answer(0, [
      steps(0, 1),
      { kind: "frame", run: 0, step: 0 },
      { kind: "frame", run: 1, step: 4 },
      { kind: "pins", run: 1, step: 2, probabilities: [] },
    ]),
  );
  assert.deepEqual(log.moments(), [0, 2, 4]);
});

test("the last step at or before another", () => {
  assert.deepEqual(
    [-1, 0, 3, 9].map((step) => lastBefore([0, 3, 5], step)),
    [-1, 0, 1, 2],
  );
});

test("the axis of steps grows in few steps, and ends with the training", () => {
  const ends = new Set(Array.from({ length: 1001 }, (_, reached) => endOfSteps(reached, 1000)));
  assert.deepEqual([...ends], [63, 125, 250, 500, 1000]);
  for (let reached = 0; reached <= 1000; reached++) assert.ok(endOfSteps(reached, 1000) >= reached);
  assert.equal(endOfSteps(3, 20), 20);
});

test("vertical axes grow and never shrink", () => {
  const bounds = { low: 0, high: 1 };
  assert.equal(growLinear(bounds, 0.9), bounds);
  assert.deepEqual(growLinear(bounds, 3), { low: 0, high: 5 });
  assert.equal(growLinear(bounds, -Infinity), bounds);
  assert.deepEqual(growShare({ low: 0.4, high: 1 }, 0.1), { low: 0, high: 1 });
  assert.deepEqual(growLog({ low: -2, high: 1 }, 0.0005, 300), { low: -4, high: 3 });
  const kept = { low: -2, high: 1 };
  assert.equal(growLog(kept, Infinity, -Infinity), kept);
});

test("round numbers", () => {
  assert.deepEqual([0.03, 1, 1.2, 2.2, 6, 700].map(roundUp), [0.05, 1, 2, 2.5, 10, 1000]);
  assert.deepEqual(ticksTo(1, 4), [0, 0.25, 0.5, 0.75, 1]);
});

test("a long line is thinned to the pixels, and keeps its highest and lowest points and its gaps", () => {
  const count = 5000;
  const xs = Array.from({ length: count }, (_, place) => (100 * place) / count);
  const ys = xs.map((_, place) => (place === 2500 ? 0 : place === 2510 ? 99 : 50));
  const path = thinPath(xs, ys);
  assert.ok(path.split(/[ML]/).length < 1000);
  assert.match(path, /,0\.0/);
  assert.match(path, /,99\.0/);
  assert.equal(thinPath([0, 1, 2], [5, null, 6]), "M0,5.0M2,6.0");
});

function batch(stepsOf, { words = true, basis = 2, come = 9 } = {}) {
  const frames = stepsOf.map((step) => ({
    step,
    scale: [0.5, 0.25],
    centre: [1, step],
    displacement_scale: 0.1,
    visible: 0.5,
  }));
  const header = {
    version: 1,
    fit: "movement",
    basis,
    explained: [0.5, 0.2],
    dimensions: 4,
    come,
    words: 2,
    frames,
  };
  const text = new TextEncoder().encode("great\nawful");
  const vocabulary = {
    "v0/text": ["uint8", text],
    "v0/polarity": ["int8", [32, -32]],
    "v0/counts": ["uint32", [1, 2, 3, 4]],
    "v0/whole": ["uint8", [1, 1]],
  };
  return readBatch(
    packed(words ? { ...header, vocabularies: [{ words: 2 }] } : header, {
      coordinates: ["int16", stepsOf.flatMap((step) => [2, 4, -2, step])],
      displacement: ["uint16", stepsOf.flatMap((step) => [step, 0])],
      ...(words ? vocabulary : {}),
    }),
  );
}

test("frames are decoded by their own scales, appended, and dropped where they are void", () => {
  const moments = new Moments(batch([0, 5]));
  assert.deepEqual([...moments.filled], [2, 1, 0, 0, 2, 6, 0, 6.25]);
  for (let step = 6; step < 60; step++) moments.add(batch([step], { words: false }));
  assert.equal(moments.steps.length, 56);
  assert.deepEqual([...moments.filled.subarray(0, 8)], [2, 1, 0, 0, 2, 6, 0, 6.25]);
  moments.add(batch([30, 31], { words: false }));
  assert.equal(moments.last, 31);
  moments.drop(5);
  assert.deepEqual(moments.steps, [0, 5]);
  assert.ok(!moments.fits(batch([6], { words: false, basis: 4 })));
});

test("frames without words cannot begin, and damaged ones are refused", () => {
  assert.throws(() => new Moments(batch([0], { words: false })));
  assert.throws(() => readBatch(new Uint8Array(40)));
});

test("a view holds what moves within it", () => {
  const outer = { x: 0, y: 0, halfX: 2, halfY: 2 };
  assert.ok(holds(outer, { x: 0.5, y: 0, halfX: 1.5, halfY: 1 }));
  assert.ok(!holds(outer, { x: 1, y: 0, halfX: 1.5, halfY: 1 }));
});

test("tries grow rarer, up to a quarter of a minute", () => {
  assert.deepEqual([1, 2, 3, 9].map(patience), [1000, 2000, 4000, 5000]);
});

test("a strip says how far a thousandth of the gradient arrives", () => {
  assert.equal(farthest({ distances: [0, 1, 8, 64], last: [0, -1, -2.9, -5] }), 8);
});

test("states and times are said as one would", () => {
  assert.equal(sayState({ ...JOB, state: "waiting", place: 2 }), "Waiting: 2 jobs before it");
  assert.equal(sayState(JOB), "Training");
  assert.equal(sayState({ ...JOB, state: "paused" }), "Paused");
  assert.equal(sayTime(0.2), "1 second");
  assert.equal(sayTime(100), "2 minutes");
});

test("an answer is a chain of parts, and an empty part keeps its place", () => {
  const bytes = new Uint8Array([2, 0, 0, 0, 7, 8, 0, 0, 0, 0, 1, 0, 0, 0, 9]);
  assert.deepEqual(
    partsOf(bytes.buffer).map((part) => [...part]),
    [[7, 8], [], [9]],
  );
});

/**
 * A feed of one network whose server gives these answers in turn, and what it was asked for.
 * @param {{events: any[], frames: number[]|null, more?: boolean}[]} answers
 */
function feedOf(answers) {
  const feed = new Feed("", new Log(1), 1, { basis: 2, fit: "movement" });
  /** @type {number[]} */
  const asked = [];
  feed.ask = async (known) => {
    asked.push(known[0]?.last ?? -1);
    const given = answers.shift() ?? { events: [], frames: null };
    const come = (known[0]?.steps.length ?? 0) + (given.frames?.length ?? 0);
    const frames = given.frames && batch(given.frames, { words: !known[0], come });
    return { answer: { ...answer(feed.log.next, given.events), more: given.more ?? false }, batches: [frames] };
  };
  return { feed, asked };
}

test("frames that come with a kill are asked for again, so that none is missing", async () => {
  const { feed, asked } = feedOf([
    { events: [], frames: [0, 5, 9] },
    { events: [{ kind: "resumed", run: 0, step: 5 }], frames: [12] },
    { events: [], frames: [8, 12] },
  ]);
  await feed.news(true);
  await feed.news(true);
  assert.deepEqual(asked, [-1, 9, 5]);
  assert.deepEqual(feed.moments[0]?.steps, [0, 5, 8, 12]);
});

test("all that is there comes at once, and other axes replace the frames only when they are whole", async () => {
  const { feed, asked } = feedOf([
    { events: [steps(0, 1)], frames: [0], more: true },
    { events: [steps(0, 2)], frames: [5] },
    { events: [], frames: [0, 5] },
    { events: [], frames: null },
  ]);
  assert.deepEqual(await feed.news(true), { news: true, came: true });
  const before = feed.moments[0];
  const found = await feed.refit({ basis: 0, fit: "variance" });
  assert.deepEqual(asked, [-1, 0, -1, 5]);
  assert.notEqual(feed.moments[0], before);
  assert.deepEqual(found?.[0].steps, [0, 5]);
});
