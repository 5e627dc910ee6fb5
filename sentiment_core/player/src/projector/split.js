// The votes by how sure they are, negative to the left and positive to the right of the middle.

import { number, tr, trPlural } from "../messages.js";
import { make } from "../page/dom.js";

/** The marks of both sides, which repeat their colours. */
export const MARKS = { positive: "●", negative: "◆", undecided: "○" };

/**
 * @typedef {Object} Row votes of those who are equally sure
 * @property {number} sure 1, a guess, to 4, certain
 * @property {number} negative votes
 * @property {number} positive
 *
 * @typedef {Object} Split
 * @property {Row[]} rows the surest first
 * @property {number} negative votes
 * @property {number} positive
 * @property {number} most votes of one side of a row, at least 1
 */

/**
 * @param {number[]} positive votes by how sure they are, a guess first
 * @param {number[]} negative
 * @returns {Split}
 */
export function splitVotes(positive, negative) {
  const rows = positive
    .map((votes, place) => ({ sure: place + 1, positive: votes, negative: negative[place] ?? 0 }))
    .reverse();
  /** @param {number[]} votes */
  const sum = (votes) => votes.reduce((total, one) => total + one, 0);
  return { rows, positive: sum(positive), negative: sum(negative), most: Math.max(1, ...positive, ...negative) };
}

/**
 * How sure a vote is, in words.
 * @param {number} sure 1 to 4
 */
export function sureName(sure) {
  return [tr("a guess"), tr("a little sure"), tr("quite sure"), tr("certain")][sure - 1];
}

/**
 * What the class says.
 * @param {Split} split
 */
export function saySplit({ positive, negative }) {
  const votes = positive + negative;
  if (!votes) return tr("Nobody has voted.");
  if (positive === negative) return tr("The class is split in half.");
  const share = Math.max(positive, negative) / votes;
  return positive > negative
    ? tr("{share:.0%} of the class say positive.", { share })
    : tr("{share:.0%} of the class say negative.", { share });
}

/**
 * A table with a bar for each number of votes.
 * @param {Split} split
 */
export function drawSplit(split) {
  /** @param {"negative"|"positive"} side @param {string} name */
  const head = (side, name) =>
    make(
      "th",
      { scope: "col", class: `split-head ${side}` },
      make("span", { class: "split-mark", "aria-hidden": "true" }, MARKS[side]),
      make("span", { class: "split-name" }, name),
      make("b", { class: "split-total" }, number(split[side])),
    );
  /** @param {"negative"|"positive"} side @param {number} votes */
  const cell = (side, votes) => {
    const bar = make("i", { class: "split-bar", "aria-hidden": "true", hidden: !votes });
    bar.style.setProperty("--share", (votes / split.most).toFixed(4));
    return make(
      "td",
      { class: `split-cell ${side}` },
      make("span", { class: "split-track" }, bar, make("span", { class: "split-count" }, number(votes))),
    );
  };
  return make(
    "table",
    { class: "split" },
    make("caption", { class: "unseen" }, trPlural("{count} vote", "{count} votes", split.positive + split.negative)),
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        head("negative", tr("negative")),
        make("th", { scope: "col", class: "split-how" }, tr("how sure")),
        head("positive", tr("positive")),
      ),
    ),
    make(
      "tbody",
      {},
      ...split.rows.map((row) =>
        make(
          "tr",
          {},
          cell("negative", row.negative),
          make("th", { scope: "row", class: "split-how" }, sureName(row.sure)),
          cell("positive", row.positive),
        ),
      ),
    ),
  );
}
