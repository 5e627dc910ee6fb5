// What the teacher can do in each phase of a class. It holds no elements.

import { tr } from "../messages.js";

/** @import { Phase } from "./tallies.js" */

/**
 * @typedef {"ask"|"close"|"verdicts"|"truth"|"results"|"reopen"|"skip"|"back"} Act what the page is asked to do
 *
 * @typedef {Object} Step
 * @property {Act} act
 * @property {string} label
 *
 * @typedef {Object} Known what the steps depend on
 * @property {Phase} phase
 * @property {boolean} hasVerdicts whether the models have verdicts on this question
 * @property {boolean} hasTruth whether the label of this question is known
 * @property {boolean} hasNext whether there is a question to ask next
 * @property {number} number of this question, from 1; 0 before the first
 * @property {number} closed questions with a result
 */

/**
 * The step of the main button; null where nothing is left to do.
 * @param {Known} known
 * @returns {Step|null}
 */
export function mainStep(known) {
  const { phase, hasVerdicts, hasTruth } = known;
  if (phase === "ended") return null;
  if (phase === "voting") return { act: "close", label: tr("Close the votes") };
  if (phase === "following") return { act: "back", label: tr("Stop showing it") };
  if (phase === "closed" && hasVerdicts) return { act: "verdicts", label: tr("What do the models say?") };
  if ((phase === "closed" || phase === "verdicts") && hasTruth) return { act: "truth", label: tr("Show the truth") };
  if (known.hasNext)
    return { act: "ask", label: known.number || known.closed ? tr("Next question") : tr("Ask the first question") };
  return known.closed && phase !== "results" ? { act: "results", label: tr("Show the results") } : null;
}

/**
 * The other steps.
 * @param {Known} known
 * @returns {Step[]}
 */
export function otherSteps(known) {
  const { phase } = known;
  /** @type {Step[]} */
  const steps = [];
  if (phase === "closed") steps.push({ act: "reopen", label: tr("Open the votes again") });
  if (phase === "voting" || phase === "closed") steps.push({ act: "skip", label: tr("Skip this question") });
  const between = phase === "closed" || phase === "verdicts" || phase === "truth" || phase === "lobby";
  if (known.closed && between && mainStep(known)?.act !== "results")
    steps.push({ act: "results", label: tr("Show the results") });
  return steps;
}

/**
 * Whether a key stands for the main button: space and the right arrow, and in full screen Page Down, which a presenter's
 * remote control sends.
 * @param {string} key
 * @param {boolean} presenting
 */
export function isNextKey(key, presenting) {
  return key === " " || key === "ArrowRight" || (presenting && key === "PageDown");
}
