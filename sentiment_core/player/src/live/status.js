// The line that says what the job does now, how far it is, and how long it still takes.

import { number, tr, trPlural } from "../messages.js";
import { make, setAttribute, setText } from "../page/dom.js";

/** @import { About, Log } from "./log.js" */

/**
 * A time in the reader's words, rounded as one would say it.
 * @param {number} seconds
 */
export function sayTime(seconds) {
  if (seconds < 60) return trPlural("{count} second", "{count} seconds", Math.max(Math.round(seconds), 1));
  if (seconds < 3600) return trPlural("{count} minute", "{count} minutes", Math.round(seconds / 60));
  return tr("{hours:.1f} hours", { hours: seconds / 3600 });
}

/**
 * What the job does.
 * @param {About} job
 */
export function sayState({ state, stage, place }) {
  const states = /** @type {Record<string, string>} */ ({
    pausing: tr("Pausing"),
    paused: tr("Paused"),
    stopping: tr("Stopping"),
    done: tr("Done"),
    stopped: tr("Stopped, and kept"),
    failed: tr("Failed"),
    lost: tr("Interrupted: it will go on by itself"),
    cancelled: tr("Cancelled"),
  });
  if (state === "waiting")
    return place
      ? trPlural("Waiting: {count} job before it", "Waiting: {count} jobs before it", place)
      : tr("Waiting for its turn");
  const stages = /** @type {Record<string, string>} */ ({
    starting: tr("Starting"),
    reading: tr("Reading the reviews"),
    encoding: tr("Turning the reviews into token ids"),
    pretraining: tr("Pretraining"),
    training: tr("Training"),
    evaluating: tr("Reading the test reviews"),
  });
  return states[state] ?? stages[stage] ?? tr("Working");
}

/** The line, with a bar. */
export class Status {
  /** @param {string[]} titles of the networks */
  constructor(titles) {
    this.titles = titles;
    this.what = make("strong", { class: "live-what" });
    this.how = make("span", { class: "live-how" });
    this.bar = make("i", {});
    this.track = make(
      "div",
      {
        class: "live-bar",
        role: "progressbar",
        "aria-label": tr("Progress"),
        "aria-valuemin": 0,
        "aria-valuemax": 100,
      },
      this.bar,
    );
    this.trouble = make("p", { class: "live-trouble", role: "status", hidden: true });
    this.element = make(
      "div",
      { class: "live-status" },
      make("p", { class: "live-said" }, this.what, this.how),
      this.track,
      this.trouble,
    );
  }

  /** @param {string} state of the job, before anything is known of it but this */
  begin(state) {
    const job = { state, stage: "starting", place: null, ended: false, wait: null, left: null, done: 0, total: 0 };
    setText(this.what, sayState(job));
  }

  /** @param {Log} log */
  show(log) {
    const { job } = log;
    if (!job) return;
    setText(this.what, sayState(job));
    const told = [];
    if (log.reached && log.steps) {
      told.push(tr("step {step} of {steps}", { step: log.reached, steps: log.steps }));
      const each = log.runs[0].stepsPerEpoch;
      if (each) told.push(tr("epoch {epoch:.2f}", { epoch: log.reached / each }));
    } else if (job.total && !job.ended)
      told.push(tr("{done} of {total}", { done: number(job.done), total: number(job.total) }));
    if (job.state === "waiting" && job.wait !== null)
      told.push(tr("starts in about {time}", { time: sayTime(job.wait) }));
    else if (!job.ended && job.state !== "paused" && job.left !== null && job.left > 0)
      told.push(tr("about {time} left", { time: sayTime(job.left) }));
    for (const [index, run] of log.runs.entries())
      if (run.test !== null)
        told.push(tr("{network}: {share:.1%} of the test reviews", { network: this.titles[index], share: run.test }));
    for (const [index, run] of log.runs.entries())
      if (run.failed !== null)
        told.push(tr("{network} failed after step {step}", { network: this.titles[index], step: run.failed }));
    setText(this.how, told.map((part) => ` · ${part}`).join(""));
    const share = log.steps ? log.reached / log.steps : job.total ? job.done / job.total : 0;
    this.bar.style.transform = `scaleX(${share.toFixed(4)})`;
    setAttribute(this.track, "aria-valuenow", String(Math.round(100 * share)));
    this.track.hidden = job.ended;
  }

  /** @param {number} failures questions in a row that the server did not answer */
  lost(failures) {
    this.trouble.hidden = failures < 2;
    setText(this.trouble, failures < 2 ? "" : tr("The connection is lost. Trying again; what has come stays here."));
  }

  gone() {
    this.trouble.hidden = false;
    setText(this.trouble, tr("This job is not there any more."));
  }
}
