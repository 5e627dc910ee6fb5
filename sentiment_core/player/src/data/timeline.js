// The time axis: a position runs from 0, the first moment, to the number of moments less one, the last.
// Between two moments words go straight from one recorded place to the next.

const SECONDS_PER_MOMENT = 1.25;
// Seconds at the end before a presentation begins again.
const END_REST = 2.5;

/** The speeds offered, as multiples. */
export const SPEEDS = [0.5, 1, 2, 4];

/** What makes time run, at a speed, to the last moment; a presentation then begins again. */
export class Clock {
  /** @param {number} last the last moment */
  constructor(last) {
    this.last = last;
    // Seconds since the position changed.
    this.rested = 0;
    this.calmer = window.matchMedia ? window.matchMedia("(prefers-reduced-motion: reduce)") : { matches: false };
  }

  /**
   * What changes in a playing state when seconds have passed: its position, or that it plays.
   * @param {{position: number, speed: number, presenting: boolean}} state
   * @param {number} seconds
   * @returns {{position: number}|{playing: boolean}|{}}
   */
  tick({ position, speed, presenting }, seconds) {
    this.rested += seconds;
    if (position >= this.last) {
      if (!presenting) return { playing: false };
      return this.rested > END_REST ? this.moveTo(0) : {};
    }
    if (!this.calmer.matches) return this.moveTo(advance(position, seconds, speed, this.last));
    // Whole moments, for whoever asked for less motion.
    const due = this.rested * speed >= SECONDS_PER_MOMENT;
    return due ? this.moveTo(Math.min(Math.floor(position) + 1, this.last)) : {};
  }

  moveTo(position) {
    this.rested = 0;
    return { position };
  }
}

/**
 * Where the position is some seconds later. It slows down at each moment, so that what was recorded can be seen
 * apart from what lies between.
 */
function advance(position, seconds, speed, last) {
  const moment = Math.floor(position);
  const beat = moment + unease(position - moment) + (seconds * speed) / SECONDS_PER_MOMENT;
  if (beat >= last) return last;
  return Math.floor(beat) + ease(beat - Math.floor(beat));
}

/**
 * The frames of a panel on either side of a position.
 * @param {Object[]} moments
 * @param {number} panel index
 * @param {number} position
 * @returns {{from: number, to: number, share: number}} frames, and how far from the one to the other, 0 to 1
 */
export function framesAt(moments, panel, position) {
  const before = Math.floor(position);
  const after = Math.min(before + 1, moments.length - 1);
  return { from: moments[before].frames[panel], to: moments[after].frames[panel], share: position - before };
}

/** A position in words: "epoch 2", or "epoch 1 → epoch 2" between two moments. */
export function namePosition(moments, position) {
  const before = Math.floor(position);
  return position === before ? moments[before].name : `${moments[before].name} → ${moments[before + 1].name}`;
}

/** The moment before or after a position: from between two moments a step ends at the nearer one in its direction. */
export function stepFrom(position, direction, last) {
  const next = direction > 0 ? Math.floor(position) + 1 : Math.ceil(position) - 1;
  return Math.min(Math.max(next, 0), last);
}

function ease(share) {
  return share * share * (3 - 2 * share);
}

function unease(share) {
  return 0.5 - Math.sin(Math.asin(1 - 2 * share) / 3);
}
