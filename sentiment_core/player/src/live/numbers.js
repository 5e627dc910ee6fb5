// The numbers at the moment looked at as a table, for those who do not see the charts. It is filled while it is open.

import { number, tr } from "../messages.js";
import { make } from "../page/dom.js";
import { lastBefore } from "./log.js";

/** @import { Network } from "./linechart.js" */
/** @import { Log, Run } from "./log.js" */

/** A table that opens. */
export class Numbers {
  /**
   * @param {Log} log
   * @param {Network[]} networks
   * @param {string[]} pins
   */
  constructor(log, networks, pins) {
    this.log = log;
    this.networks = networks;
    this.pins = pins;
    this.body = make("tbody");
    const head = make("tr", {}, make("td"), ...networks.map(({ title }) => make("th", { scope: "col" }, title)));
    const table = make("table", { class: "live-table" }, make("thead", {}, head), this.body);
    this.element = make("details", { class: "live-numbers" }, make("summary", {}, tr("The numbers as a table")), table);
    this.step = Infinity;
    this.element.addEventListener("toggle", () => this.show(this.step));
  }

  /** @param {number} step */
  show(step) {
    this.step = step;
    if (!this.element.open) return;
    const rows = this.log.runs.map((run) => figures(run, step, this.pins));
    this.body.replaceChildren(
      ...rows[0].map(([name], place) =>
        make("tr", {}, make("th", { scope: "row" }, name), ...rows.map((row) => make("td", {}, row[place][1]))),
      ),
    );
  }
}

/**
 * @param {Run} run
 * @param {number} step
 * @param {string[]} pins
 * @returns {[string, string][]}
 */
function figures({ train, valid, pins: chances, parameters, test }, step, pins) {
  const [now, check, pinned] = [train.step, valid.step, chances.step].map((steps) => lastBefore(steps, step));
  /** @param {number|null|undefined} share */
  const percent = (share) => (share == null ? "–" : tr("{share:.1%}", { share }));
  /**
   * @param {number|null|undefined} value
   * @param {number} decimals
   */
  const plain = (value, decimals) => (value == null ? "–" : number(value, decimals));
  return [
    [tr("Step"), plain(train.step[now] ?? valid.step[check], 0)],
    [tr("Loss on train"), plain(train.loss[now], 3)],
    [tr("Loss on valid"), plain(valid.loss[check], 3)],
    [tr("Accuracy on train"), percent(train.accuracy[now])],
    [tr("Accuracy on valid"), percent(valid.accuracy[check])],
    [tr("Norm of the gradients"), plain(train.norm[now], 4)],
    [tr("Tokens a second"), plain(train.rate[now], 0)],
    ...pins.map(
      (text, pin) =>
        /** @type {[string, string]} */ ([
          tr("Probability of positive: “{text}”", { text }),
          percent(chances.of[pinned]?.[pin]),
        ]),
    ),
    [tr("Parameters"), plain(parameters, 0)],
    [tr("Accuracy on test"), percent(test)],
  ];
}
