// Dots rendered ahead of time. For each look, size and subpixel position there is a list of the pixels that a dot covers,
// with premultiplied colour, so that drawing a dot only adds numbers.

import { clamp } from "../page/dom.js";
import { channels, LEAN_COLOURS } from "../page/theme.js";

/** @import { Colour } from "../page/theme.js" */

/** A dot's look is its lean plus one of these. FAINT lies outside a lasso, STRONG inside. */
export const NORMAL = 0;
export const FAINT = 3;
export const STRONG = 6;
/** Subpixel positions along each axis: without them slow movement would jump from pixel to pixel. */
export const SUBPIXELS = 4;

const LOOKS = 9;
const OPACITY = [0.5, 0.8, 0.8]; // by lean
const EMPHASIS = [1, 0.2, 1.25]; // by look over 3
// Half a diamond's width, in radii of the circle: about the same area.
const DIAMOND = 1.2;

/**
 * @typedef {Object} Sprites
 * @property {Int32Array} starts [sprites + 1] where each sprite begins in the arrays below
 * @property {Int32Array} places each covered pixel's offset from the dot's own
 * @property {Int32Array} keeps what stays of the pixel below, 0 to 256
 * @property {Int32Array} redBlue what is added to it, red and blue in their bytes, 8 bits up
 * @property {Int32Array} green the same of green
 */

/**
 * @typedef {Object} Covered a pixel that a sprite covers
 * @property {number} x from the dot's own
 * @property {number} y
 * @property {number} alpha 0 to 256
 * @property {Colour} colour
 */

/**
 * Sprites in the order look, size, place within the pixel (rows first).
 * @param {number[]} radii of the sizes, in device pixels
 * @param {number} stride pixels a row of the picture that they are stamped on
 * @returns {Sprites}
 */
export function makeSprites(radii, stride) {
  const reach = reachOf(radii);
  const starts = [0];
  /** @type {Covered[]} */
  const covered = [];
  for (let look = 0; look < LOOKS; look++) {
    for (const radius of radii) {
      for (let place = 0; place < SUBPIXELS * SUBPIXELS; place++) {
        addSprite(
          covered,
          look,
          radius,
          (place % SUBPIXELS) / SUBPIXELS,
          Math.floor(place / SUBPIXELS) / SUBPIXELS,
          reach,
        );
        starts.push(covered.length);
      }
    }
  }
  /** @param {(pixel: Covered) => number} value */
  const field = (value) => Int32Array.from(covered, value);
  return {
    starts: Int32Array.from(starts),
    places: field(({ x, y }) => y * stride + x),
    keeps: field(({ alpha }) => 256 - alpha),
    redBlue: field(({ colour, alpha }) => ((colour[2] << 16) | colour[0]) * alpha),
    green: field(({ colour, alpha }) => (colour[1] << 8) * alpha),
  };
}

/**
 * Pixels that a dot of the largest radius needs around its own.
 * @param {number[]} radii
 */
export function reachOf(radii) {
  return Math.ceil(Math.max(...radii) * DIAMOND) + 1;
}

/**
 * @param {Covered[]} covered
 * @param {number} look
 * @param {number} radius
 * @param {number} right place within the pixel, 0 to 1
 * @param {number} down
 * @param {number} reach
 */
function addSprite(covered, look, radius, right, down, reach) {
  const lean = look % 3;
  const colour = channels(LEAN_COLOURS[lean]);
  const opacity = Math.min(OPACITY[lean] * EMPHASIS[Math.floor(look / 3)], 1);
  // From a pixel's middle to the middle of its first part.
  const inner = 1 / (2 * SUBPIXELS) - 0.5;
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const coverage = COVERAGES[lean](x - right - inner, y - down - inner, radius);
      const alpha = Math.round(256 * opacity * coverage);
      if (alpha > 2) covered.push({ x, y, alpha, colour });
    }
  }
}

/**
 * How much of a pixel at (x, y) from a shape's middle the shape covers, by lean.
 * @type {((x: number, y: number, radius: number) => number)[]}
 */
const COVERAGES = [
  (x, y, radius) => {
    const width = Math.max(1, radius * 0.4);
    return clamp(width / 2 + 0.5 - Math.abs(Math.hypot(x, y) - radius + width / 2), 0, 1);
  },
  (x, y, radius) => clamp(radius + 0.5 - Math.hypot(x, y), 0, 1),
  (x, y, radius) => clamp((radius * DIAMOND - Math.abs(x) - Math.abs(y)) * Math.SQRT1_2 + 0.5, 0, 1),
];
