// Caches words as small pictures: drawing text with an outline takes a hundred times as long as copying a picture.

import { contextOf, make } from "../page/dom.js";
import { channels, LEAN_COLOURS, mix, PALE } from "../page/theme.js";

/** @import { Theme } from "../page/theme.js" */

/**
 * @typedef {"plain"|"quiet"|"pin"|"hover"} Kind plain is text with an outline in the paper's colour, quiet the same,
 *   smaller and paler; pin and hover are chips, bordered in their lean's colour
 *
 * @typedef {Object} TextPicture
 * @property {HTMLCanvasElement} canvas
 * @property {number} width in CSS pixels
 * @property {number} height
 */

// Pictures kept at most; then the cache is cleared.
const KEPT = 1500;
const LONGEST = 15; // times the size of the text

/**
 * A word as written on the picture: a vocabulary may hold a token of any length.
 * @param {CanvasRenderingContext2D} context with its font
 * @param {string} word
 * @param {number} room in pixels
 */
function shorten(context, word, room) {
  if (context.measureText(word).width <= room) return word;
  const letters = lettersOf(word);
  let [fits, most] = [0, letters.length];
  while (fits < most - 1) {
    const half = (fits + most) >> 1;
    if (context.measureText(`${letters.slice(0, half).join("")}…`).width <= room) fits = half;
    else most = half;
  }
  return `${letters.slice(0, fits).join("")}…`;
}

/**
 * What a reader sees as letters, where the browser can tell.
 * @param {string} word
 */
function lettersOf(word) {
  if (!Intl.Segmenter) return [...word];
  return Array.from(new Intl.Segmenter().segment(word.slice(0, 500)), ({ segment }) => segment);
}

/** Pictures of text in a theme, at a size. */
export class TextPictures {
  constructor() {
    /** @type {Map<string, TextPicture>} */
    this.kept = new Map();
    /** @type {Theme} */
    this.theme = { paper: [], ink: [], font: "" };
    this.ratio = 1;
    this.size = 0;
    this.key = "";
  }

  /**
   * @param {Theme} theme
   * @param {number} ratio device pixels a CSS pixel
   * @param {number} size of plain text in CSS pixels
   */
  prepare(theme, ratio, size) {
    const key = [theme.paper, theme.ink, theme.font, ratio, size].join();
    if (key === this.key) return;
    Object.assign(this, { key, theme, ratio, size });
    this.kept.clear();
  }

  /** Forget all pictures, for when a font has arrived. */
  forget() {
    this.kept.clear();
  }

  /**
   * @param {string} text
   * @param {Kind} kind
   * @param {number} [lean]
   * @returns {TextPicture}
   */
  get(text, kind, lean = 0) {
    const key = `${kind}${lean}${text}`;
    let picture = this.kept.get(key);
    if (!picture) {
      if (this.kept.size >= KEPT) this.kept.clear();
      picture = this.paint(text, kind, lean);
      this.kept.set(key, picture);
    }
    return picture;
  }

  /**
   * @param {string} text
   * @param {Kind} kind
   * @param {number} lean
   * @returns {TextPicture}
   */
  paint(text, kind, lean) {
    const chip = kind === "pin" || kind === "hover";
    const size = this.size * (chip ? 1.15 : kind === "quiet" ? 0.9 : 1);
    const font = `${chip ? 600 : 500} ${size}px ${this.theme.font}`;
    const canvas = make("canvas");
    const context = contextOf(canvas);
    context.font = font;
    const shown = shorten(context, text, LONGEST * size);
    const width = Math.ceil(context.measureText(shown).width + size * (chip ? 0.75 : 0.45));
    const height = Math.ceil(size * (chip ? 1.5 : 1.35));
    canvas.width = Math.ceil(width * this.ratio);
    canvas.height = Math.ceil(height * this.ratio);
    context.scale(this.ratio, this.ratio);
    Object.assign(context, { font, textAlign: "center", textBaseline: "middle", lineJoin: "round" });
    if (chip) this.paintChip(context, width, height, lean, kind);
    else this.paintOutline(context, shown, width, height, size);
    context.fillStyle = mix(this.theme.paper, this.theme.ink, kind === "quiet" ? PALE : 1);
    context.fillText(shown, width / 2, height * 0.53);
    return { canvas, width, height };
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} width
   * @param {number} height
   * @param {number} lean
   * @param {Kind} kind
   */
  paintChip(context, width, height, lean, kind) {
    const colour = channels(LEAN_COLOURS[lean]);
    const line = kind === "hover" ? 2.5 : 1.5;
    context.beginPath();
    roundedBox(context, line / 2, line / 2, width - line, height - line, height * 0.24);
    context.fillStyle = mix(this.theme.paper, colour, 0.16);
    context.fill();
    context.lineWidth = line;
    context.strokeStyle = LEAN_COLOURS[lean];
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {number} width
   * @param {number} height
   * @param {number} size
   */
  paintOutline(context, text, width, height, size) {
    context.lineWidth = size * 0.3;
    context.strokeStyle = mix(this.theme.paper, this.theme.ink, 0);
    context.globalAlpha = 0.85;
    context.strokeText(text, width / 2, height * 0.53);
    context.globalAlpha = 1;
  }
}

/**
 * A path around a box with round corners.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {number} radius
 */
function roundedBox(context, x, y, width, height, radius) {
  context.moveTo(x + radius, y);
  context.arcTo(x + width, y, x + width, y + height, radius);
  context.arcTo(x + width, y + height, x, y + height, radius);
  context.arcTo(x, y + height, x, y, radius);
  context.arcTo(x, y, x + width, y, radius);
  context.closePath();
}
