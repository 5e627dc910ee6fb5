// What comes after the vote: the tally, the verdicts of the models, the truth.

import { tr, trPlural } from "../messages.js";
import { make } from "../page/dom.js";
import { mark } from "./marks.js";
import { total } from "./state.js";
import { sideName, stepName } from "./words.js";

/** @import { Lesson } from "./lesson.js" */
/** @import { State, Tally, Verdict, Vote } from "./state.js" */

/**
 * Everything that may be known of a question whose votes are closed.
 * @param {Lesson} lesson
 * @param {State} state
 */
export function outcome(lesson, state) {
  const { tally, verdicts, truth } = state;
  return [
    truth === null ? null : truthBanner(truth === 1, lesson.own),
    ownVote(lesson, state),
    tally && section(tr("The class"), tallyBars(tally)),
    verdicts?.length ? section(tr("The models"), verdictList(verdicts, truth)) : null,
  ].filter((part) => part !== null);
}

/**
 * @param {boolean} truth
 * @param {Vote|null} own
 */
function truthBanner(truth, own) {
  const right = own !== null && own.positive === truth;
  const verdict = own === null ? "" : right ? tr("You were right.") : tr("You saw it differently.");
  return make(
    "div",
    { class: `truth ${truth ? "positive" : "negative"}` },
    make("p", { class: "truth-name" }, mark(truth), make("span", {}, sideName(truth))),
    make("p", {}, verdict),
  );
}

/**
 * @param {Lesson} lesson
 * @param {State} state
 */
function ownVote({ own, tooLate, progress }, { question }) {
  if (progress === "sending" || progress === "waiting") {
    return make("p", { class: "own" }, tr("Your vote is not sent yet: there is no connection."));
  }
  const isLate = question !== null && tooLate === question.id;
  if (!own) {
    return make(
      "p",
      { class: "own" },
      isLate ? tr("Your vote came too late.") : tr("You did not vote on this review."),
    );
  }
  const values = { side: sideName(own.positive), sure: stepName(own.sure) };
  return make(
    "p",
    { class: "own" },
    isLate
      ? tr("Your vote: {side}, {sure}. Your change came too late.", values)
      : tr("Your vote: {side}, {sure}.", values),
  );
}

/**
 * @param {string} title
 * @param {HTMLElement} content
 */
export function section(title, content) {
  return make("section", {}, make("h2", {}, title), content);
}

/** @param {Tally} tally */
function tallyBars({ positive, negative }) {
  const votes = total(positive) + total(negative);
  return make(
    "div",
    {},
    make("ul", { class: "bars" }, tallyBar(true, positive, votes), tallyBar(false, negative, votes)),
    make("p", { class: "small" }, tr("The stronger the colour in a bar, the surer those who voted so.")),
  );
}

/**
 * @param {boolean} side
 * @param {number[]} counts by how sure
 * @param {number} votes
 */
function tallyBar(side, counts, votes) {
  const count = total(counts);
  const share = votes ? count / votes : 0;
  const parts = counts.map((part, place) => wide(make("i", { class: `sure-${place + 1}` }), votes ? part / votes : 0));
  return make(
    "li",
    { class: side ? "positive" : "negative" },
    make(
      "span",
      { class: "bar-name" },
      mark(side),
      trPlural("{side}: {count} vote ({share:.0%})", "{side}: {count} votes ({share:.0%})", count, {
        side: sideName(side),
        share,
      }),
    ),
    make("span", { class: "bar", "aria-hidden": "true" }, ...parts),
  );
}

/**
 * @param {Verdict[]} verdicts
 * @param {number|null} truth
 */
function verdictList(verdicts, truth) {
  return make("ul", { class: "bars" }, ...verdicts.map((verdict) => verdictBar(verdict, truth)));
}

/**
 * @param {Verdict} verdict
 * @param {number|null} truth
 */
function verdictBar({ run, probability }, truth) {
  const side = probability > 0.5;
  const share = side ? probability : 1 - probability;
  const values = { run, side: sideName(side), share };
  const right = side === (truth === 1);
  const text =
    truth === null
      ? tr("{run}: {side}, {share:.0%}", values)
      : right
        ? tr("{run}: {side}, {share:.0%}, right", values)
        : tr("{run}: {side}, {share:.0%}, wrong", values);
  return make(
    "li",
    { class: side ? "positive" : "negative" },
    make("span", { class: "bar-name" }, mark(side), text),
    make("span", { class: "bar", "aria-hidden": "true" }, wide(make("i", { class: "sure-4" }), share)),
  );
}

/**
 * Give an element its width. A style attribute would need a weaker policy of the page.
 * @param {HTMLElement} element
 * @param {number} share of its parent's
 */
function wide(element, share) {
  element.style.width = `${100 * share}%`;
  return element;
}
