// What a person can do, however they ask for it: by key, button, pointer or link.

import { knownWord, MOST_PINS, writeState } from "../data/address.js";
import { namePosition, stepFrom } from "../data/timeline.js";
import { composeFile, composePicture, download, fileName } from "../page/exports.js";
import { nearestWord, wordsWithin } from "../picture/pick.js";
import { panBy, zoomAt } from "../picture/view.js";

// Of the way between two moments within which the nearer one is meant.
const SNAP = 0.05;
// Pixels from a dot within which it is meant.
const REACH = 14;
const FINGER_REACH = 24;

/**
 * @param {Session} session
 * @returns {Object<string, function>}
 */
export function createActions(session) {
  return { ...timeActions(session), ...wordActions(session), ...lookActions(session), ...savingActions(session) };
}

function timeActions(session) {
  const { state, last } = session;
  const go = (position) => session.set({ position, playing: false });
  return {
    togglePlay() {
      if (!last) return;
      const restarts = !state.playing && state.position >= last;
      if (!state.playing) session.comeIntoSight();
      session.set({ playing: !state.playing, position: restarts ? 0 : state.position });
    },
    scrub: (position) => go(Math.abs(position - Math.round(position)) < SNAP ? Math.round(position) : position),
    step: (direction) => go(stepFrom(state.position, direction, last)),
    toStart: () => go(0),
    toEnd: () => go(last),
    setSpeed: (speed) => session.set({ speed }),
  };
}

function wordActions(session) {
  const { state, payload } = session;
  const choose = (changes) => {
    session.set(changes);
    session.select();
  };
  // A chip that goes says no more that the pointer left it.
  const nowhere = { hovered: null, pointed: null };
  const act = {
    pin(word) {
      const known = knownWord(payload, word);
      if (known === null || state.pins.includes(known)) return;
      if (state.pins.length >= MOST_PINS)
        session.warn(`No more than ${MOST_PINS} words can be pinned. Unpin one first.`);
      else choose({ pins: [...state.pins, known], notice: "" });
    },
    unpin: (word) => choose({ pins: state.pins.filter((other) => other !== word), ...nowhere, notice: "" }),
    unpinAll: () => choose({ pins: [], absent: [], ...nowhere, notice: "" }),
    hover: (word, panel = null, spoken = false) => {
      if (state.hovered !== word || state.pointed !== panel) session.set({ hovered: word, pointed: panel, spoken });
    },
    /** Point at a word by the focus: its numbers are shown where it first is, and said. */
    focusWord(word) {
      const panel = session.views.findIndex((view) => view.find(word) >= 0);
      act.hover(word, panel, true);
    },
    point(index, x, y, reach = REACH) {
      const view = session.views[index];
      const pinned = state.pins.map((word) => view.find(word)).filter((id) => id >= 0);
      const id = nearestWord(view.screen, x, y, reach, view.common, [...pinned, ...view.labels.named()]);
      const word = id < 0 ? null : view.panel.vocabulary.words[id];
      act.hover(word, word === null ? null : index);
      return word;
    },
    tap(index, x, y, byFinger) {
      const word = act.point(index, x, y, byFinger ? FINGER_REACH : REACH);
      if (word !== null) (state.pins.includes(word) ? act.unpin : act.pin)(word);
      // There a finger finds no other control.
      else if (state.presenting) session.act.togglePlay();
    },
    drawLasso: (panel, corners) => session.set({ drawing: { panel, corners } }),
    dropLasso: () => session.set({ drawing: null }),
    endLasso(index, corners) {
      const view = session.views[index];
      const within = new Set(wordsWithin(view.screen, corners).filter((id) => view.isInPicture(id)));
      const ranked = new Set([...view.labels.ranked].filter((id) => within.has(id))); // the telling words first
      const words = [...ranked, ...within].filter((id, place) => place < ranked.size || !ranked.has(id));
      act.setLasso(words.length ? words.map((id) => view.panel.vocabulary.words[id]) : null);
    },
    setLasso(lasso) {
      for (const view of session.views) view.emphasise(lasso);
      choose({ lasso, drawing: null, lassoing: false });
    },
    clearLasso: () => act.setLasso(null),
  };
  return act;
}

function lookActions(session) {
  const { state } = session;
  const setView = (index, view) =>
    session.set({ views: state.views.map((other, place) => (place === index ? view : other)) });
  const act = {
    toggle: (name) => session.set({ [name]: !state[name] }),
    toggleScales() {
      session.set({ equalScales: !state.equalScales });
      session.layOut();
    },
    toggleLasso: () => session.set({ lassoing: !state.lassoing, drawing: null }),
    togglePresent: () => session.present(!state.presenting, true),
    leavePresentation: () => session.present(false),
    focusSearch: () => session.search.focus(),
    /** Whether nothing else on the page could need a wheel or a key. */
    ownsPage: () => session.options.alone || state.presenting,
    zoom(index, factor, x, y) {
      const { extent, size } = session.views[index];
      const view = zoomAt(state.views[index], extent, size.width, size.height, factor, x, y);
      if (view.scale !== state.views[index].scale) setView(index, view);
    },
    zoomBy(factor) {
      for (const { index, size } of session.views) act.zoom(index, factor, size.width / 2, size.height / 2);
    },
    pan(index, x, y) {
      const { extent, size } = session.views[index];
      setView(index, panBy(state.views[index], extent, size.width, size.height, x, y));
    },
    resetViews: () => session.set({ views: session.views.map((view) => view.wholeView()) }),
    escape() {
      const drawn = state.drawing || state.lassoing;
      session.person.dropDrag();
      if (drawn) session.set({ lassoing: false });
      else if (state.lasso) session.act.clearLasso();
      else if (state.presenting) session.present(false);
    },
  };
  return act;
}

function savingActions(session) {
  const { payload, state } = session;
  const name = (ending) => fileName([payload.title, namePosition(payload.moments, state.position)], ending);
  return {
    savePicture() {
      const picture = composePicture(payload, session.views, state, session.theme);
      picture.toBlob((blob) => {
        if (blob) download(blob, name("png"));
        else session.warn("This browser could not make the picture. Make the window smaller and try again.");
      });
    },
    async saveFile() {
      try {
        const title = name("html"); // of this moment, whatever plays on meanwhile
        const page = await composeFile(payload, writeState(state, payload));
        download(new Blob([page], { type: "text/html" }), title);
      } catch (error) {
        session.warn(error.message);
      }
    },
  };
}
