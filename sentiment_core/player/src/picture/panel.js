// One panel: its heading, its picture on two canvases (dots below, everything else above) and the names of its axes.

import { framesAt } from "../data/timeline.js";
import { tr } from "../messages.js";
import { contextOf, debounced, make, setText } from "../page/dom.js";
import { Labels, rankWords } from "./labels.js";
import { drawGrid, drawLabels, drawLasso, drawMark, drawRing, drawTrails } from "./marks.js";
import { DotOrder, dotRadius, placeWords, Raster } from "./raster.js";
import { TextPictures } from "./text.js";
import { confine, extentOf, transformOf, wholeView } from "./view.js";

/** @import { Frame, Payload } from "../data/payload.js" */
/** @import { Theme } from "../page/theme.js" */
/** @import { State } from "../session/state.js" */
/** @import { Label } from "./labels.js" */
/** @import { Transform, View } from "./view.js" */

/**
 * @typedef {Object} Look how a frame is drawn
 * @property {Theme} theme
 * @property {number} textSize in CSS pixels
 * @property {number} seconds since the last frame
 *
 * @typedef {Object} Size
 * @property {number} width in CSS pixels
 * @property {number} height
 * @property {number} ratio device pixels a CSS pixel
 */

// Device pixels per CSS pixel at most: more only take time.
const SHARPEST = 2;
// Zoom from which on there is room for rare words' names.
const CLOSE = 4;
// Milliseconds that a hint stays.
const HINTED = 1200;
const ZOOM_KEY = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "") ? "\u2318" : "Ctrl";

/**
 * What a panel's heading says of a frame: "epoch 2 · step 704 · validation accuracy 84.1%".
 * @param {Frame} frame
 * @returns {string}
 */
export function describeFrame({ name, step, valid_accuracy: accuracy }) {
  const parts = [name];
  const shown = tr("step {step}", { step });
  if (Number.isFinite(step) && name !== shown) parts.push(shown);
  if (accuracy !== null) parts.push(tr("validation accuracy {accuracy:.1%}", { accuracy }));
  return parts.join(" · ");
}

/**
 * A function that shows the hint on zooming for a short time. It is called when a plain wheel was turned.
 * @param {HTMLElement} element
 */
function hinting(element) {
  const drop = debounced(() => element.classList.remove("shown"), HINTED);
  return () => {
    element.classList.add("shown");
    drop();
  };
}

/** A panel of the player. */
export class PanelView {
  /**
   * @param {Payload} payload
   * @param {number} index of the panel
   */
  constructor(payload, index) {
    this.checkpoints = payload.checkpoints;
    this.index = index;
    this.panel = payload.panels[index];
    this.ownExtent = extentOf(this.panel);
    this.extent = this.ownExtent; // or one that makes scales equal
    this.screen = new Float32Array(2 * this.panel.vocabulary.words.length);
    this.dots = new DotOrder(this.panel.vocabulary);
    const worth = rankWords(this.panel);
    this.labels = new Labels(worth);
    this.common = new Uint8Array(this.panel.vocabulary.words.length);
    for (const id of worth.ranked.subarray(0, worth.common)) this.common[id] = 1;
    this.pictures = new TextPictures();
    /** @type {Size} */
    this.size = { width: 0, height: 0, ratio: 1 };
    this.drawn = "";
    const { title, note } = this.panel;
    this.facts = make("span", { class: "panel-facts", "data-facts": true });
    this.lower = make("canvas", { "aria-hidden": "true" });
    this.upper = make("canvas", { "aria-hidden": "true" });
    const hint = make("p", { class: "hint", "aria-hidden": "true" }, tr("{key} + wheel zooms", { key: ZOOM_KEY }));
    this.hint = hinting(hint);
    this.box = make("div", { class: "picture", "data-picture": index }, this.lower, this.upper, hint);
    this.up = make("span", { class: "axis axis-up" });
    this.along = make("span", { class: "axis axis-along" });
    this.element = make(
      "section",
      { class: "panel", "aria-label": title, "data-panel": index },
      make("header", { class: "panel-head" }, make("h2", { class: "panel-title" }, title), this.facts),
      make("div", { class: "panel-body" }, this.up, this.box, this.along),
      ...(note ? [make("p", { class: "panel-note" }, note)] : []),
    );
    this.raster = new Raster(this.lower);
    this.context = contextOf(this.upper);
  }

  /** The view of everything in this panel. */
  wholeView() {
    return wholeView(this.extent);
  }

  /**
   * A view held to this panel's extent.
   * @param {View} view
   */
  confine(view) {
    return this.size.width ? confine(view, this.extent, this.size.width, this.size.height) : view;
  }

  /** Read the size that the page gives the picture. */
  measure() {
    const width = this.box.clientWidth;
    const height = this.box.clientHeight;
    this.size = { width, height, ratio: Math.min(window.devicePixelRatio || 1, SHARPEST) };
  }

  /**
   * The frame nearest to a position.
   * @param {number} position
   */
  frameAt(position) {
    return this.checkpoints[Math.round(position)].frames[this.index];
  }

  /**
   * Id of a word here, or -1.
   * @param {string} word
   */
  find(word) {
    return this.panel.vocabulary.ids.get(word) ?? -1;
  }

  /**
   * Whether a word lies in the part of the plane that is seen.
   * @param {number} id
   */
  isInPicture(id) {
    const [x, y] = [this.screen[2 * id], this.screen[2 * id + 1]];
    return x >= 0 && y >= 0 && x < this.size.width && y < this.size.height;
  }

  /**
   * Emphasise the words of a lasso; null emphasises none.
   * @param {string[]|null} words
   */
  emphasise(words) {
    let chosen = null;
    if (words) {
      chosen = new Uint8Array(this.panel.vocabulary.words.length);
      for (const id of words.map((word) => this.find(word))) if (id >= 0) chosen[id] = 1;
    }
    this.dots.emphasise(chosen);
    this.drawn = "";
  }

  /**
   * Draw the panel as the state says.
   * @param {Readonly<State>} state
   * @param {Look} look
   * @returns {boolean} whether labels still move, so that another frame is due
   */
  draw(state, look) {
    this.describe(state.position);
    if (!this.size.width || !this.size.height) return false;
    const view = state.views[this.index];
    const transform = transformOf(this.extent, view, this.size.width, this.size.height);
    const words = this.panel.vocabulary.words.length;
    const radius = dotRadius(words, this.size.width, this.size.height, view.scale);
    this.drawDots(state, look.theme, transform, radius);
    return this.drawAbove(state, look, transform, radius);
  }

  /** @param {number} position */
  describe(position) {
    const frame = this.frameAt(position);
    const [along, up] = this.panel.axes(frame);
    setText(this.facts, describeFrame(this.panel.frames[frame]));
    setText(this.along, along);
    setText(this.up, up);
  }

  /**
   * @param {Readonly<State>} state
   * @param {Theme} theme
   * @param {Transform} transform
   * @param {number} radius of a dot
   */
  drawDots(state, theme, transform, radius) {
    this.raster.prepare(this.size, radius, state.bySize, theme.paper);
    const key = [this.raster.key, state.position, transform.unit, transform.left, transform.top].join();
    if (key === this.drawn) return;
    this.drawn = key;
    placeWords(this.panel, framesAt(this.checkpoints, this.index, state.position), transform, this.screen);
    this.raster.draw(this.screen, this.dots);
  }

  /**
   * @param {Readonly<State>} state
   * @param {Look} look
   * @param {Transform} transform
   * @param {number} radius of a dot
   * @returns {boolean}
   */
  drawAbove(state, { theme, textSize, seconds }, transform, radius) {
    const { context, screen, size, pictures, panel } = this;
    const { leans } = panel.vocabulary;
    this.fitUpper();
    pictures.prepare(theme, size.ratio, textSize);
    context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    drawGrid(context, theme, transform, size, pictures);
    const pinned = state.pins.map((word) => this.find(word)).filter((id) => id >= 0);
    const hovered = state.hovered === null ? -1 : this.find(state.hovered);
    const grown = textSize / 13;
    if (state.trails) {
      drawTrails(context, theme, panel, pinned, this.framesPassed(state.position), screen, transform, 2 * grown);
    }
    const mark = Math.max(radius + 1, 5.5 * grown);
    const busy = this.layOutLabels(state, pinned, hovered, grown, seconds);
    for (const label of this.labels.shown.values()) {
      if (label.kind === "plain" && !label.leaving) this.mark(theme, leans, label.id, radius + 1);
    }
    for (const id of pinned) this.mark(theme, leans, id, mark);
    if (hovered >= 0) this.ring(theme, leans, hovered, pinned.includes(hovered) ? mark : radius + 1.5);
    /** @param {Label} label */
    const pictureOf = (label) => pictures.get(panel.vocabulary.words[label.id], label.kind, leans[label.id]);
    drawLabels(context, this.labels.shown.values(), screen, leans, pictureOf, size.ratio);
    if (state.drawing && state.drawing.panel === this.index) drawLasso(context, theme, state.drawing.corners);
    return busy;
  }

  /**
   * @param {Readonly<State>} state
   * @param {number[]} pinned
   * @param {number} hovered
   * @param {number} grown how much larger than usual text is
   * @param {number} seconds
   */
  layOutLabels(state, pinned, hovered, grown, seconds) {
    const { words, leans } = this.panel.vocabulary;
    return this.labels.layOut({
      screen: this.screen,
      width: this.size.width,
      height: this.size.height,
      pinned,
      hovered,
      chosen: this.dots.chosen,
      more: state.labels,
      rare: this.dots.chosen !== null || state.views[this.index].scale >= CLOSE,
      moving: state.playing,
      size: grown,
      seconds,
      measure: (id, kind) => this.pictures.get(words[id], kind, leans[id]),
    });
  }

  /**
   * @param {Theme} theme
   * @param {Uint8Array} leans
   * @param {number} id
   * @param {number} radius
   */
  mark(theme, leans, id, radius) {
    drawMark(this.context, theme, leans[id], this.screen[2 * id], this.screen[2 * id + 1], radius);
  }

  /**
   * @param {Theme} theme
   * @param {Uint8Array} leans
   * @param {number} id
   * @param {number} radius
   */
  ring(theme, leans, id, radius) {
    this.mark(theme, leans, id, radius);
    drawRing(this.context, theme, this.screen[2 * id], this.screen[2 * id + 1], radius);
  }

  /**
   * Frames from the first one to the last one reached.
   * @param {number} position
   */
  framesPassed(position) {
    return this.checkpoints.slice(0, Math.floor(position) + 1).map(({ frames }) => frames[this.index]);
  }

  fitUpper() {
    const { width, height, ratio } = this.size;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.upper.width !== wide) this.upper.width = wide;
    if (this.upper.height !== high) this.upper.height = high;
  }

  /**
   * What a screen reader reads out about the panel at a position.
   * @param {number} position
   */
  summary(position) {
    return `${this.panel.title}: ${describeFrame(this.panel.frames[this.frameAt(position)])}`;
  }
}
