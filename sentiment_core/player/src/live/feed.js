// Fetches what a job has logged and the frames of its networks. It holds no elements.

import { Moments, readBatch } from "./moments.js";

/** @import { Answer, Log } from "./log.js" */

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

  /** Fetch the next events. Returns whether there were any, and whether there are more. */
  async events() {
    const response = await this.fetch(`events?after=${this.log.next}`);
    if (response.status === 404) throw new Gone();
    if (!response.ok) throw new TypeError(`the server answered ${response.status}`);
    const answer = /** @type {Answer} */ (await response.json());
    const before = this.log.next;
    const news = this.log.take(answer);
    if (answer.from !== before) this.moments.fill(null);
    return { news, more: answer.more };
  }

  /** Whether frames were logged that are not here. */
  get lacksFrames() {
    return this.log.runs.some(
      ({ frames }, run) => frames.length > 0 && (frames.at(-1) ?? 0) > (this.moments[run]?.last ?? -1),
    );
  }

  /**
   * Fetch the frames that are not here. Returns whether any came.
   * @returns {Promise<boolean>}
   */
  async frames() {
    this.forgetVoid();
    if (!this.lacksFrames) return false;
    // The first network settles on how many frames the axes are fitted.
    let came = false;
    for (const run of this.moments.keys()) came = (await this.framesOf(run)) || came;
    return came;
  }

  /** @param {number} run */
  async framesOf(run) {
    const wanted = this.log.runs[run].frames.at(-1) ?? -1;
    let came = false;
    for (let answers = 0; answers < MOST_ANSWERS && (this.moments[run]?.last ?? -1) < wanted; answers++) {
      const known = this.moments[run];
      const batch = await this.batch(run, known?.basis ?? this.axes.basis, this.axes.fit, known?.last ?? -1);
      if (!batch) break;
      if (!known) this.moments[run] = new Moments(batch);
      // The server has started again and knows other axes.
      else if (!known.fits(batch)) this.moments[run] = null;
      else if (batch.frames.length) known.add(batch);
      else break;
      came = true;
      if (!this.axes.basis) this.axes.basis = batch.basis;
    }
    return came;
  }

  /**
   * Fetch all frames on other axes. Those that are here stay until all of the others are.
   * @param {{basis: number, fit: string}} axes
   * @returns {Promise<Moments[]|null>} null where a network has none
   */
  async refit(axes) {
    /** @type {Moments[]} */
    const found = [];
    for (const run of this.moments.keys()) {
      let batch = await this.batch(run, axes.basis, axes.fit, -1);
      if (!batch?.frames.length) return null;
      const moments = new Moments(batch);
      for (let answers = 0; answers < MOST_ANSWERS && moments.steps.length < moments.come; answers++) {
        batch = await this.batch(run, moments.basis, axes.fit, moments.last);
        if (!batch?.frames.length || !moments.fits(batch)) break;
        moments.add(batch);
      }
      found.push(moments);
    }
    this.axes = { fit: axes.fit, basis: found[0].basis };
    this.moments = found;
    return found;
  }

  forgetVoid() {
    for (const [run, steps] of this.log.resumed.entries()) {
      for (const step of steps.slice(this.dropped[run])) this.moments[run]?.drop(step);
      this.dropped[run] = steps.length;
    }
  }

  /**
   * Frames of a network after a step; null where there is none yet.
   * @param {number} run
   * @param {number} basis
   * @param {string} fit
   * @param {number} after
   */
  async batch(run, basis, fit, after) {
    const response = await this.fetch(`drift?run=${run}&fit=${fit}&basis=${basis}&after=${after}`);
    if (response.status === 404) return null;
    if (!response.ok) throw new TypeError(`the server answered ${response.status}`);
    return readBatch(new Uint8Array(await response.arrayBuffer()));
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
