// A chart of numbers over steps. It shows the values at the moment looked at as a table above its lines.

import { compact, number, tr } from "../messages.js";
import { clamp, make, makeSvg, setAttribute, setText } from "../page/dom.js";
import { lastBefore } from "./log.js";
import { growLinear, growLog, growShare, thinPath, ticksTo } from "./scales.js";

/** @import { Bounds } from "./scales.js" */

const EDGE = { left: 48, right: 14, top: 8, bottom: 22 };
const MOST_NUMBER_TICKS = 4;

/**
 * @typedef {"share"|"linear"|"log"} Kind of a vertical axis
 *
 * @typedef {Object} Line
 * @property {number} network
 * @property {string} name of what it shows, for its column in the table: "" where the chart has one value a network
 * @property {"valid"|"train"|"only"} look a thick line with marks, a thin one beside it, or a line by itself
 * @property {() => {step: number[], values: (number|null)[]}} read
 *
 * @typedef {Object} Network how a network looks
 * @property {string} title
 * @property {string} colour
 * @property {string|null} dash
 *
 * @typedef {Object} Plan of a chart
 * @property {string} title
 * @property {Kind} kind
 * @property {Bounds} bounds to begin with; exponents of ten where the axis is logarithmic
 * @property {Line[]} lines
 * @property {(value: number) => string} format
 *
 * @typedef {Object} Drawn
 * @property {Line} line
 * @property {SVGPathElement} path
 * @property {SVGPathElement} marks
 * @property {SVGCircleElement} dot
 * @property {HTMLElement} value
 */

/** A chart with its title and its table of values. */
export class LineChart {
  /**
   * @param {Plan} plan
   * @param {Network[]} networks
   * @param {(step: number) => void} seek told at which step the reader wants to look
   */
  constructor(plan, networks, seek) {
    this.plan = plan;
    this.networks = networks;
    this.bounds = plan.bounds;
    this.width = 0;
    this.height = 0;
    this.end = 16;
    this.axes = makeSvg("g");
    this.cursor = makeSvg("line", { class: "live-cursor" });
    this.drawn = plan.lines.map((line) => drawnOf(line, networks[line.network]));
    this.svg = makeSvg(
      "svg",
      { class: "live-chart", role: "img", "data-chart": plan.title },
      this.axes,
      this.cursor,
      ...this.drawn.flatMap(({ path, marks, dot }) => [path, marks, dot]),
    );
    this.svg.addEventListener("click", (event) => {
      seek(this.stepAt(event.clientX - this.svg.getBoundingClientRect().left));
    });
    this.element = make(
      "figure",
      { class: "live-figure", "aria-label": plan.title },
      make("div", { class: "live-head" }, make("h3", { class: "live-title" }, plan.title), this.table()),
      this.svg,
    );
    this.axed = "";
  }

  /** The values at the moment looked at: a row for each network, a column for each of its lines. */
  table() {
    const names = [...new Set(this.plan.lines.map(({ name }) => name))];
    const head =
      names.length > 1 ? [make("tr", {}, make("td"), ...names.map((name) => make("th", { scope: "col" }, name)))] : [];
    const rows = this.networks.map((network, index) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, sample(network), make("span", { class: "live-name" }, network.title)),
        ...this.drawn.filter(({ line }) => line.network === index).map(({ value }) => value),
      ),
    );
    return make("table", { class: "live-values" }, ...head, ...rows);
  }

  /** Read the size that the page gives. */
  measure() {
    const [width, height] = [this.svg.clientWidth, this.svg.clientHeight];
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    setAttribute(this.svg, "viewBox", `0 0 ${width} ${height}`);
  }

  /** @param {number} across pixels */
  stepAt(across) {
    return Math.round(clamp((across - EDGE.left) / this.across(1), 0, this.end));
  }

  /** @param {number} steps as pixels */
  across(steps) {
    return (steps * Math.max(this.width - EDGE.left - EDGE.right, 1)) / this.end;
  }

  /** @param {number} step */
  x(step) {
    return EDGE.left + this.across(step);
  }

  /** @param {number} value */
  y(value) {
    const { low, high } = this.bounds;
    const place = this.plan.kind === "log" ? (value > 0 ? Math.log10(value) : low) : value;
    const share = clamp((place - low) / (high - low), 0, 1);
    return EDGE.top + (1 - share) * (this.height - EDGE.top - EDGE.bottom);
  }

  /** Fit the vertical axis to what has come. */
  grow() {
    let [lowest, highest] = [Infinity, -Infinity];
    // A few reviews of train may all be judged wrong by chance: the axis of shares does not follow them.
    const decisive = this.drawn.filter(({ line }) => this.plan.kind !== "share" || line.look !== "train");
    for (const { line } of decisive) {
      for (const value of line.read().values) {
        if (value === null) continue;
        if (value < lowest && (this.plan.kind !== "log" || value > 0)) lowest = value;
        if (value > highest) highest = value;
      }
    }
    if (this.plan.kind === "share") this.bounds = growShare(this.bounds, lowest);
    else if (this.plan.kind === "log") this.bounds = growLog(this.bounds, lowest, highest);
    else this.bounds = growLinear(this.bounds, highest);
  }

  /**
   * Draw what has come.
   * @param {number} end of the axis of steps
   */
  draw(end) {
    this.end = end;
    if (!this.width) return;
    this.drawAxes();
    for (const { line, path, marks } of this.drawn) {
      const { step, values } = line.read();
      const xs = step.map((one) => this.x(one));
      const ys = values.map((value) => (value === null ? null : this.y(value)));
      setAttribute(path, "d", thinPath(xs, ys));
      if (line.look === "valid") setAttribute(marks, "d", marksAt(xs, ys, line.network));
    }
  }

  /**
   * Show the values at a step.
   * @param {number} step
   */
  show(step) {
    const x = String(this.x(step));
    for (const name of ["x1", "x2"]) setAttribute(this.cursor, name, x);
    const told = [];
    for (const { line, dot, value } of this.drawn) {
      const { step: steps, values } = line.read();
      const place = lastBefore(steps, step);
      const found = place < 0 ? null : values[place];
      const text = found === null ? "–" : this.plan.format(found);
      setText(value, text);
      if (found !== null) told.push([this.networks[line.network].title, line.name, text].filter(Boolean).join(" "));
      setAttribute(dot, "display", found === null || !this.width ? "none" : "");
      if (found === null) continue;
      setAttribute(dot, "cx", String(this.x(steps[place])));
      setAttribute(dot, "cy", String(this.y(found)));
    }
    setAttribute(this.svg, "aria-label", [this.plan.title, ...told].join(", "));
  }

  drawAxes() {
    const key = [this.width, this.height, this.end, this.bounds.low, this.bounds.high].join();
    if (key === this.axed) return;
    this.axed = key;
    const [right, bottom] = [this.width - EDGE.right, this.height - EDGE.bottom];
    for (const [name, value] of [
      ["y1", EDGE.top],
      ["y2", bottom],
    ])
      setAttribute(this.cursor, String(name), String(value));
    const levels = this.levels().flatMap(([value, text]) => {
      const y = this.y(value);
      const label = makeSvg("text", { x: EDGE.left - 6, y: y + 4.5, "text-anchor": "end" }, text);
      return [makeSvg("line", { x1: EDGE.left, x2: right, y1: y, y2: y, class: "live-level" }), label];
    });
    const title = makeSvg("text", { x: right, y: this.height - 5, "text-anchor": "end" }, tr("steps"));
    const ticks = ticksTo(this.end, Math.max(Math.floor(this.width / 70), 2))
      .filter((step) => this.x(step) < right - 58)
      .map((step) =>
        makeSvg(
          "text",
          { x: this.x(step), y: this.height - 5, "text-anchor": step ? "middle" : "start" },
          number(step),
        ),
      );
    this.axes.replaceChildren(...levels, ...ticks, title);
  }

  /** @returns {[number, string][]} values with a line across, and what they are called */
  levels() {
    const { low, high } = this.bounds;
    if (this.plan.kind === "log") {
      const apart = Math.max(1, Math.ceil((high - low) / MOST_NUMBER_TICKS));
      const powers = Array.from({ length: Math.floor((high - low) / apart) + 1 }, (_, index) => low + index * apart);
      return powers.map((power) => [10 ** power, power < -3 || power > 4 ? `10${raised(power)}` : String(10 ** power)]);
    }
    if (this.plan.kind === "share") {
      const shares = low > 0 ? [0.4, 0.6, 0.8, 1] : [0, 0.25, 0.5, 0.75, 1];
      return shares.map((share) => [share, tr("{share:.0%}", { share })]);
    }
    return ticksTo(high, MOST_NUMBER_TICKS).map((value) => [value, shortNumber(value, high)]);
  }
}

/**
 * A sample of a network's line.
 * @param {Network} network
 */
export function sample({ colour, dash }) {
  const line = makeSvg("line", { x1: 1, y1: 6, x2: 25, y2: 6, stroke: colour, "stroke-dasharray": dash });
  return makeSvg(
    "svg",
    { class: "live-sample", viewBox: "0 0 26 12", width: 26, height: 12, "aria-hidden": "true" },
    line,
  );
}

/**
 * @param {Line} line
 * @param {Network} network
 * @returns {Drawn}
 */
function drawnOf(line, { colour, dash }) {
  return {
    line,
    path: makeSvg("path", {
      class: `live-line ${line.look}`,
      stroke: colour,
      "stroke-dasharray": line.look === "train" ? null : dash,
    }),
    marks: makeSvg("path", { fill: colour }),
    dot: makeSvg("circle", { class: "live-dot", r: 5, fill: colour, display: "none" }),
    value: make("td", { class: "live-value" }, "–"),
  };
}

/**
 * Marks at the points: round for the first network, square for the second. Left out where they would touch.
 * @param {number[]} xs
 * @param {(number|null)[]} ys
 * @param {number} network
 */
function marksAt(xs, ys, network) {
  let path = "";
  let before = -Infinity;
  for (const [place, x] of xs.entries()) {
    const y = ys[place];
    if (y === null || x - before < 9) continue;
    before = x;
    path += network
      ? `M${(x - 3.2).toFixed(1)},${(y - 3.2).toFixed(1)}h6.4v6.4h-6.4z`
      : `M${(x - 3.6).toFixed(1)},${y.toFixed(1)}a3.6,3.6 0 1 0 7.2,0a3.6,3.6 0 1 0 -7.2,0`;
  }
  return path;
}

/**
 * @param {number} value
 * @param {number} high end of its axis
 */
function shortNumber(value, high) {
  if (high >= 10_000) return compact(value);
  return number(value, high >= 10 ? 0 : high >= 2 ? 1 : 2);
}

/** @param {number} power */
function raised(power) {
  return [...String(power)].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("");
}
