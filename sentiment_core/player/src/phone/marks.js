// The signs of the two sides: a blue circle and an orange diamond, as everywhere in the app.

import { make, makeSvg } from "../page/dom.js";

/**
 * @param {boolean} positive
 * @returns {SVGSVGElement}
 */
export function mark(positive) {
  const shape = positive
    ? makeSvg("circle", { cx: 8, cy: 8, r: 6.5 })
    : makeSvg("path", { d: "M8 .5 15.5 8 8 15.5.5 8Z" });
  return makeSvg(
    "svg",
    { class: `mark ${positive ? "positive" : "negative"}`, viewBox: "0 0 16 16", "aria-hidden": "true" },
    shape,
  );
}

/**
 * Filled dots for how sure somebody is.
 * @param {number} sure 1 to most
 * @param {number} most
 */
export function dots(sure, most) {
  const all = Array.from({ length: most }, (_, place) => make("i", { class: place < sure ? "full" : "" }));
  return make("span", { class: "dots", "aria-hidden": "true" }, ...all);
}
