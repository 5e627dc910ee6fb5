// How often the class and each model were right, for the last row. The page says more below the stage.

import { tr } from "../messages.js";
import { make } from "../page/dom.js";

/**
 * @typedef {Object} Standing
 * @property {string} name of a model, "" for the class
 * @property {number} right
 * @property {number} of questions that are compared and on which it judged
 * @property {number} ours how often the class was right on the same questions
 */

/**
 * Who is ahead.
 * @param {Standing[]} standings the class first
 */
export function sayStandings(standings) {
  const [own, ...models] = standings.filter(({ of }) => of);
  if (!own || own.name || !models.length) return tr("The results");
  /** How far a model is ahead of the class on the same questions. @param {Standing} one */
  const lead = ({ right, of, ours }) => (right - ours) / of;
  const best = models.reduce((first, one) => (lead(one) > lead(first) ? one : first));
  if (lead(best) === 0) return tr("The class and {model} are level", { model: best.name });
  if (lead(best) < 0) return tr("The class is ahead of every model");
  return tr("{model} is ahead of the class", { model: best.name });
}

/**
 * A table with a bar for each, and in front who is ahead.
 * @param {Standing[]} standings
 */
export function drawStandings(standings) {
  const known = standings.filter(({ of }) => of);
  const rows = known.map(({ name, right, of, ours }) => {
    const bar = make("i", { class: name ? "standing-bar" : "standing-bar of-class" });
    bar.style.width = `${((100 * right) / of).toFixed(2)}%`;
    return make(
      "tr",
      {},
      make("th", { scope: "row", class: "verdict-name" }, name || tr("The class")),
      make("td", { class: "standing-track", "aria-hidden": "true" }, bar),
      make(
        "td",
        { class: "standing-said" },
        of === known[0].of
          ? tr("{right} of {of} right", { right, of })
          : tr("{right} of {of} right (the class: {ours})", { right, of, ours }),
      ),
    );
  });
  return make(
    "div",
    { class: "standings-room" },
    make("p", { class: "standings-said" }, sayStandings(known)),
    make("table", { class: "verdicts standings" }, make("tbody", {}, ...rows)),
  );
}
