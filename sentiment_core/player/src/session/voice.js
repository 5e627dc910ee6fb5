// What a screen reader is told.

import { namePosition } from "../data/timeline.js";
import { describeWord } from "../parts/card.js";

/** The keys, for whoever cannot try them out. */
export const KEYS =
  "Space plays, arrows and page keys step, Home and End jump, plus and minus zoom, 0 shows everything, slash finds a word, " +
  "L draws a lasso, F presents.";

/**
 * What is shown: the moment, and the word that the focus is on or else each panel's figures.
 * @param {State} state see session.js
 * @param {Object[]} moments
 * @param {PanelView[]} views
 * @returns {string}
 */
export function describeState({ position, playing, hovered, pointed, spoken }, moments, views) {
  if (playing) return "Playing";
  const lines =
    spoken && hovered !== null
      ? [hovered, ...describeWord(hovered, views[pointed], views, position)]
      : views.map((view) => view.summary(position));
  return [namePosition(moments, position), ...lines].join(". ");
}
