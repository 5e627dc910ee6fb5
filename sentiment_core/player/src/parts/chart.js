// A line chart under the panels: the separation of the polarities over time. Its playhead follows the player's.

import { framesAt } from "../data/timeline.js";
import { number, tr } from "../messages.js";
import { clamp, make, makeSvg, setText, widthOf } from "../page/dom.js";
import { PANEL_COLOURS } from "../page/theme.js";

/** @import { Panel, Payload } from "../data/payload.js" */
/** @import { Between } from "../data/timeline.js" */

const HEIGHT = 132;
const LINE = 15; // between two numbers
const TEXT = 12.5; // pixels, as in chart.css
const LOW = 84; // in a presentation, where the panels need the room
const EDGE = { left: 40, right: 16, top: 10, bottom: 24 };
/**
 * @typedef {Object} Measure of separation
 * @property {"axis"|"space"} key
 * @property {string|null} dash
 *
 * @typedef {Object} Line
 * @property {number} index of its panel
 * @property {number[]} values at every frame
 * @property {string} name
 * @property {Record<string, string|number>} stroke
 * @property {HTMLElement} number its value now
 * @property {SVGCircleElement} dot where it is now
 * @property {HTMLElement} legend
 */

/** @type {Measure[]} */
const MEASURES = [
  { key: "axis", dash: null },
  { key: "space", dash: "5 4" },
];

/**
 * The value of a measure at a position between frames; NaN where a frame beside it has none.
 * @param {number[]} values
 * @param {Between} between
 */
function valueAt(values, { from, to, share }) {
  return share ? values[from] + (values[to] - values[from]) * share : values[from];
}

function spacing() {
  return tr("Checkpoints are spaced equally, not by time.");
}

/**
 * The name of a line, from its panel and its measure.
 * @param {string} panel
 * @param {Measure["key"]} key
 */
function nameLine(panel, key) {
  return key === "axis" ? tr("{panel}, first axis", { panel }) : tr("{panel}, original space", { panel });
}

/** @param {number} value */
function inWords(value) {
  return Number.isNaN(value) ? tr("unknown") : number(value, 2);
}

/** The chart. It is hidden if no panel has a separation or there is only one checkpoint. */
export class Chart {
  /**
   * @param {Payload} payload
   * @param {(position: number) => void} seek
   */
  constructor(payload, seek) {
    this.payload = payload;
    this.seek = seek;
    this.last = payload.checkpoints.length - 1;
    // Set by `measure`: sizes at the usual text size, pixels between checkpoints, bounds of the values.
    this.width = 0;
    this.height = HEIGHT;
    this.grown = 1;
    this.step = 0;
    this.low = 0;
    this.high = 1;
    this.fitted = "";
    this.lines = payload.panels.flatMap((panel, index) => linesOf(panel, index));
    this.isShown = this.lines.length > 0 && this.last > 0;
    this.picture = makeSvg("svg", { class: "chart-picture", role: "img", "data-chart": true });
    this.element = make(
      "figure",
      { class: "chart", hidden: !this.isShown },
      make(
        "figcaption",
        { class: "chart-head" },
        make(
          "span",
          { class: "chart-title", title: tr("The chance that a positive word lies beyond a negative one") },
          tr("How far polarity has separated (AUC)"),
        ),
        ...this.lines.map(({ legend }) => legend),
      ),
      this.picture,
      make("p", { class: "note" }, spacing()),
    );
    this.needle = makeSvg("line");
    this.playhead = makeSvg("g", { class: "playhead" }, this.needle);
    this.playhead.append(...this.lines.map(({ dot }) => dot));
    this.listen();
  }

  listen() {
    /** @param {PointerEvent} event */
    const seek = (event) => {
      const across = (event.clientX - this.picture.getBoundingClientRect().left) / this.grown - EDGE.left;
      this.seek(clamp(across / this.step, 0, this.last));
    };
    this.picture.addEventListener("pointerdown", (event) => {
      if (event.button === 0) seek(event);
    });
    this.picture.addEventListener("pointermove", (event) => {
      if (event.buttons & 1) seek(event);
    });
  }

  /**
   * Draw all but the playhead, for a new width.
   * @param {number} grown how much larger than usual its text is; beyond 1 in a presentation
   */
  measure(grown) {
    const room = this.isShown ? this.picture.clientWidth || this.element.clientWidth : 0;
    if (!room || this.fitted === `${room} ${grown}`) return;
    this.fitted = `${room} ${grown}`;
    // Everything is drawn at its usual size and shown grown times as large.
    const width = room / grown;
    this.width = width;
    this.height = grown > 1 ? LOW : HEIGHT;
    this.grown = grown;
    this.picture.setAttribute("height", String(this.height * grown));
    this.needle.setAttribute("y1", String(EDGE.top));
    this.needle.setAttribute("y2", String(this.height - EDGE.bottom));
    this.step = (width - EDGE.left - EDGE.right) / this.last;
    const values = this.lines.flatMap(({ values }) => values).filter(Number.isFinite);
    this.low = Math.min(0.45, ...values) - 0.02;
    this.high = Math.min(Math.max(0.7, ...values) + 0.03, 1.02);
    this.picture.setAttribute("viewBox", `0 0 ${width} ${this.height}`);
    this.picture.setAttribute("aria-label", this.summary());
    this.picture.replaceChildren(
      ...this.levels(),
      ...this.names(),
      ...this.lines.map((one) => this.path(one)),
      this.playhead,
    );
  }

  /**
   * @param {Line} one
   * @param {number} position
   */
  at(one, position) {
    return valueAt(one.values, framesAt(this.payload.checkpoints, one.index, position));
  }

  /** @param {number} checkpoint */
  x(checkpoint) {
    return EDGE.left + checkpoint * this.step;
  }

  /** @param {number} value */
  y(value) {
    return EDGE.top + ((this.high - value) / (this.high - this.low)) * (this.height - EDGE.top - EDGE.bottom);
  }

  levels() {
    const marks = [];
    const apart = this.y(0) - this.y(0.1);
    for (let tenths = Math.ceil(this.low * 10); tenths / 10 <= this.high; tenths++) {
      const y = this.y(tenths / 10);
      const chance = tenths === 5;
      const end = this.width - EDGE.right;
      marks.push(
        makeSvg("line", { class: chance ? "chart-chance" : "chart-level", x1: EDGE.left, x2: end, y1: y, y2: y }),
      );
      if (apart >= LINE || tenths % 5 === 0) {
        marks.push(makeSvg("text", { x: EDGE.left - 8, y: y + 4, "text-anchor": "end" }, number(tenths / 10, 1)));
      }
      if (chance) marks.push(makeSvg("text", { x: this.freest(), y: y - 5, "text-anchor": "middle" }, tr("chance")));
    }
    return marks;
  }

  /** The last place along the chart where the lines are well above chance, for the word that names it. */
  freest() {
    const above = this.payload.checkpoints.map((_, checkpoint) =>
      Math.min(...this.lines.map((one) => this.at(one, checkpoint)).filter((value) => value >= 0)),
    );
    const most = Math.max(...above);
    const half = this.halfOf(tr("chance"));
    const last = above.findLastIndex((value) => value > most - 0.05);
    return clamp(this.x(last), EDGE.left + half, this.width - EDGE.right - half);
  }

  /** Lay out everything again, for instance after a font has loaded. */
  forget() {
    this.fitted = "";
  }

  /**
   * Half the width of a text in the chart.
   * @param {string} text
   */
  halfOf(text) {
    return widthOf(text, `${TEXT}px ${getComputedStyle(this.picture).fontFamily}`) / 2;
  }

  /** Draw the names of checkpoints below the chart: always the last, and as many others as fit. */
  names() {
    const marks = [];
    let free = this.width;
    for (let checkpoint = this.last; checkpoint >= 0; checkpoint--) {
      const { label } = this.payload.checkpoints[checkpoint];
      const half = this.halfOf(label);
      const middle = clamp(this.x(checkpoint), half, this.width - half);
      if (middle + half > free) continue;
      free = middle - half - 10;
      marks.push(makeSvg("text", { x: middle, y: this.height - 6, "text-anchor": "middle" }, label));
    }
    return marks;
  }

  /**
   * A line through the values, broken where one is unknown.
   * @param {Line} one
   */
  path(one) {
    let pen = "M";
    const corners = this.payload.checkpoints.map((_, checkpoint) => {
      const y = this.y(this.at(one, checkpoint));
      const corner = Number.isNaN(y) ? "" : `${pen}${this.x(checkpoint).toFixed(1)},${y.toFixed(1)}`;
      pen = corner ? "L" : "M";
      return corner;
    });
    return makeSvg("path", { d: corners.join(""), ...one.stroke });
  }

  summary() {
    const ends = this.lines.map((one) => {
      const [from, to] = [0, this.last].map((checkpoint) => inWords(this.at(one, checkpoint)));
      return tr("{line}: from {from} to {to}", { line: one.name, from, to });
    });
    const lines = ends.join("; ");
    const said = tr("How far polarity has separated. {lines}. {chance:.1f} is chance.", { lines, chance: 0.5 });
    return `${said} ${spacing()}`;
  }

  /**
   * Move the playhead.
   * @param {number} position
   */
  show(position) {
    if (!this.width) return;
    const x = this.x(position);
    this.playhead.setAttribute("transform", `translate(${x.toFixed(2)} 0)`);
    for (const one of this.lines) {
      const value = this.at(one, position);
      setText(one.number, inWords(value));
      one.dot.style.display = Number.isNaN(value) ? "none" : "";
      if (value >= 0) one.dot.setAttribute("cy", this.y(value).toFixed(2));
    }
  }
}

/**
 * A panel's lines; none if it has no separation.
 * @param {Panel} panel
 * @param {number} index
 * @returns {Line[]}
 */
function linesOf({ title, separation }, index) {
  return separation ? MEASURES.map((measure) => lineOf(title, separation[measure.key], index, measure)) : [];
}

/**
 * @param {string} title of the panel
 * @param {number[]} values
 * @param {number} index of the panel
 * @param {Measure} measure
 * @returns {Line}
 */
function lineOf(title, values, index, { key, dash }) {
  const colour = PANEL_COLOURS[index % PANEL_COLOURS.length];
  const name = nameLine(title, key);
  const value = make("b", { class: "chart-number" });
  const stroke = {
    stroke: colour,
    "stroke-width": 2.25,
    fill: "none",
    ...(dash ? { "stroke-dasharray": dash } : {}),
  };
  const sample = makeSvg(
    "svg",
    { width: 26, height: 10, viewBox: "0 0 26 10", "aria-hidden": "true" },
    makeSvg("path", { d: "M1 5h24", ...stroke }),
  );
  return {
    index,
    values,
    name,
    stroke,
    number: value,
    dot: makeSvg("circle", { r: 4, fill: colour }),
    legend: make("span", { class: "chart-legend" }, sample, `${name} `, value),
  };
}
