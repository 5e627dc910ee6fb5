// What a phone shows in each phase of the class. Each screen is an element, and says what is read out when it appears.

import { tr, trPlural } from "../messages.js";
import { make } from "../page/dom.js";
import { frame } from "./frame.js";
import { outcome, section } from "./outcome.js";
import { Voting } from "./voting.js";
import { sayRefusal, stepName } from "./words.js";

/** @import { Lesson } from "./lesson.js" */
/** @import { Place } from "./phone.js" */
/** @import { Score, Standing, State } from "./state.js" */

/**
 * @typedef {Object} Screen
 * @property {HTMLElement} element
 * @property {string} said for who hears the page
 * @property {() => void} [update] show what has changed on it; without it the screen is drawn anew
 */

/**
 * @param {Lesson} lesson
 * @param {Place} place
 * @returns {Screen}
 */
export function draw(lesson, place) {
  const { state, refusal } = lesson;
  if (refusal) return refused(refusal, place);
  if (!state) return plain(tr("Joining the class …"));
  return SCREENS[state.phase](lesson, state, place);
}

/** @type {Record<string, (lesson: Lesson, state: State, place: Place) => Screen>} */
const SCREENS = {
  lobby: () => plain(tr("You are in."), tr("The first review comes when the teacher begins. Keep this page open.")),
  voting: (lesson, state) => {
    const { question } = state;
    if (!question) return plain(tr("Wait for the next review."));
    const form = new Voting(lesson, question);
    const said = tr("Review {number}: {text}", { number: question.number, text: question.text });
    return { element: form.element, said, update: () => form.update() };
  },
  closed: (lesson, state) => after(tr("The votes are closed."), lesson, state),
  verdicts: (lesson, state) => after(tr("What the models say"), lesson, state),
  truth: (lesson, state) => after(tr("The truth"), lesson, state),
  results: ({ score }, { results }) => {
    const parts = [score?.of ? ownScore(score) : null, results?.length ? standings(results) : null];
    return screen(tr("Results"), ...parts.filter((part) => part !== null));
  },
  following: (lesson, { view }, place) => frame(view, place, lesson.opensAt - Date.now()),
  ended: (_, __, place) =>
    screen(
      tr("The class has ended."),
      make("p", {}, tr("Thank you for taking part. Nothing of this class is kept, neither here nor on the server.")),
      make("p", {}, make("a", { href: place.base }, tr("Open Sentiment Lab"))),
    ),
};

/**
 * @param {string} title
 * @param {Lesson} lesson
 * @param {State} state
 */
function after(title, lesson, state) {
  const { question } = state;
  const text = question ? [make("p", { class: "review past" }, question.text)] : [];
  const parts = outcome(lesson, state);
  const wait = parts.length > 1 ? [] : [make("p", {}, tr("Wait for the teacher."))];
  return screen(title, ...parts, ...wait, ...text);
}

/**
 * @param {string} title
 * @param {string} [text]
 */
function plain(title, text) {
  return screen(title, ...(text ? [make("p", {}, text)] : []));
}

/**
 * @param {string} title
 * @param {...HTMLElement} parts
 * @returns {Screen}
 */
function screen(title, ...parts) {
  const element = make("div", { class: "screen" }, make("h1", { tabindex: "-1" }, title), ...parts);
  const pieces = element.querySelectorAll("h1, h2, p:not(.review), .bar-name, th, td");
  const sentences = Array.from(pieces, ({ textContent }) => (textContent ?? "").replace(/[^.?!…]$/, "$&."));
  return { element, said: sentences.join(" ") };
}

/**
 * @param {{reason: string, wait: number}} refusal
 * @param {Place} place
 */
function refused(refusal, { join }) {
  return screen(
    tr("You are not in the class."),
    make("p", {}, sayRefusal(refusal)),
    make("p", {}, make("a", { class: "main-button", href: join }, tr("Enter another code"))),
  );
}

/** @param {Score} score */
function ownScore({ right, of, steps }) {
  const rows = steps.filter((step) => step.of > 0);
  return section(
    tr("You"),
    make(
      "div",
      {},
      make(
        "p",
        { class: "score" },
        trPlural("{right} of {count} review right", "{right} of {count} reviews right", of, { right }),
      ),
      rows.length ? stepTable(rows) : "",
      make("p", { class: "small" }, tr("Only this device shows your score.")),
    ),
  );
}

/** @param {Score["steps"]} rows */
function stepTable(rows) {
  return make(
    "table",
    {},
    make("thead", {}, make("tr", {}, heading("col", tr("How sure")), heading("col", tr("Times right")))),
    make(
      "tbody",
      {},
      ...rows.map(({ sure, right, of }) =>
        make("tr", {}, heading("row", stepName(sure)), make("td", {}, tr("{right} of {of}", { right, of }))),
      ),
    ),
  );
}

/**
 * @param {string} scope
 * @param {string} text
 */
function heading(scope, text) {
  return make("th", { scope }, text);
}

/** @param {Standing[]} results */
function standings(results) {
  return section(
    tr("Class and models"),
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, heading("col", tr("Who")), heading("col", tr("Times right")))),
      make(
        "tbody",
        {},
        ...results.map(({ name, right, of, ours }) =>
          make(
            "tr",
            {},
            heading("row", name || tr("the class (majority)")),
            make(
              "td",
              {},
              of === results[0].of
                ? tr("{right} of {of}", { right, of })
                : tr("{right} of {of} (the class: {ours})", { right, of, ours }),
            ),
          ),
        ),
      ),
    ),
  );
}
