// A session's ears: each sign of a person, turned into the act that it means.

import { listenToKeys } from "./keys.js";
import { listenToPointer } from "./pointer.js";

/**
 * @param {Session} session
 * @returns {{dropDrag: function(): void, stop: function(): void}} to forget a drag, and to hear nothing more
 */
export function listenToPerson(session) {
  const { act, state, views } = session;
  const drops = views.map(({ box }, index) =>
    listenToPointer(box, {
      point: (x, y) => act.point(index, x, y),
      leave: () => act.hover(null),
      tap: (x, y, byFinger) => act.tap(index, x, y, byFinger),
      pan: (x, y) => act.pan(index, x, y),
      zoom: (factor, x, y) => act.zoom(index, factor, x, y),
      reset: act.resetViews,
      wantsLasso: () => state.lassoing,
      ownsWheel: act.ownsPage,
      hint: () => views[index].hint(),
      drawLasso: (corners) => act.drawLasso(index, corners),
      endLasso: (corners) => act.endLasso(index, corners),
      dropLasso: act.dropLasso,
    }),
  );
  const stopKeys = listenToKeys(session.element, act);
  const dropDrag = () => {
    for (const drop of drops) drop();
  };
  return { dropDrag, stop: stopKeys };
}
