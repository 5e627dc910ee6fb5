// What the class and each model say of a review, on one scale from negative to positive.

import { tr } from "../messages.js";
import { make } from "../page/dom.js";
import { MARKS } from "./split.js";

/**
 * @typedef {Object} Verdict
 * @property {string} name of who gives it
 * @property {number} share of positive, 0 to 1: a model's probability, a class's share of votes
 *
 * @typedef {"positive"|"negative"|"undecided"} Side
 */

/**
 * The side that a share says. What is shown as 50.0% is undecided.
 * @param {number} share of positive
 * @returns {Side}
 */
export function sideOf(share) {
  if (share.toFixed(3) === "0.500") return "undecided";
  return share > 0.5 ? "positive" : "negative";
}

/**
 * The name of a side.
 * @param {Side} side
 */
export function sideName(side) {
  return { positive: tr("positive"), negative: tr("negative"), undecided: tr("undecided") }[side];
}

/**
 * Words with the mark of a side before them, in its colour.
 * @param {Side} side
 * @param {string} words
 */
export function marked(side, words) {
  return make(
    "span",
    { class: `side ${side}` },
    make("span", { class: "side-mark", "aria-hidden": "true" }, MARKS[side]),
    words,
  );
}

/**
 * A side and how much of it: a model's probability, a class's share of votes.
 * @param {number} share of positive
 */
export function saySide(share) {
  const side = sideOf(share);
  if (side === "undecided") return sideName(side);
  return tr("{side} {share:.0%}", { side: sideName(side), share: side === "positive" ? share : 1 - share });
}

/**
 * A table with a line for the class and for each model.
 * @param {Verdict|null} own what the class says; null if nobody voted
 * @param {Verdict[]} models
 * @param {number|null} truth 1 positive, 0 negative, null while it is not to be seen
 */
export function drawVerdicts(own, models, truth) {
  const lines = [...(own ? [own] : []), ...models];
  return make(
    "table",
    { class: "verdicts" },
    make("caption", { class: "unseen" }, tr("What the class and the models say")),
    make(
      "tbody",
      {},
      ...lines.map((verdict) => {
        const side = sideOf(verdict.share);
        const dot = make("i", { class: `scale-dot ${side}` });
        dot.style.insetInlineStart = `${(100 * verdict.share).toFixed(2)}%`;
        return make(
          "tr",
          { class: verdict === own ? "of-class" : "of-model" },
          make("th", { scope: "row", class: "verdict-name" }, verdict.name),
          make("td", { class: "verdict-scale", "aria-hidden": "true" }, make("span", { class: "scale" }, dot)),
          make("td", { class: "verdict-said" }, marked(side, saySide(verdict.share))),
          make("td", { class: "verdict-right" }, ...(truth === null ? [] : [rightness(side, truth)])),
        );
      }),
    ),
  );
}

/**
 * @param {Side} side
 * @param {number} truth
 */
function rightness(side, truth) {
  if (side === "undecided") return make("span", {}, "–");
  const right = (side === "positive") === (truth === 1);
  return make(
    "span",
    { class: right ? "is-right" : "is-wrong" },
    make("span", { "aria-hidden": "true" }, right ? "✓ " : "✗ "),
    right ? tr("right") : tr("wrong"),
  );
}
