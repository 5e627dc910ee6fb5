// Axes that stay where they are while numbers come in: they grow in few large steps and never shrink.

/**
 * The end of the axis of steps: a sixteenth, an eighth, a quarter, half or all of the training, so that it starts large.
 * @param {number} reached
 * @param {number} steps of the whole training; 0 if not known
 */
export function endOfSteps(reached, steps) {
  if (!steps) return Math.max(16, 2 ** Math.ceil(Math.log2(Math.max(reached, 1))));
  for (const part of [16, 8, 4, 2]) {
    const end = Math.ceil(steps / part);
    if (end >= 16 && reached <= end) return end;
  }
  return Math.max(steps, reached);
}

/**
 * The least round number that is not below a value: 1, 2, 2.5 or 5 times a power of ten.
 * @param {number} value above 0
 */
export function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 2.5, 5].find((multiple) => power * multiple >= value * (1 - 1e-9)) ?? 10);
}

/**
 * @typedef {Object} Bounds of an axis
 * @property {number} low
 * @property {number} high
 */

/**
 * Bounds from 0 that hold a value.
 * @param {Bounds} bounds
 * @param {number} highest
 * @returns {Bounds}
 */
export function growLinear(bounds, highest) {
  return highest <= bounds.high || !Number.isFinite(highest) ? bounds : { low: 0, high: roundUp(highest * 1.1) };
}

/**
 * Bounds of shares: 40 to 100 percent, or from 0 once a share is lower.
 * @param {Bounds} bounds
 * @param {number} lowest
 * @returns {Bounds}
 */
export function growShare(bounds, lowest) {
  return lowest < bounds.low ? { low: 0, high: 1 } : bounds;
}

/**
 * Bounds in whole powers of ten that hold values, as exponents.
 * @param {Bounds} bounds
 * @param {number} lowest value, above 0
 * @param {number} highest
 * @returns {Bounds}
 */
export function growLog(bounds, lowest, highest) {
  const low = lowest > 0 ? Math.min(bounds.low, Math.max(Math.floor(Math.log10(lowest)), -12)) : bounds.low;
  const high = highest > 0 ? Math.max(bounds.high, Math.min(Math.ceil(Math.log10(highest)), 12)) : bounds.high;
  return low === bounds.low && high === bounds.high ? bounds : { low, high };
}

/**
 * Round numbers from 0 up to an end, for its ticks.
 * @param {number} end above 0
 * @param {number} most
 * @returns {number[]}
 */
export function ticksTo(end, most) {
  const step = roundUp(end / Math.max(most, 1));
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) => index * step);
}

/**
 * A path through points, at most a low and a high one for each pixel; broken where a value is missing.
 * @param {number[]} xs in pixels, ascending
 * @param {(number|null)[]} ys in pixels
 */
export function thinPath(xs, ys) {
  let path = "";
  let pen = "M";
  /** @type {number|null} */
  let column = null;
  let [first, low, high, last] = [0, 0, 0, 0];
  const flush = () => {
    if (column === null) return;
    const values = low === high ? [first] : low < first || high > first ? [first, low, high, last] : [first, last];
    for (const y of values) {
      path += `${pen}${column},${y.toFixed(1)}`;
      pen = "L";
    }
    column = null;
  };
  for (let place = 0; place < xs.length; place++) {
    const y = ys[place];
    if (y === null) {
      flush();
      pen = "M";
      continue;
    }
    const x = Math.round(xs[place] * 2) / 2;
    if (x !== column) {
      flush();
      column = x;
      first = low = high = y;
    }
    low = Math.min(low, y);
    high = Math.max(high, y);
    last = y;
  }
  flush();
  return path;
}
