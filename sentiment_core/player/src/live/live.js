// A running training as a browser shows it. It follows the server's log, and nothing of the page runs again for it.

import { tr } from "../messages.js";
import { make, setText } from "../page/dom.js";
import { Poller } from "../page/poll.js";
import { watchSize } from "../page/sizes.js";
import { prefersLessMotion } from "../page/theme.js";
import { curveCharts, pinCharts } from "./charts.js";
import { DriftPart } from "./driftpart.js";
import { Feed, Gone } from "./feed.js";
import { keptBasis } from "./kept.js";
import { Log } from "./log.js";
import { Numbers } from "./numbers.js";
import { endOfSteps } from "./scales.js";
import { Status, sayState } from "./status.js";
import { Strips } from "./strip.js";
import { Timebar } from "./timebar.js";

/** @import { Speech } from "../messages.js" */
/** @import { Network } from "./linechart.js" */
/** @import { Reply } from "../page/poll.js" */

/**
 * @typedef {"curves"|"pins"|"drift"|"forgetting"} Part
 *
 * @typedef {Object} Data what Python gives
 * @property {string} job its id
 * @property {string} state of the job, as the page knows it
 * @property {number} told differs in every run of the page
 * @property {Part[]} parts in their order
 * @property {Network[]} networks one or two
 * @property {string[]} pins texts
 * @property {Speech} speech
 */

const EAGER = 500; // milliseconds between questions until the first frame is there
const RARE = 3000; // while other jobs come first
const GROWING = 300; // milliseconds in which the axis of steps grows
const SPEAK_EVERY = 60_000; // milliseconds between two reports to a screen reader

/** The view of one job. */
export class Live {
  /**
   * @param {Data} data
   * @param {string} base address of the folder of pages
   * @param {(state: string) => void} onState told when the job's state is another than the page knows
   */
  constructor(data, base, onState) {
    this.data = data;
    this.onState = onState;
    this.told = data.state;
    this.calm = prefersLessMotion();
    const { networks, pins, parts } = data;
    this.log = new Log(networks.length);
    this.feed = new Feed(`${base}live/${data.job}/`, this.log, networks.length, {
      basis: keptBasis(data.job),
      fit: "movement",
    });
    this.status = new Status(networks.map(({ title }) => title));
    this.status.begin(data.state);
    this.timebar = new Timebar((step) => this.showAt(step));
    /** @param {number} step */
    const seek = (step) => this.timebar.seek(step);
    this.curves = parts.includes("curves") ? curveCharts(this.log, networks, seek) : [];
    this.pins = parts.includes("pins") ? pinCharts(this.log, networks, pins, seek) : [];
    this.strips = parts.includes("forgetting") ? new Strips(this.log, networks) : null;
    this.drift = parts.includes("drift") ? new DriftPart(this.feed, this.log, networks, this.timebar, data.job) : null;
    this.numbers = new Numbers(this.log, networks, this.pins.length ? pins : []);
    this.voice = make("p", { class: "unseen", "aria-live": "polite", "data-live": true });
    this.spoken = { at: -Infinity, state: "" };
    this.end = 0;
    this.growing = 0;
    this.slowest = 0;
    this.element = make(
      "div",
      { class: "player live", lang: data.speech.language, "data-live-job": data.job },
      this.status.element,
      this.timebar.element,
      ...parts.map((part) => this.section(part)),
      this.numbers.element,
      this.voice,
    );
    this.room = make("div", { class: "live-room" }, this.element);
    this.unwatch = watchSize(this.element, () => this.fit());
  }

  /** Begin to follow the job. Call it once the element is on the page. */
  start() {
    this.fit();
    this.drift?.dress();
    this.poller = new Poller(
      () => this.ask(),
      (failures) => this.status.lost(failures),
    );
  }

  /** @param {Part} part */
  section(part) {
    const made = {
      curves: () => figures(tr("While it learns"), "live-curves", this.curves),
      pins: () => figures(tr("Probability of positive of the pinned reviews"), "live-pins", this.pins),
      drift: () => this.drift?.element ?? make("div"),
      forgetting: () =>
        make(
          "section",
          { class: "live-section" },
          make("h2", {}, tr("How far back the gradient reaches, in tokens from the end of the reading")),
          ...(this.strips ? [this.strips.element] : []),
        ),
    };
    return made[part]?.() ?? make("div");
  }

  /** @returns {Promise<Reply>} */
  async ask() {
    try {
      const { news, came } = await this.feed.news(this.drift !== null);
      const started = performance.now();
      if (came) this.drift?.take();
      if (news) this.take();
      this.tellState();
      this.measure(performance.now() - started);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      this.status.gone();
      return { end: true };
    }
    return this.next();
  }

  /** @returns {Reply} when to ask again */
  next() {
    const { job } = this.log;
    if (!job) return {};
    if (job.ended) return { end: true };
    const isFar = job.state === "waiting" && (job.place ?? 0) > 1;
    if (isFar) return { wait: RARE };
    return this.log.reached || job.state === "paused" ? {} : { wait: EAGER };
  }

  /** Events have come. */
  take() {
    const { log } = this;
    this.status.show(log);
    this.timebar.take(log.moments(), log.runs[0].stepsPerEpoch);
    for (const chart of this.charts) chart.grow();
    const end = endOfSteps(log.reached, log.steps);
    if (end === this.end || !this.end || this.calm() || document.visibilityState === "hidden") {
      this.end = end;
      this.draw(end);
    } else this.growTo(end);
    this.showAt(this.timebar.shown);
    this.speak();
  }

  /** Tell the page if it knows another state: also when nothing is new here, because the page may have run meanwhile. */
  tellState() {
    const state = this.log.job?.state ?? this.told;
    if (state !== this.told) {
      this.told = state;
      this.onState(state);
    }
  }

  get charts() {
    return [...this.curves, ...this.pins];
  }

  /** @param {number} end of the axes of steps */
  draw(end) {
    for (const chart of this.charts) chart.draw(end);
  }

  /**
   * Let the axes of steps grow in a moment, so that the eye can follow.
   * @param {number} end
   */
  growTo(end) {
    const [from, started] = [this.end, performance.now()];
    this.end = end;
    cancelAnimationFrame(this.growing);
    /** @param {number} now */
    const grow = (now) => {
      const share = Math.min(Math.max((now - started) / GROWING, 0), 1);
      this.draw(from + (end - from) * share);
      this.showCharts();
      if (share < 1) this.growing = requestAnimationFrame(grow);
    };
    this.growing = requestAnimationFrame(grow);
  }

  /** @param {number} step to show; Infinity for the newest */
  showAt(step) {
    this.showCharts();
    this.strips?.show(step);
    this.drift?.go(step);
    this.numbers.show(step);
  }

  showCharts() {
    const { shown } = this.timebar;
    for (const chart of this.charts) chart.show(Number.isFinite(shown) ? shown : this.log.reached);
  }

  /** Fit the charts to the room that the page gives. */
  fit() {
    this.element.classList.toggle("narrow", this.element.clientWidth < 720);
    for (const chart of this.charts) chart.measure();
    this.draw(this.end || 16);
    this.showCharts();
    this.drift?.layOut();
  }

  /** Tell a screen reader a changed state at once, and how far the training is from time to time. */
  speak() {
    const { job } = this.log;
    if (!job) return;
    const state = sayState(job);
    const now = performance.now();
    if (state === this.spoken.state && now - this.spoken.at < SPEAK_EVERY) return;
    this.spoken = { at: now, state };
    const accuracies = this.log.runs.flatMap(({ valid }, index) => {
      const share = valid.accuracy.at(-1);
      return share == null
        ? []
        : [tr("{network}: {share:.0%} of the valid reviews", { network: this.data.networks[index].title, share })];
    });
    const far =
      this.log.steps && this.log.reached
        ? [tr("step {step} of {steps}", { step: this.log.reached, steps: this.log.steps })]
        : [];
    setText(this.voice, [state, ...far, ...accuracies].join(". "));
  }

  /** @param {number} milliseconds that a tick took */
  measure(milliseconds) {
    this.slowest = Math.max(this.slowest, milliseconds, this.drift?.slowest ?? 0);
    this.element.dataset.slowest = this.slowest.toFixed(1);
  }

  /**
   * The page ran again. It may know an older state than the one it was told: then it is told again.
   * @param {Data} data
   */
  update(data) {
    this.data = data;
    this.told = data.state;
    this.poller?.revive();
  }

  remove() {
    cancelAnimationFrame(this.growing);
    this.poller?.stop();
    this.feed.stop();
    this.timebar.remove();
    this.drift?.remove();
    this.unwatch();
    this.room.remove();
  }
}

/**
 * @param {string} title
 * @param {string} kind
 * @param {{element: HTMLElement}[]} charts
 */
function figures(title, kind, charts) {
  const grid = make("div", { class: `live-grid ${kind}` }, ...charts.map(({ element }) => element));
  return make("section", { class: "live-section", hidden: !charts.length }, make("h2", {}, title), grid);
}
