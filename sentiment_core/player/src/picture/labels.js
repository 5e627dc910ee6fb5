// Decides which words have a label, and where: labels do not cover each other and do not flicker while words move.
//
// Pinned words come first, always; then the word pointed at; then, while words move, those that had a label just before;
// then the rest by rank. A label without room fades out, and while words move new ones appear only from time to time.

/** @import { Panel } from "../data/payload.js" */
/** @import { Kind } from "./text.js" */

const GAP = 3; // pixels between names
// Pixels to a label that appears while words move: its neighbours may come nearer.
const WIDE_GAP = 8;
// Square pixels of picture per label, at the usual text size.
const AREA = 11000;
const ADMIT_EVERY = 0.5; // seconds, while words move
// Seconds before a word that lost its label may have one again, while words move.
const REST = 2;
const FADE = 0.16; // seconds
// Time constant, in seconds, of a label's move to another side of its word.
const GLIDE = 0.12;
// Factor on the rank of a label that is already shown.
const PULL = 0.35;
// Candidates tried per label that there is room for.
const POOL = 12;
// Pixels that a pinned word's mark keeps free.
const DOT = 12;
const MOST_BOXES = 512;
// A word with less than one in so many of the corpus's tokens is rare: its position is noisy, and many such words are
// fragments from the tokenizer.
const RARE = 50_000;

/** @typedef {number[]} Side where a name's middle may lie from its word, in half widths and half heights of the name, then in pixels */

/** @type {Side[]} */
const SIDES = [
  [1, 0, 7, 0],
  [-1, 0, -7, 0],
  [0, -1, 0, -7],
  [0, 1, 0, 7],
];
/** @type {Side[]} */
const AROUND = [12, 26, 44, 66, 92].flatMap((reach) =>
  [30, 150, 90, -30, -150, -90, 0, 180].map((degrees) => {
    const [right, up] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return [Math.sign(Math.round(right * 4)), -Math.sign(Math.round(up * 4)), right * reach, -up * reach];
  }),
);

/**
 * @typedef {Object} Label
 * @property {number} id
 * @property {Kind} kind
 * @property {number} side index of its place around the word
 * @property {number} x from the word to the label's middle, in pixels
 * @property {number} y
 * @property {number} toX where it glides to
 * @property {number} toY
 * @property {number} width
 * @property {number} height
 * @property {number} alpha 0 to 1
 * @property {boolean} leaving
 * @property {boolean} stayed whether it was there, and not leaving, at the layout before
 *
 * @typedef {Object} Scene
 * @property {Float32Array} screen [words * 2] places in pixels
 * @property {number} width
 * @property {number} height
 * @property {number[]} pinned ids
 * @property {number} hovered id, or -1
 * @property {Uint8Array|null} chosen [words] 1 for the words of a lasso
 * @property {boolean} rare whether rare words are named too
 * @property {boolean} more whether others than these two are named
 * @property {boolean} moving whether time runs
 * @property {number} size of text, relative to the usual
 * @property {number} seconds since the last call
 * @property {(id: number, kind: Kind) => Box} measure the size of an id's name
 *
 * @typedef {{width: number, height: number}} Box
 */

/**
 * A panel's words ranked for labels: by polarity, frequency and distance from the start; common words before all rare
 * ones. Pieces of words are left out.
 * @param {Pick<Panel, "vocabulary"|"frames"|"displacement">} panel
 * @returns {{ranked: Uint32Array, common: number}} ids, the most worthy first, and how many of them are common
 */
export function rankWords(panel) {
  const { words, whole, polarity, negative, positive } = panel.vocabulary;
  const counts = Uint32Array.from(words.keys(), (id) => negative[id] + positive[id]);
  const rare = counts.reduce((total, count) => total + count, 0) / RARE;
  const last = (panel.frames.length - 1) * words.length;
  let farthest = 1;
  for (let id = 0; id < words.length; id++) farthest = Math.max(farthest, panel.displacement[last + id]);
  const worth = Float32Array.from(words.keys(), (id) => {
    const lean = Math.min(Math.abs(polarity[id] || 0), 2.5);
    const moved = panel.displacement[last + id] / farthest;
    return (0.25 + lean) * (0.15 + moved) * Math.log1p(counts[id]);
  });
  const ids = Uint32Array.from(words.keys()).filter((id) => whole[id]);
  /** @param {number} id */
  const isRare = (id) => counts[id] < rare;
  const ranked = ids.sort((a, b) => Number(isRare(a)) - Number(isRare(b)) || worth[b] - worth[a] || a - b);
  return { ranked, common: ranked.findLastIndex((id) => !isRare(id)) + 1 };
}

/** @type {Scene} before the first layout */
const NOTHING = {
  screen: new Float32Array(),
  width: 0,
  height: 0,
  pinned: [],
  hovered: -1,
  chosen: null,
  rare: false,
  more: false,
  moving: false,
  size: 1,
  seconds: 0,
  measure: () => ({ width: 0, height: 0 }),
};

/** The labels of one panel. */
export class Labels {
  /** @param {{ranked: Uint32Array, common: number}} worth see rankWords */
  constructor({ ranked, common }) {
    this.ranked = ranked;
    this.common = common;
    /** @type {Map<number, Label>} by id */
    this.shown = new Map();
    /** @type {Scene} */
    this.scene = NOTHING;
    this.boxes = new Float32Array(4 * MOST_BOXES);
    this.count = 0;
    this.time = 0; // seconds of all layouts together
    // Time at which labels were last let in.
    this.admitted = -Infinity;
    /** @type {Map<number, number>} time at which a word lost its label, by id */
    this.dropped = new Map();
  }

  /**
   * Lay out the labels for the words where they are now.
   * @param {Scene} scene
   * @returns {boolean} whether labels still fade or glide
   */
  layOut(scene) {
    this.scene = scene;
    this.count = 0;
    this.time += scene.seconds;
    for (const label of this.shown.values()) {
      label.stayed = !label.leaving;
      label.leaving = true;
    }
    for (const id of scene.pinned) if (this.isSeen(id, 0)) this.block(id);
    for (const id of scene.pinned) if (this.isSeen(id, 0)) this.placePinned(id, "pin");
    if (scene.hovered >= 0 && !scene.pinned.includes(scene.hovered) && this.isSeen(scene.hovered, 0)) {
      this.placePinned(scene.hovered, "hover");
    }
    if (scene.more) this.placeOthers();
    return this.animate();
  }

  placeOthers() {
    const { moving, width, height, size } = this.scene;
    let room = Math.max(Math.round((width * height) / (AREA * size * size)), 6);
    if (moving) room -= this.keepShown();
    if (moving && this.time - this.admitted < ADMIT_EVERY) return;
    this.admitted = this.time;
    for (const id of this.candidates(POOL * room)) {
      if (room <= 0) break;
      if (this.placePlain(id, moving ? WIDE_GAP : GAP)) room--;
    }
  }

  /** Keep the plain labels shown that still have room. Returns how many. */
  keepShown() {
    let kept = 0;
    for (const label of this.shown.values()) {
      if (label.kind !== "plain" || !label.stayed) continue;
      if (this.placePlain(label.id, 0)) kept++;
      else this.dropped.set(label.id, this.time);
    }
    return kept;
  }

  /** Ids of the words that have a label without being pinned or pointed at. */
  named() {
    return [...this.shown.values()].filter(({ kind, leaving }) => kind === "plain" && !leaving).map(({ id }) => id);
  }

  /**
   * Ids in sight by rank, those shown already counted as nearer the front.
   * @param {number} most
   */
  candidates(most) {
    /** @type {{id: number, rank: number}[]} */
    const found = [];
    const last = this.scene.rare ? this.ranked.length : this.common;
    for (let rank = 0; rank < last && found.length < most; rank++) {
      const id = this.ranked[rank];
      if (this.isSeen(id, 6) && this.isMeant(id) && !this.isResting(id))
        found.push({ id, rank: rank * (this.shown.has(id) ? PULL : 1) });
    }
    return found.sort((a, b) => a.rank - b.rank).map(({ id }) => id);
  }

  /**
   * A label that must be shown: in the first free place, or where it covers least.
   * @param {number} id
   * @param {"pin"|"hover"} kind
   */
  placePinned(id, kind) {
    const size = this.scene.measure(id, kind);
    let label = this.shown.get(id);
    if (!label || label.kind !== kind) label = this.add(id, kind, size, label);
    Object.assign(label, size);
    // While words move a label stays on its side as long as it can.
    let best = this.scene.moving ? label.side : 0;
    let least = this.overlap(id, AROUND[best], size);
    for (let side = 0; side < AROUND.length && least > 0; side++) {
      const overlap = this.overlap(id, AROUND[side], size);
      if (overlap < least - 1) [best, least] = [side, overlap];
    }
    this.settle(label, best, AROUND[best]);
  }

  /**
   * A label that is shown where there is room, with a gap around it. Returns whether there was.
   * @param {number} id
   * @param {number} gap
   */
  placePlain(id, gap) {
    const label = this.shown.get(id);
    if (label && (label.kind !== "plain" || !label.leaving)) return false; // has its place already
    if (!this.isSeen(id, 6) || !this.isMeant(id) || this.count >= MOST_BOXES - 1) return false;
    const size = this.scene.measure(id, "plain");
    for (let turn = 0; turn < SIDES.length; turn++) {
      const side = ((label ? label.side : 0) + turn) % SIDES.length;
      if (this.overlap(id, SIDES[side], size, gap, true) > 0) continue;
      // The label may have been measured at another text size.
      this.settle(Object.assign(label || this.add(id, "plain", size), size), side, SIDES[side]);
      return true;
    }
    return false;
  }

  /**
   * @param {number} id
   * @param {Kind} kind
   * @param {Box} size
   * @param {Label} [former]
   */
  add(id, kind, size, former) {
    /** @type {Label} */
    const label = {
      id,
      kind,
      side: 0,
      x: NaN,
      y: NaN,
      toX: 0,
      toY: 0,
      alpha: former ? former.alpha : 0,
      leaving: false,
      stayed: false,
      ...size,
    };
    this.shown.set(id, label);
    return label;
  }

  /**
   * @param {Label} label
   * @param {number} side
   * @param {Side} where
   */
  settle(label, side, [halvesX, halvesY, x, y]) {
    label.side = side;
    label.leaving = false;
    label.toX = (halvesX * label.width) / 2 + x * this.scene.size;
    label.toY = (halvesY * label.height) / 2 + y * this.scene.size;
    if (Number.isNaN(label.x)) [label.x, label.y] = [label.toX, label.toY];
    const { screen } = this.scene;
    this.occupy(screen[2 * label.id] + label.toX, screen[2 * label.id + 1] + label.toY, label.width, label.height);
  }

  /**
   * Area that a label would share with what is placed, and with what lies outside the picture.
   * @param {number} id
   * @param {Side} where
   * @param {Box} size
   * @param {number} [gap]
   * @param {boolean} [strict] whether any is too much, so that its size does not matter
   */
  overlap(id, [halvesX, halvesY, x, y], { width, height }, gap = GAP, strict = false) {
    const { screen, size, width: right, height: bottom } = this.scene;
    const left = screen[2 * id] + (halvesX * width) / 2 + x * size - width / 2 - gap;
    const top = screen[2 * id + 1] + (halvesY * height) / 2 + y * size - height / 2 - gap / 2;
    const [wide, high] = [width + 2 * gap, height + gap];
    const outside = Math.max(-left, left + wide - right, 0) * high + Math.max(-top, top + high - bottom, 0) * wide;
    let shared = 20 * outside;
    for (let place = 0; place < 4 * this.count; place += 4) {
      const across = Math.min(left + wide, this.boxes[place + 2]) - Math.max(left, this.boxes[place]);
      if (across <= 0) continue;
      const down = Math.min(top + high, this.boxes[place + 3]) - Math.max(top, this.boxes[place + 1]);
      if (down <= 0) continue;
      shared += across * down;
      if (strict) break;
    }
    return shared;
  }

  /** @param {number} id whose mark keeps its place free */
  block(id) {
    this.occupy(this.scene.screen[2 * id], this.scene.screen[2 * id + 1], DOT * this.scene.size, DOT * this.scene.size);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   */
  occupy(x, y, width, height) {
    if (this.count >= MOST_BOXES) return;
    this.boxes.set([x - width / 2, y - height / 2, x + width / 2, y + height / 2], 4 * this.count++);
  }

  /**
   * Whether a word lost its label too recently to have one again, while words move.
   * @param {number} id
   */
  isResting(id) {
    return this.scene.moving && this.time - (this.dropped.get(id) ?? -Infinity) < REST;
  }

  /**
   * Whether a word may be named: where a lasso holds words, only those are.
   * @param {number} id
   */
  isMeant(id) {
    return !this.scene.chosen || this.scene.chosen[id] === 1;
  }

  /**
   * @param {number} id
   * @param {number} margin
   */
  isSeen(id, margin) {
    const { screen, width, height } = this.scene;
    const x = screen[2 * id];
    const y = screen[2 * id + 1];
    return x >= margin && y >= margin && x <= width - margin && y <= height - margin;
  }

  /** Fade and move labels for the time that has passed. Returns whether any has not arrived. */
  animate() {
    const { seconds } = this.scene;
    const near = 1 - Math.exp(-seconds / GLIDE);
    let busy = false;
    for (const label of this.shown.values()) {
      label.alpha = Math.min(Math.max(label.alpha + ((label.leaving ? -1 : 1) * seconds) / FADE, 0), 1);
      if (label.leaving && label.alpha === 0) this.shown.delete(label.id);
      const [aside, above] = [label.toX - label.x, label.toY - label.y];
      const arrived = Math.abs(aside) + Math.abs(above) < 0.5;
      label.x = arrived ? label.toX : label.x + aside * near;
      label.y = arrived ? label.toY : label.y + above * near;
      busy = busy || !arrived || label.alpha < 1;
    }
    return busy;
  }
}
