// One payload being looked at: what is shown now, and the loop that draws it when something changed, and only then.

import { Chart } from "./chart.js";
import { KEYS, describeState } from "./voice.js";
import { PanelView } from "./panel.js";
import { Search } from "./search.js";
import { Clock, framesAt } from "./timeline.js";
import { clamp, debounced, make, setText } from "./dom.js";
import { createActions } from "./actions.js";
import { createCard } from "./card.js";
import { createChips } from "./chips.js";
import { createControls, iconButton } from "./controls.js";
import { createLegend } from "./legend.js";
import { createPresentation } from "./present.js";
import { listenToKeys } from "./keys.js";
import { listenToPointer } from "./pointer.js";
import { listMissing, readState, writeAddress, writeState } from "./address.js";
import { readTheme, watchTheme } from "./theme.js";

const SIDE_BY_SIDE = 720; // pixels of width from which on two panels stand beside each other
const AXIS_WIDTH = 22; // of the name beside a panel
const LONGEST_FRAME = 0.1; // seconds: after a pause time goes on where it was
const MOST_SENT = 500; // words of a lasso that are handed on

/**
 * @typedef {Object} State
 * @property {number} position in time, from 0 to the last moment
 * @property {boolean} playing
 * @property {number} speed
 * @property {string[]} pins
 * @property {string[]} absent words asked for that are in no vocabulary here, and may be in the next payload's
 * @property {string|null} hovered word, in all panels
 * @property {number|null} pointed the panel in which a pointer is on that word
 * @property {boolean} spoken whether that word's numbers are said, as where the focus is on it
 * @property {string[]|null} lasso words held
 * @property {boolean} lassoing whether a plain drag draws a lasso
 * @property {{panel: number, corners: number[]}|null} drawing a lasso being drawn
 * @property {View[]} views
 * @property {boolean} trails
 * @property {boolean} labels
 * @property {boolean} bySize
 * @property {boolean} presenting
 * @property {string} notice
 */

/** A payload on the page. */
export class Session {
  /**
   * @param {HTMLElement} root
   * @param {Object} payload decoded
   * @param {Object<string, string>} texts of the state to begin with, see address.js
   * @param {{address: boolean, onChange: function(Object): void}} options
   * @param {string[]|null} lasso words of another payload that are held on to where this one has them
   */
  constructor(root, payload, texts, options, lasso) {
    Object.assign(this, { root, payload, options, last: payload.moments.length - 1, due: 0, before: null });
    this.views = payload.panels.map((_, index) => new PanelView(payload, index));
    this.state = this.initialState(texts, lasso);
    if (this.state.lasso) for (const view of this.views) view.emphasise(this.state.lasso);
    this.chosen = false; // whether a person chose words, here or in a payload before
    this.act = createActions(this);
    this.clock = new Clock(this.last);
    this.save = debounced(() => this.options.address && writeAddress(this.texts()), 300);
    this.tell = debounced(() => this.options.onChange(this.selection()), 250);
    this.announce = debounced(() => setText(this.live, describeState(this.state, payload.moments, this.views)), 500);
    this.build();
    this.listen();
    this.theme = readTheme(this.probe);
    this.layOut();
    if (this.state.presenting) this.present(true, false);
    this.save();
    this.invalidate();
  }

  initialState(texts, lasso) {
    const { views, ...read } = readState(texts, this.payload);
    const { vocabularies } = this.payload;
    const held = (lasso || []).filter((word) => vocabularies.some(({ ids }) => ids.has(word)));
    return {
      ...read,
      views: views.map((view, index) => view || this.views[index].wholeView()),
      hovered: null,
      pointed: null,
      spoken: false,
      lasso: held.length ? held : null,
      lassoing: false,
      drawing: null,
      notice: listMissing(read.absent),
    };
  }

  build() {
    const { payload, act } = this;
    const scope = `player-${Math.random().toString(36).slice(2, 8)}`;
    this.search = new Search(payload.vocabularies, act.pin, () => this.stage.focus(), scope);
    this.chips = createChips(act, (word) => this.leanOf(word), () => this.stage.focus());
    this.controls = createControls(payload, act);
    this.chart = new Chart(payload, framesAt, act.scrub);
    this.card = createCard();
    this.probe = make("span", { class: "theme-probe", "aria-hidden": "true" });
    this.notice = make("p", { class: "notice", role: "status", "data-notice": true });
    this.live = make("p", { class: "unseen", "aria-live": "polite", "data-live": true });
    const keys = make("p", { id: `${scope}-keys`, class: "unseen" }, KEYS);
    this.progress = make("i", { class: "progress-done" });
    this.stage = make(
      "div",
      {
        class: "stage",
        tabindex: "0",
        role: "group",
        "aria-label": "Words in motion",
        "aria-describedby": keys.id,
        "data-stage": true,
      },
      ...this.views.map(({ element }) => element),
    );
    const leave = iconButton("close", "Leave the presentation", "Escape", () => this.present(false));
    leave.classList.add("leave");
    this.element = make(
      "div",
      { class: "player", "data-player": true },
      this.probe,
      make("div", { class: "toolbar" }, this.search.element, this.chips.element, createLegend()),
      this.controls.element, // above the pictures: within sight on every screen
      this.notice,
      this.stage,
      this.chart.element,
      ...(payload.note ? [make("p", { class: "note" }, payload.note)] : []),
      make("div", { class: "progress", "aria-hidden": "true" }, this.progress),
      leave,
      keys,
      this.live,
    );
    this.root.append(this.element);
  }

  listen() {
    const { act, state } = this;
    this.pointers = this.views.map(({ box }, index) =>
      listenToPointer(box, {
        point: (x, y) => act.point(index, x, y),
        leave: () => act.hover(null),
        tap: (x, y, byFinger) => act.tap(index, x, y, byFinger),
        pan: (x, y) => act.pan(index, x, y),
        zoom: (factor, x, y) => act.zoom(index, factor, x, y),
        reset: act.resetViews,
        wantsLasso: () => state.lassoing,
        drawLasso: (corners) => act.drawLasso(index, corners),
        endLasso: (corners) => act.endLasso(index, corners),
        dropLasso: act.dropLasso,
      }),
    );
    listenToKeys(this.element, act);
    watchTheme(this.probe, () => this.dress());
    this.presentation = createPresentation(this.element, () => this.present(false));
    this.stops = [...this.pointers.map(({ stop }) => stop), this.presentation.destroy, this.watchSize()];
    if (document.fonts) document.fonts.ready.then(() => this.dress());
  }

  watchSize() {
    const fit = () => this.layOut();
    window.addEventListener("resize", fit);
    const observer = window.ResizeObserver ? new ResizeObserver(fit) : null;
    if (observer) observer.observe(this.element);
    return () => {
      window.removeEventListener("resize", fit);
      if (observer) observer.disconnect();
    };
  }

  /** Change the state; it is drawn with the next frame. */
  set(changes) {
    Object.assign(this.state, changes);
    this.invalidate();
    this.save();
    this.announce();
  }

  /** Say something that went wrong. */
  warn(notice) {
    this.set({ notice });
  }

  present(presenting, byHand = false) {
    this.set({ presenting });
    if (presenting) this.presentation.enter(byHand);
    else this.presentation.leave();
    this.stage.focus({ preventScroll: true });
    this.layOut();
  }

  /** Take on the colours and the font of the page. */
  dress() {
    this.theme = readTheme(this.probe);
    for (const { pictures } of this.views) pictures.forget();
    this.invalidate();
  }

  /** Give the panels their size. */
  layOut() {
    const width = this.element.clientWidth;
    const beside = this.views.length > 1 && !this.isNarrow();
    this.element.classList.toggle("beside", beside);
    this.element.classList.toggle("narrow", this.isNarrow());
    const own = (beside ? width / 2 : width) - AXIS_WIDTH;
    const tallest = Math.max(...this.views.map(({ extent }) => extent.halfY / extent.halfX));
    const shape = clamp(1.4 * tallest, ...(this.views.length === 1 && !this.isNarrow() ? [0.4, 0.5] : [0.64, 0.78]));
    const height = Math.round(clamp(own * shape, 260, Math.max(0.46 * window.innerHeight, 300)));
    this.element.style.setProperty("--picture-height", `${height}px`);
    for (const view of this.views) view.measure();
    this.chart.measure();
    this.state.views = this.state.views.map((view, index) => this.views[index].confine(view));
    this.invalidate();
  }

  isNarrow() {
    return this.element.clientWidth < SIDE_BY_SIDE;
  }

  invalidate() {
    if (!this.due) this.due = requestAnimationFrame((now) => this.render(now));
  }

  render(now) {
    this.due = 0;
    try {
      this.drawAt(now);
    } catch (error) {
      console.error(error);
      this.state.playing = false;
      setText(this.notice, "Something went wrong while drawing. Reload the page.");
    }
  }

  drawAt(now) {
    const seconds = this.before === null ? 0 : Math.min((now - this.before) / 1000, LONGEST_FRAME);
    if (this.state.playing) this.letTimePass(seconds);
    const look = { theme: this.theme, textSize: this.textSize(), seconds };
    const busy = this.views.map((view) => view.draw(this.state, look)).some(Boolean);
    this.showAround();
    this.before = busy || this.state.playing ? now : null;
    if (this.before !== null) this.invalidate();
  }

  letTimePass(seconds) {
    const changes = this.clock.tick(this.state, seconds);
    if (changes.playing === false) this.set(changes);
    else Object.assign(this.state, changes);
  }

  showAround() {
    const { state } = this;
    this.controls.show(state);
    this.chart.show(state.position);
    this.chips.show(state.pins, state.lasso);
    setText(this.notice, state.notice);
    this.progress.style.width = `${this.last ? (100 * state.position) / this.last : 100}%`;
    this.element.classList.toggle("lassoing", state.lassoing);
    this.views.forEach((view, index) => view.box.classList.toggle("zoomed", state.views[index].scale > 1));
    if (state.pointed === null || state.hovered === null || state.drawing) this.card.hide();
    else this.card.show(state.hovered, this.views[state.pointed], this.views, state.position);
  }

  textSize() {
    if (this.state.presenting) return clamp(Math.min(window.innerHeight * 0.024, window.innerWidth * 0.02), 15, 32);
    return this.isNarrow() ? 12 : 13;
  }

  leanOf(word) {
    const vocabulary = this.payload.vocabularies.find(({ ids }) => ids.has(word));
    return vocabulary ? vocabulary.leans[vocabulary.ids.get(word)] : 0;
  }

  /** Tell Python what is chosen, in a moment. */
  select() {
    this.chosen = true;
    this.tell();
  }

  selection() {
    const { pins, lasso } = this.state;
    const held = lasso || [];
    return { pins: [...pins], lasso: held.slice(0, MOST_SENT), encircled: held.length };
  }

  /** The state as texts, see address.js. */
  texts() {
    return writeState(this.state, this.payload);
  }

  destroy() {
    cancelAnimationFrame(this.due);
    this.due = -1; // nothing more is drawn
    for (const later of [this.save, this.tell, this.announce]) later.cancel();
    for (const stop of this.stops) stop();
    this.element.remove();
  }
}
