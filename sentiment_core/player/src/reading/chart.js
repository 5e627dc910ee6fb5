// The curves: each model's probability of positive after every word, over one axis of words.

import { number, tr } from "../messages.js";
import { clamp, makeSvg } from "../page/dom.js";
import { pathThrough, placeAfter, probabilityAfter, wordTicks } from "./geometry.js";

/** @import { Data, Model } from "./reading.js" */

const EDGE = { left: 46, right: 14, top: 10, bottom: 24 };
const TITLE = 64; // pixels that the name of the axis of words takes
const LEVELS = [0, 0.25, 0.5, 0.75, 1];

/** The chart. It draws itself anew for each width. */
export class Curves {
  /**
   * @param {Data} data
   * @param {(word: number|null) => void} point told which word the pointer is at
   * @param {(word: number) => void} choose told which word was clicked
   */
  constructor(data, point, choose) {
    this.data = data;
    this.width = 0;
    this.height = 0;
    this.marks = makeSvg("g");
    this.band = makeSvg("rect", { class: "word-band" });
    this.chosen = makeSvg("rect", { class: "chosen-band" });
    this.dots = data.models.map(({ colour }) => makeSvg("circle", { r: 5.5, fill: colour, class: "dot" }));
    const label = { role: "img", "aria-label": this.describe(), "data-curves": true };
    this.element = makeSvg("svg", { class: "curves", ...label }, this.chosen, this.band, this.marks, ...this.dots);
    /** @param {PointerEvent} event */
    const wordOf = (event) => this.wordAt(event.clientX - this.element.getBoundingClientRect().left);
    this.element.addEventListener("pointermove", (event) => point(wordOf(event)));
    this.element.addEventListener("pointerdown", (event) => point(wordOf(event)));
    this.element.addEventListener("pointerleave", () => point(null));
    this.element.addEventListener("click", (event) => choose(wordOf(/** @type {PointerEvent} */ (event))));
  }

  /** What the picture shows, for those who do not see it. */
  describe() {
    const ends = this.data.models.map(({ name, p }) => {
      const last = p.at(-1);
      return last == null ? name : tr("{name} ends at {share:.1%}", { name, share: last });
    });
    return [tr("Probability of positive after each word"), ...ends].join(". ");
  }

  /** @param {number} across pixels from the left edge */
  wordAt(across) {
    return clamp(Math.floor((across - EDGE.left) / this.step), 0, this.data.words.length - 1);
  }

  get step() {
    return Math.max(this.width - EDGE.left - EDGE.right, 1) / this.data.words.length;
  }

  /** @param {number} words */
  x(words) {
    return EDGE.left + words * this.step;
  }

  /** @param {number} share */
  y(share) {
    return EDGE.top + (1 - share) * (this.height - EDGE.top - EDGE.bottom);
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  fit(width, height) {
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    this.element.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.element.style.height = `${height}px`;
    this.marks.replaceChildren(...this.frame(), ...this.data.models.flatMap((model) => this.curve(model)));
  }

  frame() {
    const right = this.width - EDGE.right;
    const lines = LEVELS.flatMap((level) => {
      const y = this.y(level);
      const line = makeSvg("line", { x1: EDGE.left, x2: right, y1: y, y2: y, class: level === 0.5 ? "half" : "level" });
      const label = { x: EDGE.left - 7, y: y + 4, "text-anchor": "end" };
      return [line, makeSvg("text", label, tr("{share:.0%}", { share: level }))];
    });
    const sides = [
      makeSvg(
        "text",
        { x: EDGE.left + 6, y: this.y(1) + 17, class: "side positive" },
        "● ",
        tr("probability of positive"),
      ),
      makeSvg("text", { x: EDGE.left + 6, y: this.y(0) - 8, class: "side negative" }, "◆ ", tr("negative")),
    ];
    const title = makeSvg("text", { x: right, y: this.height - 6, "text-anchor": "end" }, tr("words"));
    const ticks = wordTicks(this.data.words.length, Math.max(this.width / 70, 2))
      .filter((count) => this.x(count) < right - TITLE)
      .map((count) =>
        makeSvg("text", { x: this.x(count), y: this.height - 6, "text-anchor": "middle" }, number(count)),
      );
    return [...lines, ...sides, ...ticks, title];
  }

  /** @param {Model} model */
  curve(model) {
    const xs = model.x.map((words) => this.x(words));
    const ys = model.p.map((share) => (share === null ? null : this.y(share)));
    const stroke = { stroke: model.colour, "stroke-dasharray": model.dash };
    const marks = [makeSvg("path", { d: pathThrough(xs, ys), class: "curve", ...stroke })];
    // A point alone would be no line.
    if (xs.length === 1 && ys[0] !== null) {
      marks.push(makeSvg("path", { d: `M${xs[0] - 3},${ys[0]}h6`, class: "curve", stroke: model.colour }));
    }
    const turns = model.turns.map(({ place, positive }, index) => {
      const [x, y] = [xs[place], ys[place] ?? 0];
      const size = index === model.turns.length - 1 ? 7 : 5;
      const shape = positive
        ? `M${x - size},${y}a${size},${size} 0 1 0 ${2 * size},0a${size},${size} 0 1 0 ${-2 * size},0`
        : `M${x},${y - 1.25 * size}l${1.25 * size},${1.25 * size}l${-1.25 * size},${1.25 * size}l${-1.25 * size},${-1.25 * size}z`;
      return makeSvg("path", { d: shape, class: `turn ${positive ? "positive" : "negative"}`, stroke: model.colour });
    });
    return [...marks, ...turns];
  }

  /**
   * Mark a word on all curves.
   * @param {number|null} word
   * @param {number|null} selected
   */
  show(word, selected) {
    this.place(this.band, word);
    this.place(this.chosen, selected);
    this.data.models.forEach((model, index) => {
      const share = word === null ? null : probabilityAfter(model, word);
      const dot = this.dots[index];
      dot.style.display = share === null ? "none" : "";
      if (share === null || word === null) return;
      dot.setAttribute("cx", String(this.x(model.x[placeAfter(model, word)])));
      dot.setAttribute("cy", String(this.y(share)));
    });
  }

  /**
   * @param {SVGRectElement} band
   * @param {number|null} word
   */
  place(band, word) {
    band.style.display = word === null ? "none" : "";
    if (word === null) return;
    const width = Math.max(this.step, 3);
    band.setAttribute("x", String(this.x(word + 0.5) - width / 2));
    band.setAttribute("width", String(width));
    band.setAttribute("y", String(EDGE.top));
    band.setAttribute("height", String(Math.max(this.height - EDGE.top - EDGE.bottom, 0)));
  }
}
