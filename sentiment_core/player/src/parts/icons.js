// The buttons' pictures, drawn on a grid of 20 by 20 in the colour of the text around them.

import { makeSvg } from "../page/dom.js";

/** @satisfies {Record<string, {line?: string, fill?: string}>} */
const ICONS = {
  play: { fill: "M6 3.5v13l11-6.5z" },
  pause: { fill: "M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z" },
  first: { fill: "M3.5 4h2v12h-2zM16.5 4v12l-9.5-6z" },
  last: { fill: "M14.5 4h2v12h-2zM3.5 4v12l9.5-6z" },
  back: { line: "M12.5 4.5L7 10l5.5 5.5" },
  forward: { line: "M7.5 4.5L13 10l-5.5 5.5" },
  lasso: {
    line:
      "M4.5 12.5C3 11.6 2.2 10.3 2.2 8.8 2.2 5.6 5.7 3 10 3s7.8 2.6 7.8 5.8-3.5 5.8-7.8 5.8c-1 0-2-.1-2.9-.4" +
      "M4.5 12.5a1.9 1.9 0 1 0 2.6 1.7c0-.9-1-1.9-2.6-1.7zM5.6 16c.2 1.1 0 1.8-1 2.5",
  },
  zoomIn: { line: "M10 4v12M4 10h12" },
  zoomOut: { line: "M4 10h12" },
  reset: { line: "M4 8V4h4M16 8V4h-4M4 12v4h4M16 12v4h-4" },
  trails: { line: "M3 16C6 16 5 9 9 9s2 3 5-1", fill: "M15.5 3.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z" },
  size: { fill: "M4 14a1.6 1.6 0 1 1 0 .1zM7.5 12.5a2.5 2.5 0 1 1 0 .1zM11.2 7.5a4 4 0 1 1 0 .1z" },
  scales: { line: "M2.5 4v11.5h6M11.5 4v11.5h6M2.5 9h2M11.5 9h2" },
  labels: { line: "M3 5.5V3.5h14v2M10 3.5v13M7.5 16.5h5" },
  present: { line: "M2.5 3.5h15v10h-15zM10 13.5v3M6.5 17h7" },
  download: { line: "M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13" },
  more: {
    fill:
      "M4.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM10 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z" +
      "M15.5 8.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z",
  },
  close: { line: "M5.5 5.5l9 9M14.5 5.5l-9 9" },
  search: { line: "M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM12.8 12.8L17 17" },
};

/** @typedef {keyof typeof ICONS} IconName */

/**
 * A picture for a button; the button says its name.
 * @param {IconName} name
 * @returns {SVGElement}
 */
export function icon(name) {
  /** @type {{line?: string, fill?: string}} */
  const { fill, line } = ICONS[name];
  const picture = makeSvg("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" });
  if (line) picture.append(makeSvg("path", { d: line, class: "icon-line" }));
  if (fill) picture.append(makeSvg("path", { d: fill, class: "icon-fill" }));
  return picture;
}
