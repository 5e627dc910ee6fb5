// Exports: a PNG picture of what is shown, and an HTML file that plays anywhere.

import { namePosition } from "../data/timeline.js";
import { tr } from "../messages.js";
import { LEGEND_ORDER } from "../parts/legend.js";
import { drawMark } from "../picture/marks.js";
import { describeFrame } from "../picture/panel.js";
import { contextOf, make } from "./dom.js";
import { leanName, mix, PALE } from "./theme.js";

/** @import { Texts } from "../data/address.js" */
/** @import { Payload } from "../data/payload.js" */
/** @import { PanelView } from "../picture/panel.js" */
/** @import { State } from "../session/state.js" */
/** @import { Theme } from "./theme.js" */

/**
 * @typedef {Object} Writing how a text is written
 * @property {number} [size]
 * @property {number} [weight]
 * @property {CanvasTextAlign} [align]
 * @property {boolean} [faint]
 * @property {number} [room] pixels; drawn narrower where it needs more
 *
 * @typedef {(text: string, x: number, y: number, how: Writing) => number} Write returns the text's width
 */

const EDGE_ROOM = 24; // pixels around the picture
const TITLE_ROOM = 40; // above all panels
const NARROW = 560; // a narrower picture needs
const SECOND_LINE = 26; // more above all panels
const HEAD_ROOM = 30; // above each panel
const AXIS_ROOM = 26; // below and left of each panel
const LEGEND_ROOM = 34; // below all panels

/**
 * Both panels as they are seen, with their titles, axes, checkpoint and legend, at the screen's own resolution.
 * @param {Payload} payload
 * @param {PanelView[]} views
 * @param {Readonly<State>} state
 * @param {Theme} theme
 * @returns {HTMLCanvasElement}
 */
export function composePicture(payload, views, state, theme) {
  const stacked =
    views.length > 1 && views[0].box.getBoundingClientRect().bottom <= views[1].box.getBoundingClientRect().top;
  const outer = views.map(({ size }) => [size.width + AXIS_ROOM, size.height + HEAD_ROOM + AXIS_ROOM]);
  const gap = EDGE_ROOM;
  /** @param {0|1} side */
  const sum = (side) => outer.reduce((total, sizes) => total + sizes[side], (outer.length - 1) * gap);
  /** @param {0|1} side */
  const most = (side) => Math.max(...outer.map((sizes) => sizes[side]));
  const width = (stacked ? most(0) : sum(0)) + 2 * EDGE_ROOM;
  // A narrow picture has the checkpoint in a second line, below the title.
  const second = width < NARROW ? SECOND_LINE : 0;
  const height = (stacked ? sum(1) : most(1)) + 2 * EDGE_ROOM + TITLE_ROOM + second + LEGEND_ROOM;
  const { ratio } = views[0].size;
  const canvas = make("canvas", { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const context = contextOf(canvas);
  context.scale(ratio, ratio);
  context.fillStyle = mix(theme.paper, theme.ink, 0);
  context.fillRect(0, 0, width, height);
  const write = writer(context, theme);
  const line = EDGE_ROOM + 12;
  const checkpoint = namePosition(payload.checkpoints, state.position);
  let room = width - 2 * EDGE_ROOM;
  if (second) write(checkpoint, EDGE_ROOM, line + second, { size: 17, room });
  else room -= write(checkpoint, width - EDGE_ROOM, line, { size: 17, align: "right" }) + 20;
  write(payload.title, EDGE_ROOM, line, { size: 19, weight: 650, room });
  let [x, y] = [EDGE_ROOM, EDGE_ROOM + TITLE_ROOM + second];
  views.forEach((view, place) => {
    drawPanel(context, write, view, state.position, x, y);
    if (stacked) y += outer[place][1] + gap;
    else x += outer[place][0] + gap;
  });
  drawLegend(context, write, theme, EDGE_ROOM, height - EDGE_ROOM - 6);
  return canvas;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @returns {Write}
 */
function writer(context, theme) {
  return (text, x, y, { size = 14, weight = 400, align = "left", faint = false, room }) => {
    context.font = `${weight} ${size}px ${theme.font}`;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.fillStyle = mix(theme.paper, theme.ink, faint ? PALE : 1);
    // The canvas condenses a text that is wider than its room.
    context.fillText(text, x, y, room);
    return context.measureText(text).width;
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Write} write
 * @param {PanelView} view
 * @param {number} position
 * @param {number} x
 * @param {number} y
 */
function drawPanel(context, write, view, position, x, y) {
  const { panel, size } = view;
  const frame = view.frameAt(position);
  const [along, up] = panel.axes(frame);
  const [left, top] = [x + AXIS_ROOM, y + HEAD_ROOM];
  const title = write(panel.title, left, y + 12, { size: 16, weight: 650 });
  write(describeFrame(panel.frames[frame]), left + title + 12, y + 12, { room: Math.max(size.width - title - 12, 90) });
  for (const canvas of [view.lower, view.upper]) context.drawImage(canvas, left, top, size.width, size.height);
  write(along, left + size.width / 2, top + size.height + 13, { align: "center", faint: true });
  context.save();
  context.translate(x + 10, top + size.height / 2);
  context.rotate(-Math.PI / 2);
  write(up, 0, 0, { align: "center", faint: true });
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Write} write
 * @param {Theme} theme
 * @param {number} x
 * @param {number} y
 */
function drawLegend(context, write, theme, x, y) {
  let left = x;
  for (const lean of LEGEND_ORDER) {
    drawMark(context, theme, lean, left + 7, y, 5);
    left += 20 + write(leanName(lean), left + 20, y, {}) + 22;
  }
}

/**
 * The standalone page that plays a payload and opens in this state.
 * @param {Payload} payload with its page in `html`
 * @param {Texts} texts of the state
 * @returns {Promise<string>}
 */
export async function composeFile(payload, texts) {
  if (!payload.html) throw incomplete();
  const fillings = { TITLE: escapeMarkup(payload.title), START: escapeScript(texts), PAYLOAD: toBase64(payload.bytes) };
  let rest = await unzip(payload.html);
  let page = "";
  for (const [name, filling] of Object.entries(fillings)) {
    // Search only after the last filling, so that a placeholder in a title or a state stays as it is.
    const placeholder = `__${name}__`;
    const place = rest.indexOf(placeholder);
    if (place < 0) throw incomplete();
    page += rest.slice(0, place) + filling;
    rest = rest.slice(place + placeholder.length);
  }
  return page + rest;
}

function incomplete() {
  return new Error(tr("The page to save is incomplete. Reload the app."));
}

/** @param {Uint8Array} bytes */
async function unzip(bytes) {
  if (!window.DecompressionStream)
    throw new Error(tr("This browser cannot save the file. Open the page in a newer one."));
  return new Response(
    new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("gzip")),
  ).text();
}

/**
 * Offer bytes as a file.
 * @param {Blob} blob
 * @param {string} name
 */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = make("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * A file's name from words of any kind: letters and digits, joined by hyphens.
 * @param {string[]} words
 * @param {string} ending
 */
export function fileName(words, ending) {
  const plain = words
    .join(" ")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "") // accents of Latin letters
    .normalize("NFC") // Hangul as syllables again
    .replace(/[^\p{L}\p{N}_]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return `${plain.toLowerCase().slice(0, 80) || "drift"}.${ending}`;
}

/** @param {string} text */
function escapeMarkup(text) {
  /** @type {Record<string, string>} */
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (sign) => names[sign]);
}

/**
 * JSON for a script element: an escaped "<" cannot end the element.
 * @param {unknown} value
 */
function escapeScript(value) {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  const parts = [];
  for (let start = 0; start < bytes.length; start += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  }
  return btoa(parts.join(""));
}
