// Connects the events of keyboard, pointer and buttons to actions.

import { listenToKeys } from "./keys.js";
import { listenToPointer } from "./pointer.js";

/** @import { PanelView } from "../picture/panel.js" */
/** @import { Actions } from "../session/actions.js" */

/**
 * @param {HTMLElement} element the player
 * @param {PanelView[]} views
 * @param {Actions} act
 * @param {() => boolean} wantsLasso whether a plain drag draws a lasso
 * @returns {{dropDrag: () => void, stop: () => void}} to forget a drag, and to listen no more
 */
export function listenToPerson(element, views, act, wantsLasso) {
  const drops = views.map(({ box, hint }, index) =>
    listenToPointer(box, {
      point: (x, y) => act.point(index, x, y),
      leave: () => act.hover(null),
      tap: (x, y, byFinger) => act.tap(index, x, y, byFinger),
      pan: (x, y) => act.pan(index, x, y),
      zoom: (factor, x, y) => act.zoom(index, factor, x, y),
      reset: act.resetViews,
      wantsLasso,
      ownsWheel: act.ownsPage,
      hint,
      drawLasso: (corners) => act.drawLasso(index, corners),
      endLasso: (corners) => act.endLasso(index, corners),
      dropLasso: act.dropLasso,
    }),
  );
  const stopKeys = listenToKeys(element, act);
  const dropDrag = () => {
    for (const drop of drops) drop();
  };
  return { dropDrag, stop: stopKeys };
}
