// The state of the player.

import { listMissing, readState } from "../data/address.js";

/** @import { Payload } from "../data/payload.js" */
/** @import { Texts } from "../data/address.js" */
/** @import { PanelView } from "../picture/panel.js" */
/** @import { View } from "../picture/view.js" */

/**
 * @typedef {Object} State
 * @property {number} position in time, from 0 to the last checkpoint
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

/**
 * The state to begin with.
 * @param {Texts} texts that describe it
 * @param {Payload} payload
 * @param {PanelView[]} panels
 * @param {string[]|null} lasso words to hold, where this payload has them
 * @returns {State}
 */
export function initialState(texts, payload, panels, lasso) {
  const { views, ...read } = readState(texts, payload);
  const held = (lasso ?? []).filter((word) => payload.vocabularies.some(({ ids }) => ids.has(word)));
  return {
    ...read,
    views: views.map((view, index) => view ?? panels[index].wholeView()),
    hovered: null,
    pointed: null,
    spoken: false,
    lasso: held.length ? held : null,
    lassoing: false,
    drawing: null,
    notice: listMissing(read.absent),
  };
}
