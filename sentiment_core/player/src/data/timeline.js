// The time axis. A position is between 0, the first checkpoint, and the index of the last checkpoint.
// Between two checkpoints words move straight from one recorded place to the next.

/** @import { Checkpoint } from "./payload.js" */

const SECONDS_PER_CHECKPOINT = 1.25;
// Seconds at the end before a presentation begins again.
const END_REST = 2.5;

/** The speeds offered, as multiples. */
export const SPEEDS = [0.5, 1, 2, 4];

/** Advances time at a speed to the last checkpoint. A presentation then starts again. */
export class Clock {
  /**
   * @param {number} last the last checkpoint
   * @param {() => boolean} isCalm whether the reader asked for less motion
   */
  constructor(last, isCalm) {
    this.last = last;
    this.isCalm = isCalm;
    // Seconds since the position changed.
    this.rested = 0;
  }

  /**
   * What changes in a playing state when seconds have passed: its position, or whether it plays.
   * @param {{position: number, speed: number, presenting: boolean}} state
   * @param {number} seconds
   * @returns {{position?: number, playing?: boolean}}
   */
  tick({ position, speed, presenting }, seconds) {
    this.rested += seconds;
    if (position >= this.last) {
      if (!presenting) return { playing: false };
      return this.rested > END_REST ? this.moveTo(0) : {};
    }
    if (!this.isCalm()) return this.moveTo(advance(position, seconds, speed, this.last));
    // From one checkpoint straight to the next.
    const due = this.rested * speed >= SECONDS_PER_CHECKPOINT;
    return due ? this.moveTo(Math.min(Math.floor(position) + 1, this.last)) : {};
  }

  /** @param {number} position */
  moveTo(position) {
    this.rested = 0;
    return { position };
  }
}

/**
 * Where the position is some seconds later. It slows down at each checkpoint, so that what was recorded can be seen
 * apart from what lies between.
 * @param {number} position
 * @param {number} seconds
 * @param {number} speed
 * @param {number} last
 */
function advance(position, seconds, speed, last) {
  const checkpoint = Math.floor(position);
  const beat = checkpoint + unease(position - checkpoint) + (seconds * speed) / SECONDS_PER_CHECKPOINT;
  if (beat >= last) return last;
  return Math.floor(beat) + ease(beat - Math.floor(beat));
}

/**
 * @typedef {Object} Between
 * @property {number} from a frame
 * @property {number} to the next one
 * @property {number} share how far from the one to the other, 0 to 1
 */

/**
 * The frames of a panel on either side of a position.
 * @param {Checkpoint[]} checkpoints
 * @param {number} panel index
 * @param {number} position
 * @returns {Between}
 */
export function framesAt(checkpoints, panel, position) {
  const before = Math.floor(position);
  const after = Math.min(before + 1, checkpoints.length - 1);
  return { from: checkpoints[before].frames[panel], to: checkpoints[after].frames[panel], share: position - before };
}

/**
 * A position for the reader: "epoch 2", or "epoch 1 → epoch 2" between two checkpoints.
 * @param {Checkpoint[]} checkpoints
 * @param {number} position
 */
export function namePosition(checkpoints, position) {
  const before = Math.floor(position);
  if (position === before) return checkpoints[before].label;
  return `${checkpoints[before].label} → ${checkpoints[before + 1].label}`;
}

/**
 * The checkpoint before or after a position. From between two checkpoints a step ends at the nearer one in its direction.
 * @param {number} position
 * @param {number} direction 1 or -1
 * @param {number} last
 */
export function stepFrom(position, direction, last) {
  const next = direction > 0 ? Math.floor(position) + 1 : Math.ceil(position) - 1;
  return Math.min(Math.max(next, 0), last);
}

/** @param {number} share */
function ease(share) {
  return share * share * (3 - 2 * share);
}

/** @param {number} share */
function unease(share) {
  return 0.5 - Math.sin(Math.asin(1 - 2 * share) / 3);
}
