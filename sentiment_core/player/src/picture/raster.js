// Draws all dots of a panel into one array of pixels: tens of thousands per frame, without allocating memory.

import { contextOf } from "../page/dom.js";
import { FAINT, makeSprites, NORMAL, reachOf, STRONG, SUBPIXELS } from "./sprites.js";

/** @import { Panel, Vocabulary } from "../data/payload.js" */
/** @import { Between } from "../data/timeline.js" */
/** @import { Colour } from "../page/theme.js" */
/** @import { Size } from "./panel.js" */
/** @import { Sprites } from "./sprites.js" */
/** @import { Transform } from "./view.js" */

// Sizes of dots, from rare words' to frequent words'.
const SIZES = 6;
const OPAQUE = 0xff << 24;

/**
 * Where the words lie on screen at a position in time.
 * @param {Panel} panel
 * @param {Between} frames
 * @param {Transform} transform
 * @param {Float32Array} screen [words * 2] x and y in pixels, written
 */
export function placeWords(panel, frames, transform, screen) {
  const { coordinates, scale, centre } = panel;
  const { unit, left, top } = transform;
  const numbers = screen.length;
  const from = frames.from * numbers;
  const to = frames.to * numbers;
  const stepX = unit * scale[0];
  const stepY = -unit * scale[1];
  const startX = left + unit * centre[0];
  const startY = top - unit * centre[1];
  const share = frames.share;
  for (let place = 0; place < numbers; place += 2) {
    const x = coordinates[from + place];
    const y = coordinates[from + place + 1];
    screen[place] = startX + stepX * (x + share * (coordinates[to + place] - x));
    screen[place + 1] = startY + stepY * (y + share * (coordinates[to + place + 1] - y));
  }
}

/**
 * The looks, sizes and order in which a vocabulary's dots are drawn: what leans above what does not, frequent words
 * above rare ones, what a lasso holds above the rest.
 */
export class DotOrder {
  /** @param {Vocabulary} vocabulary */
  constructor(vocabulary) {
    const { words, leans, negative, positive } = vocabulary;
    const counts = Float32Array.from(words.keys(), (id) => negative[id] + positive[id]);
    const highest = Math.log1p(counts.reduce((most, count) => Math.max(most, count), 1));
    this.leans = leans;
    this.sizes = Uint8Array.from(counts, (count) => Math.min((Math.log1p(count) / highest) ** 2 * SIZES, SIZES - 1));
    this.byRank = Uint32Array.from(words.keys()).sort(
      (a, b) => Number(leans[a] > 0) - Number(leans[b] > 0) || counts[a] - counts[b] || a - b,
    );
    /** @type {Uint8Array|null} */
    this.chosen = null;
    this.looks = leans;
    this.order = this.byRank;
    this.emphasise(null);
  }

  /** @param {Uint8Array|null} chosen [words] 1 inside the lasso; null without one */
  emphasise(chosen) {
    this.chosen = chosen;
    this.looks = Uint8Array.from(this.leans, (lean, id) => lean + (chosen ? (chosen[id] ? STRONG : FAINT) : NORMAL));
    this.order = chosen ? this.byRank.slice().sort((a, b) => chosen[a] - chosen[b]) : this.byRank;
  }
}

/** A panel's picture without its labels. */
export class Raster {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false, willReadFrequently: true });
    this.key = "";
    // What `prepare` fits, in device pixels.
    this.ratio = 1;
    this.width = 0;
    this.height = 0;
    this.margin = 0; // around the picture: dots at the edge need no clipping
    this.stride = 0;
    this.sizes = 0;
    this.paper = OPAQUE;
    /** @type {Sprites} */
    this.sprites = makeSprites([], 0);
    this.image = this.context.createImageData(1, 1);
    this.pixels = new Int32Array(this.image.data.buffer);
  }

  /**
   * Fit the picture to a size, a dot's radius and colours, where any of them changed.
   * @param {Size} size
   * @param {number} radius of a dot, in CSS pixels
   * @param {boolean} bySize whether frequent words have larger dots
   * @param {Colour} paper
   */
  prepare({ width, height, ratio }, radius, bySize, paper) {
    const key = [width, height, ratio, radius, bySize, paper].join();
    if (key === this.key) return;
    this.key = key;
    this.ratio = ratio;
    this.width = Math.round(width * ratio);
    this.height = Math.round(height * ratio);
    const radii = sizesOf(radius * ratio, bySize);
    this.margin = reachOf(radii);
    this.stride = this.width + 2 * this.margin;
    this.sprites = makeSprites(radii, this.stride);
    this.sizes = radii.length;
    this.paper = OPAQUE | (paper[2] << 16) | (paper[1] << 8) | paper[0];
    if (this.canvas.width !== this.width) this.canvas.width = this.width;
    if (this.canvas.height !== this.height) this.canvas.height = this.height;
    this.image = this.context.createImageData(this.stride, this.height + 2 * this.margin);
    this.pixels = new Int32Array(this.image.data.buffer);
  }

  /**
   * Draw the words.
   * @param {Float32Array} screen [words * 2] in CSS pixels
   * @param {DotOrder} dots
   */
  draw(screen, dots) {
    this.pixels.fill(this.paper);
    this.stamp(screen, dots);
    this.context.putImageData(this.image, -this.margin, -this.margin);
  }

  /**
   * @param {Float32Array} screen
   * @param {DotOrder} dots
   */
  stamp(screen, { order, looks, sizes }) {
    const { pixels, sprites, stride, margin, ratio, width, height } = this;
    const { starts, places, keeps, redBlue, green } = sprites;
    const variants = SUBPIXELS * SUBPIXELS;
    const perLook = this.sizes * variants;
    const grown = this.sizes > 1;
    for (let rank = 0; rank < order.length; rank++) {
      const id = order[rank];
      const x = screen[2 * id] * ratio;
      const y = screen[2 * id + 1] * ratio;
      if (!(x >= 0 && y >= 0 && x < width && y < height)) continue;
      const column = x | 0;
      const row = y | 0;
      const variant = (((y - row) * SUBPIXELS) | 0) * SUBPIXELS + (((x - column) * SUBPIXELS) | 0);
      const sprite = looks[id] * perLook + (grown ? sizes[id] * variants : 0) + variant;
      const own = (row + margin) * stride + column + margin;
      const end = starts[sprite + 1];
      for (let part = starts[sprite]; part < end; part++) {
        const at = own + places[part];
        const below = pixels[at];
        const keep = keeps[part];
        pixels[at] =
          OPAQUE |
          (((Math.imul(below & 0xff00ff, keep) + redBlue[part]) >>> 8) & 0xff00ff) |
          (((Math.imul(below & 0xff00, keep) + green[part]) >>> 8) & 0xff00);
      }
    }
  }
}

/**
 * The radius of a dot in CSS pixels: smaller where more words share the picture, larger as one looks closer. Rounded,
 * so that zooming seldom makes new sprites.
 * @param {number} words
 * @param {number} width
 * @param {number} height
 * @param {number} zoom
 */
export function dotRadius(words, width, height, zoom) {
  const alone = Math.min(Math.max(0.38 * Math.sqrt((width * height) / words), 1.9), 7);
  return Math.min(Math.round(4 * alone * zoom ** 0.3) / 4, 9);
}

/**
 * @param {number} radius
 * @param {boolean} bySize
 * @returns {number[]}
 */
function sizesOf(radius, bySize) {
  if (!bySize) return [radius];
  return Array.from({ length: SIZES }, (_, size) => radius * (0.7 + (1.9 * size) / (SIZES - 1)));
}
