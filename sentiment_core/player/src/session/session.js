// A session: one payload on the page, its state, and the loop that draws a frame only after something has changed.

import { restIn, writeState } from "../data/address.js";
import { Clock } from "../data/timeline.js";
import { listenToPerson } from "../input/listening.js";
import { createPresentation } from "../input/present.js";
import { tr } from "../messages.js";
import { setText } from "../page/dom.js";
import { bringIntoSight, sizeOfText, sizePanels, watchSize } from "../page/sizes.js";
import { prefersLessMotion, readTheme, watchTheme } from "../page/theme.js";
import { createFurniture } from "../parts/furniture.js";
import { PanelView } from "../picture/panel.js";
import { equalExtents } from "../picture/view.js";
import { createActions } from "./actions.js";
import { Reports } from "./reports.js";
import { initialState } from "./state.js";

/** @import { Texts } from "../data/address.js" */
/** @import { Payload } from "../data/payload.js" */
/** @import { Theme } from "../page/theme.js" */
/** @import { Furniture } from "../parts/furniture.js" */
/** @import { Actions } from "./actions.js" */
/** @import { Options } from "./reports.js" */
/** @import { State } from "./state.js" */

const LONGEST_FRAME = 0.1; // seconds; after a pause time continues where it was

/**
 * @typedef {Object} Kept what the next session takes over
 * @property {string[]|null} lasso words, held where the payload has them
 * @property {string|null} told the checkpoint that Python was told of last; null where it knows only the texts
 */

/** A payload on the page. */
export class Session {
  /** @type {Payload} */
  #payload;
  /** @type {Options} */
  #options;
  /** @type {PanelView[]} */
  #views;
  /** @type {State} */
  #state;
  /** @type {Actions} */
  #actions;
  /** @type {Furniture} */
  #furniture;
  /** @type {Reports} */
  #reports;
  /** @type {Clock} */
  #clock;
  /** @type {Theme} */
  #theme;
  /** @type {ReturnType<typeof createPresentation>} */
  #presentation;
  /** @type {(() => void)[]} */
  #stops;
  #dropDrag = () => {};
  /** Whether a person chose words, here or before. */
  #chosen;
  /** The animation frame that is due; 0 without one, -1 when nothing more is drawn. */
  #due = 0;
  /** @type {number|null} the time of the last frame, in milliseconds, while frames follow each other */
  #before = null;

  /**
   * @param {HTMLElement} root
   * @param {Payload} payload
   * @param {Texts} texts of the state to begin with
   * @param {Options} options
   * @param {Kept} kept
   */
  constructor(root, payload, texts, options, { lasso, told }) {
    this.#payload = payload;
    this.#options = options;
    this.#views = payload.panels.map((_, index) => new PanelView(payload, index));
    this.#state = initialState(texts, payload, this.#views, lasso);
    if (this.#state.lasso) for (const view of this.#views) view.emphasise(this.#state.lasso);
    this.#chosen = Boolean(this.#state.lasso);
    this.#clock = new Clock(payload.checkpoints.length - 1, prefersLessMotion());
    this.#actions = this.#createActions();
    this.#furniture = createFurniture(payload, this.#views, this.#actions);
    root.append(this.#furniture.element);
    this.#reports = this.#createReports(told ?? payload.checkpoints[restIn(texts, payload)].name);
    this.#presentation = createPresentation(this.#furniture.element, () => this.#present(false, false));
    this.#stops = this.#listen();
    this.#theme = readTheme(this.#furniture.probe);
    this.#layOut();
    if (this.#state.presenting) this.#present(true, false);
    this.#reports.save();
    this.#invalidate();
  }

  /** The state, from which the next session continues. */
  get state() {
    return /** @type {Readonly<State>} */ (this.#state);
  }

  get payload() {
    return this.#payload;
  }

  /** Whether a person chose words, so that Python must hear what is left of them. */
  get chosen() {
    return this.#chosen;
  }

  /** @param {Options} options */
  setOptions(options) {
    this.#options = options;
  }

  /** @returns {Kept} */
  kept() {
    return { lasso: this.#state.lasso, told: this.#reports.told };
  }

  /** The state as texts. */
  texts() {
    return writeState(this.#state, this.#payload);
  }

  /** Tell Python what is chosen, in a moment. */
  select() {
    this.#chosen = true;
    this.#reports.tell();
  }

  /** Tell Python where time rests, in a moment. */
  rest() {
    this.#reports.rest();
  }

  destroy() {
    cancelAnimationFrame(this.#due);
    this.#due = -1;
    this.#reports.cancel();
    for (const stop of this.#stops) stop();
    this.#furniture.element.remove();
  }

  #createActions() {
    return createActions({
      payload: this.#payload,
      views: this.#views,
      state: this.#state,
      set: (changes) => this.#set(changes),
      select: () => this.select(),
      present: (presenting) => this.#present(presenting, true),
      layOut: () => this.#layOut(),
      comeIntoSight: () => this.#comeIntoSight(),
      dropDrag: () => this.#dropDrag(),
      focusSearch: () => this.#furniture.search.focus(),
      isAlone: () => this.#options.alone,
      theme: () => this.#theme,
    });
  }

  /** @param {string} told */
  #createReports(told) {
    return new Reports(
      {
        payload: this.#payload,
        views: this.#views,
        state: this.#state,
        options: () => this.#options,
        texts: () => this.texts(),
        element: this.#furniture.element,
        live: this.#furniture.live,
      },
      told,
    );
  }

  /** Listen to the person and to the page. Returns what ends it. */
  #listen() {
    const { element, probe } = this.#furniture;
    const person = listenToPerson(element, this.#views, this.#actions, () => this.#state.lassoing);
    this.#dropDrag = person.dropDrag;
    watchTheme(probe, () => this.#dress());
    if (document.fonts) document.fonts.ready.then(() => this.#dress());
    return [
      person.stop,
      this.#presentation.destroy,
      watchSize(element, () => this.#layOut()),
      this.#reports.watchHold(),
    ];
  }

  /**
   * Change the state; it is drawn with the next frame.
   * @param {Partial<State>} changes
   */
  #set(changes) {
    Object.assign(this.#state, changes);
    this.#invalidate();
    this.#reports.note();
  }

  /**
   * @param {boolean} presenting
   * @param {boolean} byHand whether a person asked just now
   */
  #present(presenting, byHand) {
    this.#set({ presenting });
    if (presenting) this.#presentation.enter(byHand);
    else this.#presentation.leave();
    this.#furniture.stage.focus({ preventScroll: true });
    this.#layOut();
  }

  /** Take on the colours and the font of the page. */
  #dress() {
    this.#theme = readTheme(this.#furniture.probe);
    for (const { pictures } of this.#views) pictures.forget();
    this.#furniture.chart.forget();
    this.#layOut();
  }

  /** Fit everything to the room that the page gives. */
  #layOut() {
    const own = this.#views.map(({ ownExtent }) => ownExtent);
    const extents = this.#state.equalScales ? equalExtents(own) : own;
    for (const view of this.#views) view.extent = extents[view.index];
    sizePanels(this.#furniture.element, this.#views);
    this.#furniture.controls.measure();
    this.#furniture.chart.measure(this.#state.presenting ? this.#textSize() / 13 : 1);
    this.#state.views = this.#state.views.map((view, index) => this.#views[index].confine(view));
    this.#invalidate();
  }

  /** Scroll to the pictures before playing: on a phone they may be below the screen. */
  #comeIntoSight() {
    if (!this.#state.presenting) bringIntoSight(this.#furniture.controls.element, this.#views[0].box);
  }

  #invalidate() {
    if (!this.#due) this.#due = requestAnimationFrame((now) => this.#render(now));
  }

  /** @param {number} now in milliseconds */
  #render(now) {
    this.#due = 0;
    try {
      this.#drawAt(now);
    } catch (error) {
      console.error(error);
      this.#state.playing = false;
      setText(this.#furniture.notice, tr("Something went wrong while drawing. Reload the page."));
    }
  }

  /** @param {number} now in milliseconds */
  #drawAt(now) {
    const seconds = this.#before === null ? 0 : Math.min((now - this.#before) / 1000, LONGEST_FRAME);
    if (this.#state.playing) this.#letTimePass(seconds);
    const look = { theme: this.#theme, textSize: this.#textSize(), seconds };
    const busy = this.#views.map((view) => view.draw(this.#state, look)).some(Boolean);
    this.#furniture.show(this.#state);
    this.#before = busy || this.#state.playing ? now : null;
    if (this.#before !== null) this.#invalidate();
  }

  #textSize() {
    return sizeOfText(this.#furniture.element, this.#state.presenting);
  }

  /** @param {number} seconds */
  #letTimePass(seconds) {
    const changes = this.#clock.tick(this.#state, seconds);
    if (changes.playing === false) this.#set(changes);
    else Object.assign(this.#state, changes);
  }
}
