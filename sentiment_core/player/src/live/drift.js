// The drift of a running training: the player's panels, fed with frames as they come.
//
// The axes stay as they were fitted until the reader asks for others. So does the part of the plane that is shown, unless
// a word leaves it.

import { leanOf } from "../data/payload.js";
import { listenToPerson } from "../input/listening.js";
import { tr } from "../messages.js";
import { make, setAttribute, setText } from "../page/dom.js";
import { sizeOfText, sizePanels } from "../page/sizes.js";
import { prefersLessMotion, readTheme, watchTheme } from "../page/theme.js";
import { createCard } from "../parts/card.js";
import { createChips } from "../parts/chips.js";
import { createLegend } from "../parts/legend.js";
import { Search } from "../parts/search.js";
import { rankWords } from "../picture/labels.js";
import { PanelView } from "../picture/panel.js";
import { equalExtents, extentOf } from "../picture/view.js";
import { lookActions, wordActions } from "../session/actions.js";
import { lastBefore } from "./log.js";

/** @import { Checkpoint, Frame, Panel, Payload } from "../data/payload.js" */
/** @import { Theme } from "../page/theme.js" */
/** @import { Extent } from "../picture/view.js" */
/** @import { Actions } from "../session/actions.js" */
/** @import { State } from "../session/state.js" */
/** @import { Moments } from "./moments.js" */

const ROOM = 1.25; // around the words of the first frames, for later ones to move into
const GLIDE = 0.7; // seconds in which words move to a new frame
const LONGEST_FRAME = 0.1; // seconds
const PINNED = 2; // words of each polarity at first

/**
 * @typedef {Object} Hands what keys other than the drift's own do
 * @property {() => void} togglePlay
 * @property {(direction: 1|-1) => void} step
 * @property {() => void} toStart
 * @property {() => void} toEnd
 *
 * @typedef {Object} Source of one network
 * @property {string} title
 * @property {Moments} moments
 */

/** The panels, with search, pinned words and legend. */
export class Drift {
  /**
   * @param {Source[]} sources one for each network, each with a frame or more
   * @param {(network: number, step: number) => Pick<Frame, "epoch"|"name"|"valid_accuracy">} describe a frame
   * @param {Hands} hands
   */
  constructor(sources, describe, hands) {
    this.sources = sources;
    this.describe = describe;
    this.calm = prefersLessMotion();
    /** The step that is shown; Infinity follows the newest. */
    this.step = Infinity;
    /** @type {Checkpoint[]} */
    this.checkpoints = [];
    this.panels = sources.map((source) => panelOf(source));
    this.fill();
    /** @type {Payload} */
    this.payload = {
      ...{ title: "", note: "", html: null, bytes: new Uint8Array(), pins: [] },
      checkpoints: this.checkpoints,
      vocabularies: this.panels.map(({ vocabulary }) => vocabulary),
      panels: this.panels,
    };
    this.views = this.panels.map((_, index) => new PanelView(this.payload, index));
    this.extents = this.fitExtents();
    this.state = this.beginning();
    /** @type {Theme} */
    this.theme = { paper: [255, 255, 255], ink: [0, 0, 0], font: "sans-serif" };
    this.parts = this.furnish(this.actions(hands));
    this.due = 0;
    /** @type {number|null} */
    this.before = null;
    this.slowest = 0;
  }

  /** @returns {State} */
  beginning() {
    return {
      ...{ position: this.checkpoints.length - 1, playing: false, speed: 1, absent: [], notice: "" },
      ...{ hovered: null, pointed: null, spoken: false, lasso: null, lassoing: false, drawing: null },
      ...{ trails: true, labels: true, bySize: false, equalScales: true, presenting: false },
      pins: tellingWords(this.panels[0]),
      views: this.views.map((view) => view.wholeView()),
    };
  }

  /**
   * What a person can do.
   * @param {Hands} hands
   * @returns {Actions}
   */
  actions(hands) {
    const { payload, state, views } = this;
    const nothing = () => {};
    const scene = {
      ...{ payload, views, state, select: nothing, present: nothing, comeIntoSight: nothing },
      /** @param {Partial<State>} changes */
      set: (changes) => this.set(changes),
      layOut: () => this.layOut(),
      dropDrag: () => this.forgetDrag(),
      focusSearch: () => this.focusSearch(),
      isAlone: () => false,
      theme: () => this.theme,
    };
    const words = wordActions(scene, hands.togglePlay);
    const undo = () => {
      this.forgetDrag();
      if (state.drawing || state.lassoing) this.set({ lassoing: false });
      else if (state.lasso) words.clearLasso();
    };
    return /** @type {any} */ ({ ...hands, ...words, ...lookActions(scene), escape: undo });
  }

  /** @param {Actions} act */
  furnish(act) {
    const scope = `live-${Math.random().toString(36).slice(2, 8)}`;
    const { payload, views } = this;
    const stage = make(
      "div",
      { class: "stage", tabindex: "0", role: "group", "aria-label": tr("Words in motion"), "data-stage": true },
      ...views.map(({ element }) => element),
    );
    const leave = () => stage.focus();
    const search = new Search(payload.vocabularies, act.pin, leave, scope);
    const chips = createChips(act, (word) => leanOf(payload, word), leave);
    const notice = make("p", { class: "notice", role: "status" });
    const probe = make("span", { class: "theme-probe", "aria-hidden": "true" });
    const toolbar = make("div", { class: "toolbar" }, search.element, chips.element, createLegend());
    const element = make("div", { class: "live-drift" }, probe, toolbar, notice, stage);
    const { dropDrag, stop } = listenToPerson(element, views, act, () => this.state.lassoing);
    watchTheme(probe, () => this.dress());
    return { stage, search, chips, card: createCard(), notice, probe, element, dropDrag, stop };
  }

  /** @param {Partial<State>} changes */
  set(changes) {
    Object.assign(this.state, changes);
    this.invalidate();
  }

  /** @returns {void} */
  forgetDrag() {
    this.parts.dropDrag();
  }

  /** @returns {void} */
  focusSearch() {
    this.parts.search.focus();
  }

  /** @returns {HTMLElement} */
  get element() {
    return this.parts.element;
  }

  /** Take on the colours and the font of the page. Call it once the element is on the page, too. */
  dress() {
    this.theme = readTheme(this.parts.probe);
    for (const { pictures } of this.views) pictures.forget();
    this.layOut();
  }

  /** Fit the pictures to the room that the page gives. */
  layOut() {
    for (const view of this.views) view.extent = this.extents[view.index];
    sizePanels(this.element, this.views);
    this.state.views = this.state.views.map((view, index) => this.views[index].confine(view));
    this.invalidate();
  }

  /** Frames have come or gone. */
  take() {
    const before = this.checkpoints.length;
    this.fill();
    const extents = this.grow(this.extents);
    if (extents !== this.extents) {
      this.extents = extents;
      this.layOut();
    }
    for (const view of this.views) view.drawn = "";
    if (this.checkpoints.length < before)
      this.state.position = Math.min(this.state.position, this.checkpoints.length - 1);
    this.invalidate();
  }

  /**
   * Show the same frames on other axes.
   * @param {Moments[]} moments one for each network
   */
  refit(moments) {
    for (const [index, source] of this.sources.entries()) source.moments = moments[index];
    this.fill();
    this.extents = this.fitExtents();
    this.state.position = this.target;
    this.layOut();
    for (const view of this.views) view.drawn = "";
    this.state.views = this.views.map((view) => view.wholeView());
    this.invalidate();
  }

  /**
   * Show what was there at a step; Infinity follows the newest.
   * @param {number} step
   * @param {boolean} [at_once] without moving there
   */
  go(step, at_once = false) {
    this.step = step;
    if (at_once || this.calm() || Math.abs(this.target - this.state.position) > 3) this.state.position = this.target;
    this.invalidate();
  }

  /** The position of the step that is shown. */
  get target() {
    const steps = this.checkpoints.map(({ name }) => Number(name));
    return Math.max(lastBefore(steps, this.step), 0);
  }

  /** Bring panels and the time axis up to date with the frames that are here. */
  fill() {
    for (const [index, { moments }] of this.sources.entries()) {
      const panel = this.panels[index];
      panel.coordinates = moments.coordinates;
      panel.displacement = moments.displacement;
      panel.frames.length = 0;
      for (const step of moments.steps) panel.frames.push({ step, ...this.describe(index, step) });
      panel.axes = () => axisNames(moments);
    }
    const all = this.sources.flatMap(({ moments }) => moments.steps);
    const steps = [...new Set(all)].sort((a, b) => a - b);
    this.checkpoints.length = 0;
    for (const step of steps) {
      const frames = this.sources.map(({ moments }) => Math.max(lastBefore(moments.steps, step), 0));
      this.checkpoints.push({ name: String(step), label: tr("step {step}", { step }), former: [], frames });
    }
  }

  /** Extents for the frames that are here, the same unit in both panels. */
  fitExtents() {
    const own = this.sources.map(({ moments }) => widened(extentOf({ ...PLAIN, coordinates: moments.filled }), ROOM));
    return equalExtents(own);
  }

  /**
   * The extents, or larger ones if a word of the newest frames lies outside.
   * @param {Extent[]} extents
   */
  grow(extents) {
    const newest = this.sources.map(({ moments }) =>
      extentOf({ ...PLAIN, coordinates: moments.filled.subarray(-2 * moments.words) }),
    );
    const outside = newest.some((extent, index) => !holds(extents[index], extent));
    return outside ? this.fitExtents() : extents;
  }

  invalidate() {
    if (!this.due) this.due = requestAnimationFrame((now) => this.render(now));
  }

  /** @param {number} now in milliseconds */
  render(now) {
    this.due = 0;
    const started = performance.now();
    const seconds = this.before === null ? 0 : Math.min((now - this.before) / 1000, LONGEST_FRAME);
    const moving = this.move(seconds);
    const look = { theme: this.theme, textSize: sizeOfText(this.element, false), seconds };
    const state = { ...this.state, playing: moving };
    const busy = this.views.map((view) => view.draw(state, look)).some(Boolean);
    this.showAround();
    this.before = busy || moving ? now : null;
    this.slowest = Math.max(this.slowest, performance.now() - started);
    if (this.before !== null) this.invalidate();
  }

  /**
   * Let words glide towards the frame that is shown. Returns whether they still do.
   * @param {number} seconds
   */
  move(seconds) {
    const { target, state } = this;
    const left = target - state.position;
    if (!left) return false;
    const way = Math.max(Math.abs(left), 1) * (seconds / GLIDE);
    state.position = Math.abs(left) <= way || this.calm() ? target : state.position + Math.sign(left) * way;
    return state.position !== target;
  }

  showAround() {
    const { state, views } = this;
    const { card } = this.parts;
    this.parts.chips.show(state.pins, state.lasso);
    setText(this.parts.notice, state.notice);
    this.element.classList.toggle("lassoing", state.lassoing);
    for (const { box, index } of views) box.classList.toggle("zoomed", state.views[index].scale > 1);
    const showsCard = state.pointed !== null && state.hovered !== null && !state.drawing;
    if (showsCard) card.show(/** @type {string} */ (state.hovered), views[state.pointed ?? 0], views, state.position);
    else card.hide();
    setAttribute(this.parts.stage, "data-moments", String(this.checkpoints.length));
  }

  remove() {
    cancelAnimationFrame(this.due);
    this.due = -1;
    this.parts.stop();
    this.element.remove();
  }
}

/** Coordinates that are no codes. @type {{scale: [number, number], centre: [number, number]}} */
const PLAIN = { scale: [1, 1], centre: [0, 0] };

/**
 * @param {Source} source
 * @returns {Panel}
 */
function panelOf({ title, moments }) {
  return {
    ...{ title, note: "", vocabulary: moments.vocabulary, frames: [], ...PLAIN },
    ...{ coordinates: moments.filled, displacement: moments.displacement, displacementScale: 1, separation: null },
    axes: () => axisNames(moments),
  };
}

/** @param {Moments} moments */
function axisNames({ fit, explained }) {
  return explained.map((share, axis) =>
    fit === "movement"
      ? tr("axis {axis} ({share:.1%} of the movement)", { axis: axis + 1, share })
      : tr("axis {axis} ({share:.1%} of variance)", { axis: axis + 1, share }),
  );
}

/**
 * The first words that a reader sees named: the most telling ones of each polarity.
 * @param {Panel} panel
 */
function tellingWords(panel) {
  const { ranked } = rankWords(panel);
  const { words, leans } = panel.vocabulary;
  return [1, 2].flatMap((lean) =>
    [...ranked]
      .filter((id) => leans[id] === lean)
      .slice(0, PINNED)
      .map((id) => words[id]),
  );
}

/**
 * @param {Extent} extent
 * @param {number} factor
 * @returns {Extent}
 */
function widened({ x, y, halfX, halfY }, factor) {
  return { x, y, halfX: halfX * factor, halfY: halfY * factor };
}

/**
 * Whether one extent lies within another.
 * @param {Extent} outer
 * @param {Extent} inner
 */
export function holds(outer, inner) {
  return (
    Math.abs(inner.x - outer.x) + inner.halfX <= outer.halfX * 1.07 &&
    Math.abs(inner.y - outer.y) + inner.halfY <= outer.halfY * 1.07
  );
}
