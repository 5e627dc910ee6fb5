// The phone in a class: codes as people type them, votes that arrive whatever the connection does, and what may be framed.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Poller } from "../src/page/poll.js";
import { readCode } from "../src/phone/code.js";
import { Delivery } from "../src/phone/delivery.js";
import { Lesson } from "../src/phone/lesson.js";
import { Refused } from "../src/phone/server.js";
import { pageAddress, screenOf, untilTurn } from "../src/phone/state.js";

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const read = (text) => readCode(text, ALPHABET, 6);

test("a code is read in small letters, with spaces and in full width", () => {
  for (const text of ["k7m2qx", " K7M 2QX ", "k7m-2qx", "Ｋ７Ｍ２ＱＸ", "K7M2QX and more"]) {
    assert.deepEqual(read(text), { code: "K7M2QX", whole: true, strange: [] }, text);
  }
  assert.deepEqual(read("k7m"), { code: "K7M", whole: false, strange: [] });
});

test("a code typed with the Korean keyboard on is the code of the same keys", () => {
  assert.equal(read("ㅏ7ㅡ2ㅂㅌ").code, "K7M2QX");
  assert.equal(read("간쇼").code, "RKSTY"); // the syllable 간 is typed R K S, and 쇼 T Y
  assert.equal(read("괅ㄲ").code, "RHKFRR"); // a vowel and a last consonant of two keys each
  assert.equal(read("간".normalize("NFD")).code, "RKS"); // decomposed, as some systems send it
});

test("signs that no code has are named, and not corrected by a guess", () => {
  assert.deepEqual(read("KOM2Q1"), { code: "KOM2Q1", whole: false, strange: ["O", "1"] });
  assert.deepEqual(read("k7ㅣ").strange, ["L"]);
});

test("only the app's own pages are framed", () => {
  const base = "https://school.example/lab/";
  const pages = ["", "drift", "test_set"];
  const frame = (view) => pageAddress(view, base, pages);
  assert.equal(frame("drift?runs=rnn&moment=3"), "https://school.example/lab/drift?runs=rnn&moment=3");
  assert.equal(frame(""), base);
  assert.equal(frame("?lang=ko"), `${base}?lang=ko`);
  const others = [
    ...[
      "https://evil.example/drift",
      "//evil.example/drift",
      "/drift",
      "\\\\evil.example",
      "../other",
      "drift/../../x",
    ],
    ...["javascript:alert(1)", "data:text/html,x", " drift", "drift\n", "join/K7M2QX", "nowhere", "drift:80", "Drift"],
  ];
  for (const view of [...others, null]) assert.equal(frame(view), null, String(view));
});

/** A server whose answers to votes are given: true, or what it throws. */
function serverThat(...answers) {
  const heard = [];
  return {
    heard,
    seats: 0,
    async vote(vote) {
      heard.push(vote);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
    },
    async seat() {
      this.seats += 1;
    },
  };
}

const VOTE = { question: "q1", positive: true, sure: 3 };
const lost = () => new TypeError("no connection");

/** Send a vote and let all tries happen. Returns what was told. */
async function send(server, vote = VOTE) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  const delivery = new Delivery(server, (progress) => told.push(progress));
  await delivery.send(vote);
  for (let round = 0; round < 6; round++) {
    mock.timers.tick(15_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  mock.timers.reset();
  return told;
}

test("a vote is tried again until it arrives", async () => {
  const server = serverThat(lost(), lost(), true);
  assert.deepEqual(await send(server), ["sending", "waiting", "waiting", "sent"]);
  assert.deepEqual(server.heard, [VOTE, VOTE, VOTE]);
});

test("a vote that arrives after the votes were closed is too late, and not tried again", async () => {
  const server = serverThat(lost(), new Refused("late", 0));
  assert.deepEqual(await send(server), ["sending", "waiting", "late"]);
  assert.equal(server.heard.length, 2);
});

test("a device that the server has forgotten sits down again before its next try", async () => {
  const server = serverThat(new Refused("no-seat", 0), true);
  assert.deepEqual(await send(server), ["sending", "waiting", "sent"]);
  assert.equal(server.seats, 1);
});

test("of two votes in a row the second arrives last", async () => {
  const heard = [];
  let release = () => {};
  const server = {
    vote(vote) {
      heard.push(vote.sure);
      return heard.length === 1 ? new Promise((resolve) => (release = resolve)) : Promise.resolve();
    },
  };
  const told = [];
  const delivery = new Delivery(server, (progress, vote) => told.push([progress, vote.sure]));
  const first = delivery.send(VOTE);
  delivery.send({ ...VOTE, sure: 4 });
  release();
  await first;
  assert.deepEqual(heard, [3, 4]);
  assert.deepEqual(told.at(-1), ["sent", 4]);
});

const STATE = {
  version: 3,
  phase: "voting",
  language: "en",
  question: { id: "q1", number: 1, text: "A film." },
  ...{ tally: null, verdicts: null, truth: null, results: null, view: null, turns: null },
};

/** A class whose states come one after another; the last one may be an error. */
function classThat(...states) {
  const server = serverThat();
  const asked = [];
  const state = async (after) => {
    asked.push(after);
    const next = states.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  return Object.assign(server, {
    state,
    asked,
    drop() {},
    mine: async () => ({ votes: [VOTE], score: null, seat: 3 }),
  });
}

test("a device sits down, finds its earlier vote, and asks for what is new since", async () => {
  const server = classThat(STATE, { ...STATE, version: 4, phase: "closed" });
  const lesson = new Lesson(server, () => {});
  assert.deepEqual(await lesson.ask(), { wait: 0, end: false });
  assert.deepEqual(lesson.own, VOTE);
  await lesson.ask();
  assert.deepEqual(server.asked, [-1, 3]);
  assert.equal(lesson.state.phase, "closed");
  assert.equal(server.seats, 1);
});

test("an answer at once without news does not make a storm of questions", async () => {
  const lesson = new Lesson(classThat(STATE, STATE), () => {});
  await lesson.ask();
  assert.deepEqual(await lesson.ask(), { wait: 1000, end: false });
});

test("a device that keeps no cookie takes one seat, and is told why it has none", async () => {
  const server = classThat();
  server.mine = async () => {
    throw new Refused("no-seat", 0);
  };
  const lesson = new Lesson(server, () => {});
  assert.equal((await lesson.ask()).end, true);
  assert.deepEqual([server.seats, lesson.refusal.reason], [1, "no-cookie"]);
});

test("the phones of a large class open a page by turns, those of a small one at once", () => {
  const turns = { phones: 40, seconds: 4 };
  assert.deepEqual(
    [0, 1, 39, 41].map((seat) => untilTurn(turns, seat)),
    [0, 100, 3900, 100],
  );
  assert.equal(untilTurn({ phones: 12, seconds: 0 }, 11), 0);
  assert.equal(untilTurn(null, 5), 0);
});

test("who is in the class waits for its turn, who opens it later does not", async () => {
  const following = { ...STATE, version: 4, phase: "following", view: "drift", turns: { phones: 4, seconds: 40 } };
  const lesson = new Lesson(classThat(STATE, following), () => {});
  await lesson.ask();
  await lesson.ask();
  assert.ok(lesson.opensAt > Date.now() + 25_000); // seat 3 of 4
  const late = new Lesson(classThat(following), () => {});
  await late.ask();
  assert.equal(late.opensAt, 0);
});

test("a wrong code ends the questions, a full class does not", async () => {
  const gone = new Lesson(classThat(new Refused("unknown-code", 0)), () => {});
  assert.equal((await gone.ask()).end, true);
  assert.equal(gone.refusal.reason, "unknown-code");
  const full = new Lesson(classThat(new Refused("full", 30), STATE), () => {});
  assert.deepEqual(await full.ask(), { wait: 30_000, end: false });
  await full.ask();
  assert.equal(full.refusal, null);
});

test("a lost connection is no refusal", async () => {
  const lesson = new Lesson(classThat(lost()), () => {});
  await assert.rejects(lesson.ask(), TypeError);
  assert.equal(lesson.refusal, null);
});

test("a device whose connection is back is answered at once, also if nothing is new", async () => {
  const server = classThat(STATE, lost(), STATE, STATE);
  const lesson = new Lesson(server, () => {});
  await lesson.ask();
  await assert.rejects(lesson.ask(), TypeError);
  lesson.heard(1);
  await lesson.ask();
  lesson.heard(0);
  await lesson.ask();
  assert.deepEqual(server.asked, [-1, 3, -1, 3]);
});

test("the screen stays while only counts change, and a new question is a new screen", () => {
  assert.equal(
    screenOf({ ...STATE, version: 9, tally: { positive: [1, 0, 0, 0], negative: [0, 0, 0, 0] } }),
    screenOf(STATE),
  );
  assert.notEqual(screenOf({ ...STATE, question: { ...STATE.question, id: "q2" } }), screenOf(STATE));
  assert.notEqual(screenOf({ ...STATE, phase: "closed" }), screenOf(STATE));
});

test("what is chosen and not sent outlives a change of the language", async () => {
  const lesson = new Lesson(classThat(STATE), () => {});
  await lesson.ask();
  assert.deepEqual(lesson.draftOf("q1"), { positive: true, sure: 3 });
  lesson.draftOf("q1").sure = 4;
  assert.equal(lesson.draftOf("q1").sure, 4);
  assert.deepEqual(lesson.draftOf("q2"), { positive: null, sure: null });
});

test("a device that wakes up asks anew at once, and the question that it gives up is no failure", async () => {
  const [page, shown] = [new EventTarget(), new EventTarget()];
  Object.assign(globalThis, { document: Object.assign(page, { visibilityState: "visible" }), window: shown });
  const failures = [];
  let asked = 0;
  let giveUp = () => {};
  const poller = new Poller(
    () => {
      asked += 1;
      return new Promise((_, reject) => {
        giveUp = () => reject(new DOMException("given up", "AbortError"));
      });
    },
    (count) => failures.push(count),
    () => giveUp(),
  );
  page.dispatchEvent(new Event("visibilitychange"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(asked, 2);
  shown.dispatchEvent(new Event("online"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([asked, failures], [3, []]);
  poller.stop();
  giveUp();
  Reflect.deleteProperty(globalThis, "document");
  Reflect.deleteProperty(globalThis, "window");
});
