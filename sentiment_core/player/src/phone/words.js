// What the phone calls things: sides, steps of certainty, and what went wrong.

import { tr, trPlural } from "../messages.js";

/** @param {boolean} positive */
export function sideName(positive) {
  return positive ? tr("positive") : tr("negative");
}

/** @param {number} sure 1 to 4 */
export function stepName(sure) {
  return [tr("a guess"), tr("a little sure"), tr("quite sure"), tr("certain")][sure - 1];
}

/**
 * Why a class lets nobody in.
 * @param {{reason: string, wait: number}} refusal
 */
export function sayRefusal({ reason, wait }) {
  if (reason === "full") return tr("This class is full. Look at the projector together with somebody.");
  if (reason === "too-many") return tooMany(wait);
  if (reason === "other-origin") return tr("This address cannot be used to join a class. Tell the teacher.");
  if (reason === "no-cookie")
    return tr("This browser keeps no cookies. Allow them for this page, or use another device.");
  if (reason === "ended") return tr("This class has ended.");
  return tr("There is no class with this code. Compare it with the projector.");
}

/** @param {number} wait seconds, 0 if unknown */
function tooMany(wait) {
  const minutes = Math.ceil(wait / 60);
  if (!minutes) return tr("Too many wrong codes came from here. Wait some minutes, then try again.");
  return trPlural(
    "Too many wrong codes came from here. Try again in {count} minute.",
    "Too many wrong codes came from here. Try again in {count} minutes.",
    minutes,
  );
}
