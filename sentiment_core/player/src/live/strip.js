// The forgetting strip: how much of the gradient arrives at tokens ever farther from the end, at the moment looked at.

import { number, tr, trPlural } from "../messages.js";
import { make, makeSvg, setAttribute, setText } from "../page/dom.js";
import { sample } from "./linechart.js";
import { lastBefore } from "./log.js";

/** @import { Network } from "./linechart.js" */
/** @import { Log, Reach } from "./log.js" */

const LEAST = -6; // log10 of the share that is drawn as nothing, as on the page Forgetting
const THOUSANDTH = -3;
const PALEST = 0.06;

/**
 * The farthest distance at which at least a thousandth of the largest gradient arrives.
 * @param {Reach} reach
 * @returns {number}
 */
export function farthest({ distances, last }) {
  const largest = Math.max(...last);
  const place = last.findLastIndex((value) => value - largest >= THOUSANDTH);
  return distances[Math.max(place, 0)];
}

/** A strip for each network. */
export class Strips {
  /**
   * @param {Log} log
   * @param {Network[]} networks
   */
  constructor(log, networks) {
    this.log = log;
    this.rows = networks.map((network) => {
      const cells = make("div", { class: "live-cells" });
      const said = make("span", { class: "live-reach" });
      const head = make("div", { class: "live-strip-head" }, sample(network), make("strong", {}, network.title), said);
      return { cells, said, network, shown: "", element: make("div", { class: "live-strip" }, head, cells) };
    });
    const scale = make(
      "p",
      { class: "live-scale", "aria-hidden": "true" },
      tr("a millionth"),
      makeSvg("svg", { class: "live-ramp", viewBox: "0 0 100 10", preserveAspectRatio: "none" }, ...ramp()),
      tr("all of it arrives"),
    );
    this.element = make("div", { class: "live-strips" }, ...this.rows.map(({ element }) => element), scale);
  }

  /** @param {number} step */
  show(step) {
    for (const [index, row] of this.rows.entries()) {
      const { step: steps, of } = this.log.runs[index].reach;
      const place = lastBefore(steps, step);
      const key = place < 0 ? "" : `${steps[place]} ${of[place].last.join()}`;
      if (key === row.shown) continue;
      row.shown = key;
      if (place < 0) {
        row.cells.replaceChildren();
        row.cells.removeAttribute("role");
        setText(row.said, "");
      } else drawRow(row, of[place]);
    }
  }
}

/**
 * @param {{cells: HTMLElement, said: HTMLElement, network: Network}} row
 * @param {Reach} reach
 */
function drawRow({ cells, said, network }, reach) {
  const { distances, last } = reach;
  const largest = Math.max(...last);
  const made = distances.map((distance, place) => {
    const share = Math.max(1 - (largest - last[place]) / -LEAST, 0);
    const cell = make(
      "div",
      {
        class: "live-cell",
        title: tr("{distance} tokens back: 10^{power:.1f}", { distance, power: last[place] - largest }),
      },
      make("i", {}),
      make("span", {}, number(distance)),
    );
    /** @type {HTMLElement} */ (cell.firstChild).style.opacity = String(PALEST + (1 - PALEST) * share);
    return cell;
  });
  cells.replaceChildren(...made);
  const far = farthest(reach);
  const isAll = far === distances.at(-1);
  const text = isAll
    ? trPlural(
        "A thousandth and more arrives from all {count} token back.",
        "A thousandth and more arrives from all {count} tokens back.",
        far,
      )
    : trPlural(
        "A thousandth and more arrives from up to {count} token back.",
        "A thousandth and more arrives from up to {count} tokens back.",
        far,
      );
  setText(said, text);
  setAttribute(cells, "role", "img");
  setAttribute(cells, "aria-label", `${network.title}. ${text}`);
}

function ramp() {
  return Array.from({ length: 10 }, (_, place) =>
    makeSvg("rect", { x: 10 * place, y: 0, width: 10, height: 10, opacity: PALEST + ((1 - PALEST) * place) / 9 }),
  );
}
