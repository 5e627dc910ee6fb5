// One payload being looked at: what is shown now, and the loop that draws it when something changed, and only then.

import { listMissing, readState, restIn, writeState } from "../data/address.js";
import { Clock, namePosition } from "../data/timeline.js";
import { listenToPerson } from "../input/listening.js";
import { createPresentation } from "../input/present.js";
import { setText } from "../page/dom.js";
import { bringIntoSight, sizeOfText, sizePanels, watchSize } from "../page/sizes.js";
import { readTheme, watchTheme } from "../page/theme.js";
import { createFurniture } from "../parts/furniture.js";
import { PanelView } from "../picture/panel.js";
import { equalExtents } from "../picture/view.js";
import { createActions } from "./actions.js";
import { Reports } from "./reports.js";

const LONGEST_FRAME = 0.1; // seconds: after a pause time goes on where it was

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
 * @property {boolean} equalScales whether a unit is as long in both panels
 * @property {boolean} presenting
 * @property {string} notice
 */

/** A payload on the page. */
export class Session {
  /**
   * @param {HTMLElement} root
   * @param {Object} payload decoded
   * @param {Object<string, string>} texts of the state to begin with, see address.js
   * @param {{alone: boolean, address: boolean, onChange: function(Object): void, onRest: function(string): void}} options
   * @param {{lasso: string[]|null, told: string|null}} kept what goes on: words of a lasso, held where this payload has
   *   them, and the moment that Python was told of last; null where it knows only the texts
   */
  constructor(root, payload, texts, options, { lasso, told }) {
    Object.assign(this, { root, payload, options, last: payload.moments.length - 1, due: 0, before: null });
    this.views = payload.panels.map((_, index) => new PanelView(payload, index));
    this.state = this.initialState(texts, lasso);
    if (this.state.lasso) for (const view of this.views) view.emphasise(this.state.lasso);
    this.chosen = Boolean(this.state.lasso); // whether a person chose words, here or before
    this.act = createActions(this);
    this.clock = new Clock(this.last);
    Object.assign(this, createFurniture(payload, this.views, this.act));
    root.append(this.element);
    this.reports = new Reports(this, told ?? namePosition(payload.moments, restIn(texts, payload)));
    this.listen();
    this.theme = readTheme(this.probe);
    this.layOut();
    if (this.state.presenting) this.present(true, false);
    this.reports.save();
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

  listen() {
    this.person = listenToPerson(this);
    watchTheme(this.probe, () => this.dress());
    this.presentation = createPresentation(this.element, () => this.present(false));
    this.stops = [this.person.stop, this.presentation.destroy, watchSize(this.element, () => this.layOut())];
    this.stops.push(this.reports.watchHold());
    if (document.fonts) document.fonts.ready.then(() => this.dress());
  }

  /** Change the state; it is drawn with the next frame. */
  set(changes) {
    Object.assign(this.state, changes);
    this.invalidate();
    this.reports.note();
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

  /** Fit everything to the room that the page gives. */
  layOut() {
    const own = this.views.map(({ ownExtent }) => ownExtent);
    const extents = this.state.equalScales ? equalExtents(own) : own;
    for (const view of this.views) view.extent = extents[view.index];
    sizePanels(this.element, this.views);
    this.chart.measure(this.state.presenting ? this.textSize() / 13 : 1);
    this.state.views = this.state.views.map((view, index) => this.views[index].confine(view));
    this.invalidate();
  }

  /** What moves is to be seen: on a phone the picture may lie below the screen. */
  comeIntoSight() {
    if (!this.state.presenting) bringIntoSight(this.controls.element, this.views[0].box);
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

  textSize() {
    return sizeOfText(this.element, this.state.presenting);
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
    for (const { box, index } of this.views) box.classList.toggle("zoomed", state.views[index].scale > 1);
    if (state.pointed === null || state.hovered === null || state.drawing) this.card.hide();
    else this.card.show(state.hovered, this.views[state.pointed], this.views, state.position);
  }

  /** What goes on in the next session. */
  kept() {
    return { lasso: this.state.lasso, told: this.reports.told };
  }

  /** Tell Python what is chosen, in a moment. */
  select() {
    this.chosen = true;
    this.reports.tell();
  }

  /** The state as texts, see address.js. */
  texts() {
    return writeState(this.state, this.payload);
  }

  destroy() {
    cancelAnimationFrame(this.due);
    this.due = -1; // nothing more is drawn
    this.reports.cancel();
    for (const stop of this.stops) stop();
    this.element.remove();
  }
}
