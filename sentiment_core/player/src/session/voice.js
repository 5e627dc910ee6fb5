// What a screen reader reads out.

import { namePosition } from "../data/timeline.js";
import { tr } from "../messages.js";
import { describeWord } from "../parts/card.js";

/** @import { Checkpoint } from "../data/payload.js" */
/** @import { PanelView } from "../picture/panel.js" */
/** @import { State } from "./state.js" */

/** The keyboard shortcuts, for screen readers. */
export function describeKeys() {
  return [
    tr("Space plays, arrows and page keys step, Home and End jump, plus and minus zoom, 0 shows everything."),
    tr("Slash finds a word, L draws a lasso, F presents."),
  ].join(" ");
}

/**
 * The checkpoint, and the numbers of the focused word or, without one, of each panel.
 * @param {Readonly<State>} state
 * @param {Checkpoint[]} checkpoints
 * @param {PanelView[]} views
 * @returns {string}
 */
export function describeState({ position, playing, hovered, pointed, spoken }, checkpoints, views) {
  if (playing) return tr("Playing");
  const lines =
    spoken && hovered !== null && pointed !== null
      ? [hovered, ...describeWord(hovered, views[pointed], views, position)]
      : views.map((view) => view.summary(position));
  return [namePosition(checkpoints, position), ...lines].join(". ");
}
