// Where things are in the reading: numbers only, so that they can be tested without a browser.
//
// Places along the text are counted in words: the first word reaches from 0 to 1. A model that splits the text otherwise
// has values within words.

/** @import { Model } from "./reading.js" */

/**
 * The index of a model's last value at or before the end of a word; -1 if it has none.
 * @param {Pick<Model, "x">} model
 * @param {number} word
 */
export function placeAfter({ x }, word) {
  let [low, high] = [0, x.length]; // the values before `low` are at or before the word's end
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] <= word + 1 + 1e-6) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * A model's probability of positive after a word; null if the model has not read so far or has no number there.
 * @param {Pick<Model, "x"|"p"|"reads">} model
 * @param {number} word
 */
export function probabilityAfter(model, word) {
  if (word >= model.reads) return null;
  const place = placeAfter(model, word);
  return place < 0 ? null : model.p[place];
}

/**
 * A path through values, broken where one is missing.
 * @param {number[]} xs
 * @param {(number|null)[]} ys
 */
export function pathThrough(xs, ys) {
  let path = "";
  let pen = "M";
  ys.forEach((y, index) => {
    if (y !== null) path += `${pen}${xs[index].toFixed(1)},${y.toFixed(1)}`;
    pen = y === null ? "M" : "L";
  });
  return path;
}

/**
 * The numbers of words to write below the chart: round ones, at most `most`.
 * @param {number} words
 * @param {number} most
 */
export function wordTicks(words, most) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((size) => words / size <= most) ?? words;
  return Array.from({ length: Math.floor(words / step) }, (_, index) => (index + 1) * step);
}

/**
 * How far a bar reaches from its baseline, as a share of the room on its side.
 * @param {number} value
 * @param {number} scale the largest value
 */
export function reach(value, scale) {
  return scale > 0 ? Math.min(Math.abs(value) / scale, 1) : 0;
}

/**
 * A value with two decimals, or 0 where these would be "-0.00".
 * @param {number} value
 */
export function unsigned(value) {
  return Math.abs(value) < 0.005 ? 0 : value;
}

/**
 * Whether a text runs from right to left: its first letter decides.
 * @param {string[]} words
 */
export function runsLeftwards(words) {
  for (const word of words) {
    const letter = word.match(/\p{L}/u);
    if (letter) return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(letter[0]);
  }
  return false;
}

/**
 * The word that a key leads to from another; null if the key leads nowhere.
 * @param {string} key
 * @param {number} word
 * @param {number} count
 * @param {boolean} leftwards whether the text runs from right to left
 */
export function wordByKey(key, word, count, leftwards) {
  const onwards = leftwards ? "ArrowLeft" : "ArrowRight";
  const back = leftwards ? "ArrowRight" : "ArrowLeft";
  if (key === onwards) return Math.min(word + 1, count - 1);
  if (key === back) return Math.max(word - 1, 0);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
