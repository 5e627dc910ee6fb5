// The page's colours, read from the styles in force, so that light and dark follow the theme at run time.

import { tr } from "../messages.js";
import { contextOf, make } from "./dom.js";

/** Colours of polarity by lean: neutral, positive, negative. Each keeps 3:1 contrast on light and on dark. */
export const LEAN_COLOURS = ["#8a9099", "#2f7fc4", "#d9730d"];
/** How dark secondary text is (numbers and names of axes): 1 is the text colour. Contrast stays far above 4.5:1. */
export const PALE = 0.78;
/**
 * The name of a lean.
 * @param {number} lean
 */
export function leanName(lean) {
  return [tr("neutral"), tr("positive"), tr("negative")][lean];
}

/** Lines of the first and of the second panel in the chart; no polarity has these colours. */
export const PANEL_COLOURS = ["#7d6cd0", "#2a9d76"];

/** @typedef {number[]} Colour red, green, blue, 0 to 255 */

/**
 * @typedef {Object} Theme
 * @property {Colour} paper of the background
 * @property {Colour} ink of the text
 * @property {string} font family
 */

/**
 * The theme in force where `probe` stands: its text and background colour and its font.
 * @param {Element} probe
 * @returns {Theme}
 */
export function readTheme(probe) {
  const style = getComputedStyle(probe);
  const toColour = colourReader();
  return { paper: toColour(style.backgroundColor), ink: toColour(style.color), font: style.fontFamily };
}

/**
 * Call `changed` when a colour of `probe` changes. Its stylesheet gives it a transition, which starts whatever the
 * cause: a custom property of an ancestor, a class, or the system's own light and dark.
 * @param {Element} probe
 * @param {() => void} changed
 */
export function watchTheme(probe, changed) {
  probe.addEventListener("transitionend", changed);
}

/**
 * A colour between two, as CSS.
 * @param {Colour} from
 * @param {Colour} to
 * @param {number} share of `to`, 0 to 1
 * @returns {string}
 */
export function mix(from, to, share) {
  return `rgb(${from.map((channel, place) => Math.round(channel + (to[place] - channel) * share)).join(" ")})`;
}

/**
 * The colour that "#rrggbb" names.
 * @param {string} hex
 * @returns {Colour}
 */
export function channels(hex) {
  return [1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16));
}

/**
 * Reads any CSS colour by painting a pixel with it, which needs no parser for each notation.
 * @returns {(css: string) => Colour}
 */
function colourReader() {
  const context = contextOf(make("canvas", { width: 1, height: 1 }), { willReadFrequently: true });
  return (css) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
  };
}

/**
 * A function that says whether the reader currently asks for less motion.
 * @returns {() => boolean}
 */
export function prefersLessMotion() {
  const query = window.matchMedia("(prefers-reduced-motion: reduce)");
  return () => query.matches;
}
