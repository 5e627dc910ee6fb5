// The section of the drift: its panels once there are frames, and what is said of the axes.

import { tr } from "../messages.js";
import { make, setAttribute, setText } from "../page/dom.js";
import { Drift } from "./drift.js";
import { keepBasis } from "./kept.js";
import { lastBefore } from "./log.js";

/** @import { Feed } from "./feed.js" */
/** @import { Network } from "./linechart.js" */
/** @import { Log } from "./log.js" */
/** @import { Moments } from "./moments.js" */
/** @import { Timebar } from "./timebar.js" */

const WORTH = 2; // times as many moments as the axes know: then it is worth to fit again

/** The section. */
export class DriftPart {
  /**
   * @param {Feed} feed
   * @param {Log} log
   * @param {Network[]} networks
   * @param {Timebar} timebar
   * @param {string} job its id
   */
  constructor(feed, log, networks, timebar, job) {
    this.feed = feed;
    this.job = job;
    this.log = log;
    this.networks = networks;
    this.timebar = timebar;
    /** @type {Drift|null} */
    this.drift = null;
    this.fitting = false;
    this.place = make(
      "div",
      { class: "live-place" },
      make("p", { class: "live-empty" }, tr("The words appear with the first step.")),
    );
    this.about = make("span", { class: "live-about" });
    this.again = make(
      "button",
      { type: "button", class: "live-button", click: () => this.fit(this.feed.axes.fit) },
      tr("Fit again"),
    );
    this.fitted = make(
      "select",
      {
        class: "speed",
        "aria-label": tr("What the axes are fitted to"),
        change: ({ target }) => this.fit(target.value),
      },
      make("option", { value: "movement" }, tr("axes of movement")),
      make("option", { value: "variance" }, tr("axes of variance")),
    );
    this.line = make(
      "p",
      { class: "live-axes", hidden: true },
      this.about,
      " ",
      make("span", { class: "live-fit" }, this.again, this.fitted),
    );
    this.element = make(
      "section",
      { class: "live-section" },
      make("h2", {}, tr("Where the words lie")),
      this.place,
      this.line,
    );
  }

  get slowest() {
    return this.drift?.slowest ?? 0;
  }

  /** Frames have come. */
  take() {
    const found = this.feed.moments.filter((moments) => moments !== null);
    if (found.length < this.networks.length || !found.every(({ steps }) => steps.length)) return;
    if (!this.drift) {
      this.begin(found);
      keepBasis(this.job, found[0].basis);
    } else if (this.drift.sources.some(({ moments }, index) => moments !== found[index])) this.drift.refit(found);
    else this.drift.take();
    this.drift?.go(this.timebar.shown);
    this.say();
  }

  /** @param {Moments[]} moments */
  begin(moments) {
    const canvas = make("canvas").getContext("2d");
    if (!canvas) return;
    const sources = moments.map((one, index) => ({ title: this.networks[index].title, moments: one }));
    this.drift = new Drift(sources, (network, step) => this.describe(network, step), {
      togglePlay: () => this.timebar.togglePlay(),
      step: (direction) => this.timebar.step(direction),
      toStart: () => this.timebar.toStart(),
      toEnd: () => this.timebar.toEnd(),
    });
    this.place.replaceChildren(this.drift.element);
    this.line.hidden = false;
    this.drift.dress();
  }

  /**
   * @param {number} network
   * @param {number} step
   */
  describe(network, step) {
    const { stepsPerEpoch, valid } = this.log.runs[network];
    const place = lastBefore(valid.step, step);
    const epoch = stepsPerEpoch ? step / stepsPerEpoch : 0;
    return {
      epoch,
      name: tr("epoch {epoch:.2f}", { epoch }),
      valid_accuracy: place < 0 ? null : valid.accuracy[place],
    };
  }

  /** @param {string} fit */
  async fit(fit) {
    const settled = this.again.getAttribute("aria-disabled") === "true" && fit === this.feed.axes.fit;
    if (this.fitting || settled) return;
    this.fitting = true;
    setAttribute(this.again, "aria-disabled", "true");
    try {
      const found = await this.feed.refit({ basis: 0, fit });
      if (found) {
        keepBasis(this.job, found[0].basis);
        this.take();
      }
    } catch {
      this.fitted.value = this.feed.axes.fit; // the server did not answer: the axes stay, and the status says so
    } finally {
      this.fitting = false;
      this.say();
    }
  }

  /** Say on how many moments the axes were fitted, and what they show. */
  say() {
    if (!this.drift) return;
    const { sources } = this.drift;
    const [basis, come] = [sources[0].moments.basis, Math.max(...sources.map(({ moments }) => moments.steps.length))];
    const place = lastBefore(sources[0].moments.steps, this.timebar.shown);
    const shares = sources.map(({ title, moments }) =>
      tr("{share:.0%} ({network})", {
        share: moments.visible[Math.min(place, moments.visible.length - 1)] ?? 0,
        network: title,
      }),
    );
    const fitted =
      basis >= come
        ? tr("Each network has axes of its own, fitted on all {come} moments.", { come })
        : tr("Each network has axes of its own, fitted on the first {basis} of {come} moments.", { basis, come });
    const shown =
      place > 0
        ? tr("They show this much of the squared movement so far: {shares}.", { shares: shares.join(", ") })
        : "";
    setText(this.about, `${fitted} ${shown}`.trim());
    setAttribute(this.again, "aria-disabled", String(this.fitting || basis >= come));
    this.again.classList.toggle("worth", come >= WORTH * basis);
  }

  /** @param {number} step */
  go(step) {
    this.drift?.go(step);
    this.say();
  }

  dress() {
    this.drift?.dress();
  }

  layOut() {
    this.drift?.layOut();
  }

  remove() {
    this.drift?.remove();
  }
}
