// The user's actions, for keys, buttons, the pointer and links alike.

import { knownWord, MOST_PINS, writeState } from "../data/address.js";
import { namePosition, stepFrom } from "../data/timeline.js";
import { tr } from "../messages.js";
import { composeFile, composePicture, download, fileName } from "../page/exports.js";
import { nearestWord, wordsWithin } from "../picture/pick.js";
import { panBy, zoomAt } from "../picture/view.js";

/** @import { Payload } from "../data/payload.js" */
/** @import { Theme } from "../page/theme.js" */
/** @import { PanelView } from "../picture/panel.js" */
/** @import { View } from "../picture/view.js" */
/** @import { State } from "./state.js" */

// Scrubbing snaps to a checkpoint within this part of the distance between two.
const SNAP = 0.05;
// A word is hit within this many pixels.
const REACH = 14;
const FINGER_REACH = 24;

/**
 * @typedef {Object} Scene what actions read and what they may ask for
 * @property {Payload} payload
 * @property {PanelView[]} views
 * @property {Readonly<State>} state
 * @property {(changes: Partial<State>) => void} set change the state
 * @property {() => void} select the person has changed what is chosen
 * @property {(presenting: boolean) => void} present enter or leave the presentation
 * @property {() => void} layOut fit everything to its room again
 * @property {() => void} comeIntoSight scroll to the pictures where they are out of sight
 * @property {() => void} dropDrag forget a drag under way
 * @property {() => void} focusSearch
 * @property {() => boolean} isAlone whether the page is the player's own
 * @property {() => Theme} theme
 *
 * @typedef {ReturnType<typeof createActions>} Actions
 */

/** @param {Scene} scene */
export function createActions(scene) {
  const time = timeActions(scene);
  const words = wordActions(scene, time.togglePlay);
  return {
    ...time,
    ...words,
    ...lookActions(scene),
    ...savingActions(scene),
    /** Undo the first thing that Escape can undo. */
    escape: () => undo(scene, words.clearLasso),
  };
}

/** @param {Scene} scene */
function timeActions({ payload, state, set, comeIntoSight }) {
  const last = payload.checkpoints.length - 1;
  /** @param {number} position */
  const go = (position) => set({ position, playing: false });
  return {
    togglePlay() {
      if (!last) return;
      const restarts = !state.playing && state.position >= last;
      if (!state.playing) comeIntoSight();
      set({ playing: !state.playing, position: restarts ? 0 : state.position });
    },
    /** @param {number} position */
    scrub: (position) => go(Math.abs(position - Math.round(position)) < SNAP ? Math.round(position) : position),
    /** @param {1|-1} direction */
    step: (direction) => go(stepFrom(state.position, direction, last)),
    toStart: () => go(0),
    toEnd: () => go(last),
    /** @param {number} speed */
    setSpeed: (speed) => set({ speed }),
  };
}

/**
 * @param {Scene} scene
 * @param {() => void} togglePlay
 */
export function wordActions(scene, togglePlay) {
  const { payload, state, set, select, views } = scene;
  /** @param {Partial<State>} changes */
  const choose = (changes) => {
    set(changes);
    select();
  };
  // A removed chip reports no mouseleave, so the hover must be cleared here.
  const nowhere = { hovered: null, pointed: null };

  /** @param {string} word */
  const pin = (word) => {
    const known = knownWord(payload, word);
    if (known === null || state.pins.includes(known)) return;
    if (state.pins.length >= MOST_PINS)
      set({ notice: tr("No more than {most} words can be pinned. Unpin one first.", { most: MOST_PINS }) });
    else choose({ pins: [...state.pins, known], notice: "" });
  };

  /** @param {string} word */
  const unpin = (word) => choose({ pins: state.pins.filter((other) => other !== word), ...nowhere, notice: "" });

  /**
   * @param {string|null} word
   * @param {number|null} [panel] in which it is pointed at
   * @param {boolean} [spoken] whether its numbers are said
   */
  const hover = (word, panel = null, spoken = false) => {
    if (state.hovered !== word || state.pointed !== panel) set({ hovered: word, pointed: panel, spoken });
  };

  /**
   * Point at the word near a position. Returns it, or null.
   * @param {number} index of the panel
   * @param {number} x
   * @param {number} y
   * @param {number} [reach]
   */
  const point = (index, x, y, reach = REACH) => {
    const view = views[index];
    const pinned = state.pins.map((word) => view.find(word)).filter((id) => id >= 0);
    const id = nearestWord(view.screen, x, y, reach, view.common, [...pinned, ...view.labels.named()]);
    const word = id < 0 ? null : view.panel.vocabulary.words[id];
    hover(word, word === null ? null : index);
    return word;
  };

  /** @param {string[]|null} lasso */
  const setLasso = (lasso) => {
    for (const view of views) view.emphasise(lasso);
    choose({ lasso, drawing: null, lassoing: false });
  };

  return {
    pin,
    unpin,
    hover,
    point,
    unpinAll: () => choose({ pins: [], absent: [], ...nowhere, notice: "" }),
    /**
     * Point at a word by the focus. Its numbers are shown in the first panel that has it, and announced.
     * @param {string} word
     */
    focusWord: (word) =>
      hover(
        word,
        views.findIndex((view) => view.find(word) >= 0),
        true,
      ),
    /**
     * @param {number} index
     * @param {number} x
     * @param {number} y
     * @param {boolean} byFinger
     */
    tap(index, x, y, byFinger) {
      const word = point(index, x, y, byFinger ? FINGER_REACH : REACH);
      if (word !== null) (state.pins.includes(word) ? unpin : pin)(word);
      // In a presentation touch has no other control for playing.
      else if (state.presenting) togglePlay();
    },
    /**
     * @param {number} panel
     * @param {number[]} corners
     */
    drawLasso: (panel, corners) => set({ drawing: { panel, corners } }),
    dropLasso: () => set({ drawing: null }),
    /**
     * Select the words inside a lasso.
     * @param {number} index
     * @param {number[]} corners
     */
    endLasso(index, corners) {
      const words = encircled(views[index], corners);
      setLasso(words.length ? words : null);
    },
    clearLasso: () => setLasso(null),
  };
}

/**
 * The words within a lasso, the telling ones first.
 * @param {PanelView} view
 * @param {number[]} corners
 */
function encircled(view, corners) {
  const within = new Set(wordsWithin(view.screen, corners).filter((id) => view.isInPicture(id)));
  const telling = [...view.labels.ranked].filter((id) => within.has(id));
  return [...new Set([...telling, ...within])].map((id) => view.panel.vocabulary.words[id]);
}

/** @param {Scene} scene */
export function lookActions({ state, views, set, layOut, present, focusSearch, isAlone }) {
  /**
   * @param {number} index
   * @param {View} view
   */
  const setView = (index, view) => set({ views: state.views.map((other, place) => (place === index ? view : other)) });

  /**
   * @param {number} index of the panel
   * @param {number} factor
   * @param {number} x the pixel whose place stays
   * @param {number} y
   */
  const zoom = (index, factor, x, y) => {
    const { extent, size } = views[index];
    const view = zoomAt(state.views[index], extent, size.width, size.height, factor, x, y);
    if (view.scale !== state.views[index].scale) setView(index, view);
  };

  return {
    zoom,
    /** @param {"trails"|"labels"|"bySize"} name */
    toggle: (name) => set({ [name]: !state[name] }),
    toggleScales() {
      set({ equalScales: !state.equalScales });
      layOut();
    },
    toggleLasso: () => set({ lassoing: !state.lassoing, drawing: null }),
    togglePresent: () => present(!state.presenting),
    leavePresentation: () => present(false),
    focusSearch,
    /** Whether the player may use every key and the plain wheel. */
    ownsPage: () => isAlone() || state.presenting,
    /** @param {number} factor */
    zoomBy(factor) {
      for (const { index, size } of views) zoom(index, factor, size.width / 2, size.height / 2);
    },
    /**
     * @param {number} index
     * @param {number} x pixels
     * @param {number} y
     */
    pan(index, x, y) {
      const { extent, size } = views[index];
      setView(index, panBy(state.views[index], extent, size.width, size.height, x, y));
    },
    resetViews: () => set({ views: views.map((view) => view.wholeView()) }),
  };
}

/** @param {Scene} scene */
function savingActions({ payload, state, views, theme, set }) {
  /** @param {string} ending */
  const name = (ending) => fileName([payload.title, namePosition(payload.checkpoints, state.position)], ending);
  return {
    savePicture() {
      const picture = composePicture(payload, views, state, theme());
      picture.toBlob((blob) => {
        if (blob) download(blob, name("png"));
        else set({ notice: tr("This browser could not make the picture. Make the window smaller and try again.") });
      });
    },
    async saveFile() {
      try {
        const title = name("html"); // the name of the current checkpoint, even if time advances meanwhile
        const page = await composeFile(payload, writeState(state, payload));
        download(new Blob([page], { type: "text/html" }), title);
      } catch (error) {
        set({ notice: error instanceof Error ? error.message : String(error) });
      }
    },
  };
}

/**
 * @param {Scene} scene
 * @param {() => void} clearLasso
 */
function undo({ state, set, present, dropDrag }, clearLasso) {
  const drawn = state.drawing || state.lassoing;
  dropDrag();
  if (drawn) set({ lassoing: false });
  else if (state.lasso) clearLasso();
  else if (state.presenting) present(false);
}
