// What colours and shapes mean.

import { tr } from "../messages.js";
import { make, makeSvg } from "../page/dom.js";
import { LEAN_COLOURS, leanName } from "../page/theme.js";

const SHAPES = [
  () => makeSvg("circle", { cx: 7, cy: 7, r: 4.5, fill: "none", stroke: LEAN_COLOURS[0], "stroke-width": 2 }),
  () => makeSvg("circle", { cx: 7, cy: 7, r: 5.5, fill: LEAN_COLOURS[1] }),
  () => makeSvg("path", { d: "M7 .5L13.500 7 7 13.500.5 7z", fill: LEAN_COLOURS[2] }),
];

/** Order of the leans in a legend: the telling ones first. */
export const LEGEND_ORDER = [1, 2, 0];

/** A row that names the three leans. */
export function createLegend() {
  /** @param {number} lean */
  const entry = (lean) =>
    make(
      "span",
      { class: "legend-entry" },
      makeSvg("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" }, SHAPES[lean]()),
      leanName(lean),
    );
  return make(
    "div",
    {
      class: "legend",
      "data-legend": true,
      title: tr("Whether a word occurs more often in positive or in negative reviews"),
    },
    ...LEGEND_ORDER.map(entry),
  );
}
