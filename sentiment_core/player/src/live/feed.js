// Fetches what a job has logged and the frames of its networks. It holds no elements.

import { Moments, readBatch } from "./moments.js";

/** @import { Answer, Log } from "./log.js" */
/** @import { Batch } from "./moments.js" */

const LONGEST = 10_000; // milliseconds for one answer
const MOST_ANSWERS = 60; // in a row

/** The job is not there. */
export class Gone extends Error {}

/** What is fetched of one job. */
export class Feed {
  /**
   * @param {string} base address of the job's routes
   * @param {Log} log
   * @param {number} networks
   * @param {{basis: number, fit: string}} axes asked for: frames that they are fitted to, 0 for all that have come
   */
  constructor(base, log, networks, axes) {
    this.base = base;
    this.log = log;
    this.axes = axes;
    /** @type {(Moments|null)[]} */
    this.moments = Array.from({ length: networks }, () => null);
    this.dropped = this.moments.map(() => 0); // kills that were heard of
    this.stopping = new AbortController();
  }

  /**
   * Fetch all that is new. Returns whether there were events, and whether frames came.
   * @param {boolean} frames whether frames are wanted
   */
  async news(frames) {
    const all = { news: false, came: false };
    for (let answers = 0; answers < MOST_ANSWERS; answers++) {
      const { news, came, more } = await this.part(frames);
      all.news ||= news;
      all.came ||= came;
      if (!more) break;
    }
    return all;
  }

  /**
   * Fetch one answer's worth of what is new, and say whether there is more.
   * @param {boolean} frames whether frames are wanted
   */
  async part(frames) {
    const known = frames ? [...this.moments] : [];
    const { answer, batches } = await this.ask(known, this.axes);
    const isSame = answer.from === this.log.next;
    const news = this.log.take(answer);
    if (!isSame) this.moments.fill(null);
    const wentBack = this.forgetVoid();
    let came = false;
    // Frames that were asked for from a step that is no longer here would leave a gap: they are asked for again.
    if (isSame && !wentBack) {
      for (const [run, batch] of batches.entries()) {
        if (batch && this.moments[run] === known[run]) {
          this.moments[run] = grown(known[run], batch);
          came = true;
        }
      }
    }
    const basis = this.moments[0]?.basis;
    if (came && basis && !this.axes.basis) this.axes.basis = basis;
    const lacks = came && this.moments.some((moments) => !moments || moments.steps.length < moments.come);
    return { news, came, more: answer.more || !isSame || wentBack || lacks };
  }

  /**
   * Fetch all frames on other axes. Those that are here stay until all of the others are.
   * @param {{basis: number, fit: string}} axes
   * @returns {Promise<Moments[]|null>} null where a network has none
   */
  async refit(axes) {
    /** @type {(Moments|null)[]} */
    let found = this.moments.map(() => null);
    for (let answers = 0; answers < MOST_ANSWERS; answers++) {
      const { batches } = await this.ask(found, axes);
      found = found.map((moments, run) => (batches[run] ? grown(moments, batches[run]) : moments));
      if (batches.every((batch) => !batch?.frames.length)) break;
    }
    const whole = found.filter((moments) => moments !== null);
    if (whole.length < found.length) return null;
    this.axes = { fit: axes.fit, basis: whole[0].basis };
    this.moments = whole;
    return whole;
  }

  /** Forget the frames after steps to which the training went back. Returns whether it went back. */
  forgetVoid() {
    let wentBack = false;
    for (const [run, steps] of this.log.resumed.entries()) {
      for (const step of steps.slice(this.dropped[run])) {
        wentBack ||= (this.moments[run]?.last ?? -1) > step;
        this.moments[run]?.drop(step);
      }
      this.dropped[run] = steps.length;
    }
    return wentBack;
  }

  /**
   * Ask for the events that are not here, and for the frames after those that are known; with [] for no frames.
   * @param {(Moments|null)[]} known
   * @param {{basis: number, fit: string}} axes of networks without frames
   * @returns {Promise<{answer: Answer, batches: (Batch|null)[]}>}
   */
  async ask(known, { basis, fit }) {
    const bases = known.map((moments) => moments?.basis ?? basis);
    const steps = known.map((moments) => moments?.last ?? -1);
    const wanted = known.length ? `&fit=${fit}&bases=${bases}&steps=${steps}` : "";
    const response = await this.fetch(`news?after=${this.log.next}${wanted}`);
    if (response.status === 404) throw new Gone();
    if (!response.ok) throw new TypeError(`the server answered ${response.status}`);
    const [events, ...frames] = partsOf(await response.arrayBuffer());
    return {
      answer: /** @type {Answer} */ (JSON.parse(new TextDecoder().decode(events))),
      batches: frames.map((part) => (part.length ? readBatch(part) : null)),
    };
  }

  /** @param {string} path */
  async fetch(path) {
    const timer = setTimeout(() => this.stopping.abort(), LONGEST);
    try {
      return await fetch(this.base + path, { signal: this.stopping.signal, cache: "no-store" });
    } finally {
      clearTimeout(timer);
      if (this.stopping.signal.aborted && !this.stopped) this.stopping = new AbortController();
    }
  }

  stop() {
    this.stopped = true;
    this.stopping.abort();
  }
}

/**
 * What is known of a network after an answer; null if its frames must be fetched anew.
 * @param {Moments|null} known
 * @param {Batch} batch
 */
function grown(known, batch) {
  if (!known) return new Moments(batch);
  if (!known.fits(batch)) return null; // the server has started again and knows other axes
  known.add(batch);
  return known;
}

/**
 * The parts of an answer. Each stands after its length.
 * @param {ArrayBuffer} buffer
 */
export function partsOf(buffer) {
  const view = new DataView(buffer);
  const parts = [];
  for (let at = 0; at < buffer.byteLength; ) {
    const length = view.getUint32(at, true);
    parts.push(new Uint8Array(buffer.slice(at + 4, at + 4 + length))); // a copy is aligned for numbers
    at += 4 + length;
  }
  return parts;
}
