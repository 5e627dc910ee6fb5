// Which part of a panel's plane is visible. Both axes always have the same scale.

import { clamp } from "../page/dom.js";

/** @import { Panel } from "../data/payload.js" */

/** The closest zoom. */
export const DEEPEST = 60;

const MARGIN = 1.07; // room around the outermost words

/**
 * @typedef {Object} Extent the box around all words at all checkpoints, so that time moves words and never the picture
 * @property {number} x
 * @property {number} y its middle
 * @property {number} halfX
 * @property {number} halfY
 *
 * @typedef {Object} View
 * @property {number} scale 1 shows the whole extent
 * @property {number} x
 * @property {number} y coordinates in the middle of the picture
 *
 * @typedef {Object} Transform pixels from coordinates: left + unit * x, top - unit * y
 * @property {number} unit pixels a unit
 * @property {number} left
 * @property {number} top
 */

/**
 * The extent of a panel, in coordinates.
 * @param {Pick<Panel, "coordinates"|"scale"|"centre">} panel
 * @returns {Extent}
 */
export function extentOf(panel) {
  const { coordinates, scale, centre } = panel;
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let place = 0; place < coordinates.length; place++) {
    const axis = place & 1;
    if (coordinates[place] < low[axis]) low[axis] = coordinates[place];
    if (coordinates[place] > high[axis]) high[axis] = coordinates[place];
  }
  /** @param {0|1} axis */
  const middle = (axis) => centre[axis] + (scale[axis] * (low[axis] + high[axis])) / 2;
  /** @param {0|1} axis */
  const half = (axis) => (Math.abs(scale[axis]) * (high[axis] - low[axis]) * MARGIN) / 2;
  // Words on a line or all in one place still need an extent above zero.
  const least = Math.max(half(0), half(1)) / 1000 || 1;
  return { x: middle(0), y: middle(1), halfX: Math.max(half(0), least), halfY: Math.max(half(1), least) };
}

/**
 * Extents of the same size about their own middles: at the same scale a unit then is as long in all panels.
 * @param {Extent[]} extents
 * @returns {Extent[]}
 */
export function equalExtents(extents) {
  const halfX = Math.max(...extents.map((extent) => extent.halfX));
  const halfY = Math.max(...extents.map((extent) => extent.halfY));
  return extents.map(({ x, y }) => ({ x, y, halfX, halfY }));
}

/**
 * The view of everything.
 * @param {Extent} extent
 * @returns {View}
 */
export function wholeView(extent) {
  return { scale: 1, x: extent.x, y: extent.y };
}

/**
 * @param {Extent} extent
 * @param {View} view
 * @param {number} width in pixels
 * @param {number} height
 * @returns {Transform}
 */
export function transformOf(extent, view, width, height) {
  const unit = view.scale * fitted(extent, width, height);
  return { unit, left: width / 2 - unit * view.x, top: height / 2 + unit * view.y };
}

/**
 * A view zoomed by `factor`, what lies at the pixel (x, y) staying there.
 * @param {View} view
 * @param {Extent} extent
 * @param {number} width
 * @param {number} height
 * @param {number} factor
 * @param {number} x
 * @param {number} y
 * @returns {View}
 */
export function zoomAt(view, extent, width, height, factor, x, y) {
  const scale = clamp(view.scale * factor, 1, DEEPEST);
  const [before, after] = [view.scale, scale].map((one) => one * fitted(extent, width, height));
  const shift = 1 / before - 1 / after;
  const moved = { scale, x: view.x + (x - width / 2) * shift, y: view.y - (y - height / 2) * shift };
  return confine(moved, extent, width, height);
}

/**
 * A view moved by pixels.
 * @param {View} view
 * @param {Extent} extent
 * @param {number} width
 * @param {number} height
 * @param {number} x
 * @param {number} y
 * @returns {View}
 */
export function panBy(view, extent, width, height, x, y) {
  const unit = view.scale * fitted(extent, width, height);
  return confine({ scale: view.scale, x: view.x - x / unit, y: view.y + y / unit }, extent, width, height);
}

/**
 * A view from elsewhere, such as an address, held to what exists.
 * @param {View} view
 * @param {Extent} extent
 * @param {number} width
 * @param {number} height
 * @returns {View}
 */
export function confine(view, extent, width, height) {
  const scale = clamp(view.scale, 1, DEEPEST);
  const unit = scale * fitted(extent, width, height);
  const roomX = Math.max(extent.halfX - width / 2 / unit, 0);
  const roomY = Math.max(extent.halfY - height / 2 / unit, 0);
  return {
    scale,
    x: clamp(view.x, extent.x - roomX, extent.x + roomX),
    y: clamp(view.y, extent.y - roomY, extent.y + roomY),
  };
}

/**
 * Round numbers between two bounds, about `wanted` of them, for lines across the picture.
 * @param {number} low
 * @param {number} high
 * @param {number} wanted
 * @returns {number[]}
 */
export function roundSteps(low, high, wanted) {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((multiple) => power * multiple >= rough) ?? 10);
  const steps = [];
  for (let count = Math.ceil(low / step); count * step <= high; count++) steps.push(count * step);
  return steps;
}

/**
 * Pixels a unit where the whole extent is shown.
 * @param {Extent} extent
 * @param {number} width
 * @param {number} height
 */
function fitted(extent, width, height) {
  return Math.min(width / (2 * extent.halfX), height / (2 * extent.halfY));
}
