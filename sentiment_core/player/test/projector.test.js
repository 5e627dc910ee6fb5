// The teacher's views of a class: the steps of a lesson, the split of the votes, what is said, and what is asked for.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { viewOf } from "../src/projector/bar.js";
import { sayTurnout, sizeOfReview, spacedCode } from "../src/projector/parts.js";
import { saySplit, splitVotes } from "../src/projector/split.js";
import { sayStandings } from "../src/projector/standings.js";
import { isNextKey, mainStep, otherSteps } from "../src/projector/steps.js";
import { Over, readNumbers, Tallies } from "../src/projector/tallies.js";
import { sideOf } from "../src/projector/verdicts.js";

const KNOWN = { phase: "lobby", hasVerdicts: true, hasTruth: true, hasNext: true, number: 1, closed: 0 };
const fetched = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = fetched;
});

function main(phase, more = {}) {
  return mainStep({ ...KNOWN, phase, ...more })?.act ?? null;
}

function others(phase, more = {}) {
  return otherSteps({ ...KNOWN, phase, ...more }).map(({ act }) => act);
}

test("a question goes from the vote to the split, the verdicts, the truth, and the next question", () => {
  assert.deepEqual(
    ["lobby", "voting", "closed", "verdicts", "truth", "results"].map((phase) => main(phase)),
    ["ask", "close", "verdicts", "truth", "ask", "ask"],
  );
  assert.equal(main("following"), "back");
  assert.equal(main("ended"), null);
});

test("a step that would show nothing is left out", () => {
  assert.equal(main("closed", { hasVerdicts: false }), "truth");
  assert.equal(main("closed", { hasVerdicts: false, hasTruth: false }), "ask");
  assert.equal(main("verdicts", { hasTruth: false }), "ask");
});

test("where no question is left the results are next, and after them nothing", () => {
  assert.equal(main("truth", { hasNext: false, closed: 3 }), "results");
  assert.equal(main("results", { hasNext: false, closed: 3 }), null);
  assert.equal(main("lobby", { hasNext: false, number: 0 }), null);
});

test("the first question is called so", () => {
  assert.equal(mainStep({ ...KNOWN, number: 0 })?.label, "Ask the first question");
  assert.equal(mainStep({ ...KNOWN, phase: "truth" })?.label, "Next question");
});

test("votes can be opened again until a verdict is shown, and a question skipped until then", () => {
  assert.deepEqual(others("voting"), ["skip"]);
  assert.deepEqual(others("closed"), ["reopen", "skip"]);
  assert.deepEqual(others("verdicts"), []);
  assert.deepEqual(others("truth", { closed: 2 }), ["results"]);
  assert.deepEqual(others("truth", { closed: 2, hasNext: false }), [], "it is on the main button");
});

test("space and the right arrow go on, and a remote control in full screen", () => {
  assert.deepEqual(
    [" ", "ArrowRight", "PageDown", "ArrowLeft", "a"].map((key) => isNextKey(key, false)),
    [true, true, false, false, false],
  );
  assert.ok(isNextKey("PageDown", true));
});

test("votes are split by how sure they are, the surest first", () => {
  const split = splitVotes([1, 0, 4, 9], [2, 3, 0, 1]);
  assert.deepEqual(split.rows[0], { sure: 4, positive: 9, negative: 1 });
  assert.deepEqual(split.rows[3], { sure: 1, positive: 1, negative: 2 });
  assert.deepEqual([split.positive, split.negative, split.most], [14, 6, 9]);
  assert.equal(saySplit(split), "70% of the class say positive.");
  assert.equal(saySplit(splitVotes([0, 0, 0, 1], [3, 0, 0, 0])), "75% of the class say negative.");
  assert.equal(saySplit(splitVotes([1, 0, 0, 0], [1, 0, 0, 0])), "The class is split in half.");
});

test("a question without votes divides by nothing", () => {
  const split = splitVotes([0, 0, 0, 0], [0, 0, 0, 0]);
  assert.equal(split.most, 1);
  assert.equal(saySplit(split), "Nobody has voted.");
});

test("who is ahead is said of those who judged", () => {
  const say = (...rows) => sayStandings(rows.map(([name, right, of, ours]) => ({ name, right, of, ours })));
  assert.equal(say(["", 7, 10, 7], ["rnn", 5, 10, 7], ["gru", 6, 10, 7]), "The class is ahead of every model");
  assert.equal(say(["", 5, 10, 5], ["rnn", 5, 10, 5], ["gru", 6, 10, 5]), "gru is ahead of the class");
  assert.equal(say(["", 6, 10, 6], ["rnn", 6, 10, 6]), "The class and rnn are level");
  assert.equal(
    say(["", 6, 10, 6], ["rnn", 3, 5, 4]),
    "The class is ahead of every model",
    "on the same five questions",
  );
  assert.equal(say(["", 0, 0, 0], ["rnn", 3, 5, 0]), "The results");
});

test("the question after one that was skipped is not called the first", () => {
  assert.equal(mainStep({ ...KNOWN, number: 0, closed: 2 })?.label, "Next question");
});

test("a share that is shown as 50.0% takes no side", () => {
  assert.deepEqual([0.5, 0.50049, 0.501, 0.2].map(sideOf), ["undecided", "undecided", "positive", "negative"]);
});

test("who has voted is said without the split", () => {
  assert.equal(sayTurnout(0, 0), "Nobody has joined yet.");
  assert.equal(sayTurnout(1, 28), "1 of 28 has voted");
  assert.equal(sayTurnout(17, 28), "17 of 28 have voted");
  assert.equal(sayTurnout(28, 28), "28 have voted: everybody.");
});

test("a longer review is set smaller, and Hangul counts double", () => {
  assert.equal(sizeOfReview("good"), "huge");
  assert.equal(sizeOfReview("x".repeat(300)), "medium");
  assert.equal(sizeOfReview("가".repeat(150)), "medium");
  assert.equal(sizeOfReview("x".repeat(3000)), "tiny");
  assert.equal(spacedCode("K7M2PH"), "K7M 2PH");
});

test("the view is the page's name and all that its address keeps, below any prefix", () => {
  assert.equal(viewOf({ pathname: "/lab/drift", search: "?moment=3&pins=great" }), "drift?moment=3&pins=great");
  assert.equal(viewOf({ pathname: "/lab/", search: "" }), "");
});

function answering(status, body) {
  const asked = [];
  globalThis.fetch = async (address, options) => {
    asked.push([address, options.headers]);
    return new Response(JSON.stringify(body), { status });
  };
  return asked;
}

const NUMBERS = { version: 7, phase: "voting", question: "q2", joined: 28, votes: 17, positive: null, negative: null };

test("each question waits for the version after the last, and says who asks", async () => {
  const tallies = new Tallies("http://class.test/class/K7M2PH/", { "X-Key": "secret" }, 3);
  const asked = answering(200, NUMBERS);
  assert.equal((await tallies.next())?.votes, 17);
  assert.equal(await tallies.next(), null, "nothing has changed");
  assert.deepEqual(asked, [
    ["http://class.test/class/K7M2PH/tally?after=3", { "X-Key": "secret" }],
    ["http://class.test/class/K7M2PH/tally?after=7", { "X-Key": "secret" }],
  ]);
});

test("after a question without an answer the next one does not wait for news", async () => {
  const tallies = new Tallies("http://class.test/class/K7M2PH/", {}, 7);
  answering(503, {});
  await assert.rejects(tallies.next(), TypeError);
  const asked = answering(200, NUMBERS);
  assert.equal(await tallies.next(), null, "nothing has changed");
  await tallies.next();
  assert.deepEqual(
    asked.map(([address]) => address.split("?")[1]),
    ["after=-1", "after=7"],
  );
});

test("a class that is over is told from a server that does not answer", async () => {
  const tallies = new Tallies("http://class.test/class/K7M2PH/", {}, 0);
  answering(404, {});
  await assert.rejects(tallies.next(), Over);
  answering(503, {});
  await assert.rejects(tallies.next(), TypeError);
});

test("votes that are no four numbers are none", () => {
  const found = readNumbers({ ...NUMBERS, positive: [1, 2], negative: "4" });
  assert.deepEqual([found.positive, found.negative, found.view], [null, null, null]);
  assert.deepEqual(readNumbers({ ...NUMBERS, positive: [1, 2, 3, 4] }).positive, [1, 2, 3, 4]);
});
