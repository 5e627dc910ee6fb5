import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, framesAt, namePosition, stepFrom } from "../src/data/timeline.js";

const CHECKPOINTS = ["before", "epoch 1", "after"].map((name, place) => ({
  name,
  label: name,
  frames: [place, Math.min(place, 1)],
}));
const playing = { position: 0, speed: 1, presenting: false };

test("time runs forward, slows down at each checkpoint and ends at the last", () => {
  const clock = new Clock(2, () => false);
  const positions = [0];
  while (positions.at(-1) < 2) {
    const { position } = clock.tick({ ...playing, position: positions.at(-1) }, 0.05);
    assert.ok(position > positions.at(-1));
    positions.push(position);
  }
  assert.equal(positions.length - 1, 50); // 1.25 seconds between two checkpoints
  const steps = positions.slice(1).map((position, place) => position - positions[place]);
  assert.ok(steps[0] < steps[12] / 3 && steps[24] < steps[12] / 3);
  assert.deepEqual(clock.tick({ ...playing, position: 2 }, 0.05), { playing: false });
});

test("twice the speed takes half the time", () => {
  const { position } = new Clock(2, () => false).tick({ ...playing, speed: 2 }, 1.25 / 4);
  assert.ok(Math.abs(position - 0.5) < 1e-9);
});

test("a presentation rests at the end, then begins again", () => {
  const clock = new Clock(2, () => false);
  const end = { ...playing, position: 2, presenting: true };
  assert.deepEqual(clock.tick(end, 2.4), {});
  assert.deepEqual(clock.tick(end, 0.2), { position: 0 });
});

test("for less motion time goes from one checkpoint straight to the next", () => {
  const clock = new Clock(2, () => true);
  assert.deepEqual(clock.tick(playing, 1.2), {});
  assert.deepEqual(clock.tick(playing, 0.1), { position: 1 });
});

test("a position lies between two frames of each panel", () => {
  assert.deepEqual(framesAt(CHECKPOINTS, 0, 1.25), { from: 1, to: 2, share: 0.25 });
  assert.deepEqual(framesAt(CHECKPOINTS, 1, 1.25), { from: 1, to: 1, share: 0.25 });
  assert.deepEqual(framesAt(CHECKPOINTS, 0, 2), { from: 2, to: 2, share: 0 });
});

test("a position is named by its checkpoint, or by both", () => {
  assert.equal(namePosition(CHECKPOINTS, 1), "epoch 1");
  assert.equal(namePosition(CHECKPOINTS, 1.5), "epoch 1 → after");
});

test("a step ends at a checkpoint, the nearer one in its direction", () => {
  assert.deepEqual([stepFrom(0, 1, 2), stepFrom(1, -1, 2)], [1, 0]);
  assert.deepEqual([stepFrom(0.5, 1, 2), stepFrom(0.5, -1, 2)], [1, 0]);
  assert.deepEqual([stepFrom(2, 1, 2), stepFrom(0, -1, 2)], [2, 0]);
});
