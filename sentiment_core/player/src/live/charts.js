// The charts of a training: loss, accuracy, gradients, speed, and the pinned reviews.

import { number, tr } from "../messages.js";
import { LineChart } from "./linechart.js";

/** @import { Line, Network, Plan } from "./linechart.js" */
/** @import { Log, Run } from "./log.js" */

const LONGEST = 90; // characters of a review in the title of its chart

/**
 * @param {Log} log
 * @param {Network[]} networks
 * @param {(step: number) => void} seek
 * @returns {LineChart[]}
 */
export function curveCharts(log, networks, seek) {
  /** @type {Plan[]} */
  const plans = [
    {
      title: tr("Loss"),
      kind: "linear",
      bounds: { low: 0, high: 1 },
      lines: trainAndValid(log, networks, "loss"),
      format: (value) => number(value, 3),
    },
    {
      title: tr("Accuracy"),
      kind: "share",
      bounds: { low: 0.4, high: 1 },
      lines: trainAndValid(log, networks, "accuracy"),
      format: (share) => tr("{share:.1%}", { share }),
    },
    {
      title: tr("Norm of the gradients"),
      kind: "log",
      bounds: { low: -2, high: 1 },
      lines: networks.map((_, network) => line(network, "", "only", () => seriesOf(log.runs[network], "norm"))),
      format: (value) => (value >= 1000 ? number(value) : number(value, value < 0.1 ? 4 : 2)),
    },
    {
      title: tr("Tokens a second"),
      kind: "linear",
      bounds: { low: 0, high: 1000 },
      lines: networks.map((_, network) => line(network, "", "only", () => seriesOf(log.runs[network], "rate"))),
      format: (value) => number(value),
    },
  ];
  return plans.map((plan) => new LineChart(plan, networks, seek));
}

/**
 * A chart for each pinned review.
 * @param {Log} log
 * @param {Network[]} networks
 * @param {string[]} pins
 * @param {(step: number) => void} seek
 */
export function pinCharts(log, networks, pins, seek) {
  return pins.map((text, pin) => {
    /** @type {Plan} */
    const plan = {
      title: tr("“{text}”", { text: shortened(text) }),
      kind: "share",
      bounds: { low: 0, high: 1 },
      lines: networks.map((_, network) =>
        line(network, "", "valid", () => {
          const { step, of } = log.runs[network].pins;
          return { step, values: of.map((chances) => chances[pin] ?? null) };
        }),
      ),
      format: (share) => tr("{share:.1%}", { share }),
    };
    return new LineChart(plan, networks, seek);
  });
}

/**
 * @param {Log} log
 * @param {Network[]} networks
 * @param {"loss"|"accuracy"} what
 * @returns {Line[]}
 */
function trainAndValid(log, networks, what) {
  return networks.flatMap((_, network) => [
    line(network, tr("train"), "train", () => seriesOf(log.runs[network], what)),
    line(network, tr("valid"), "valid", () => ({
      step: log.runs[network].valid.step,
      values: log.runs[network].valid[what],
    })),
  ]);
}

/**
 * @param {number} network
 * @param {string} name
 * @param {Line["look"]} look
 * @param {Line["read"]} read
 * @returns {Line}
 */
function line(network, name, look, read) {
  return { network, name, look, read };
}

/**
 * @param {Run} run
 * @param {"loss"|"accuracy"|"norm"|"rate"} what
 */
function seriesOf({ train }, what) {
  return { step: train.step, values: train[what] };
}

/** @param {string} text */
function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
