// The frames of one network as they come: decoded, and kept in arrays that grow.

import { PayloadError, readHeader, readVocabulary } from "../data/payload.js";

/** @import { Vocabulary } from "../data/payload.js" */

const FIRST_ROOM = 16; // frames for which there is room at first

/**
 * @typedef {Object} Batch frames in one answer of the server, see sentiment_core/player/moments.py
 * @property {string} fit
 * @property {number} basis frames on which the axes were fitted
 * @property {number[]} explained
 * @property {number} dimensions
 * @property {number} come frames that there are
 * @property {number} words
 * @property {BatchFrame[]} frames
 * @property {Int16Array} codes
 * @property {Uint16Array} moves
 * @property {Vocabulary|null} vocabulary
 *
 * @typedef {Object} BatchFrame
 * @property {number} step
 * @property {[number, number]} scale
 * @property {[number, number]} centre
 * @property {number} displacement_scale
 * @property {number} visible
 */

/**
 * @param {Uint8Array} bytes
 * @returns {Batch}
 * @throws {PayloadError} where they are damaged
 */
export function readBatch(bytes) {
  const arrays = readHeader(bytes);
  const header = /** @type {any} */ (arrays.header);
  const { fit, basis, explained, dimensions, come, words, frames, vocabularies } = header;
  if (!Array.isArray(frames) || !(words > 0)) throw new PayloadError("it has no frames");
  return {
    ...{ fit, basis, explained, dimensions, come, words, frames },
    codes: arrays.get("coordinates", Int16Array, frames.length * words * 2),
    moves: arrays.get("displacement", Uint16Array, frames.length * words),
    vocabulary: vocabularies ? readVocabulary("v0", words, header.leaning ?? 0.5, arrays) : null,
  };
}

/** The frames of one network on one pair of axes. */
export class Moments {
  /** @param {Batch} first with the vocabulary */
  constructor(first) {
    if (!first.vocabulary) throw new PayloadError("it has no words");
    this.vocabulary = first.vocabulary;
    this.words = first.words;
    this.fit = first.fit;
    this.basis = first.basis;
    this.explained = first.explained;
    this.dimensions = first.dimensions;
    this.come = 0;
    /** @type {number[]} */
    this.steps = [];
    /** @type {number[]} share of the squared movement that the axes show, at each frame */
    this.visible = [];
    this.coordinates = new Float32Array(2 * FIRST_ROOM * this.words);
    this.displacement = new Float32Array(FIRST_ROOM * this.words);
    this.add(first);
  }

  /** The last step that is here; -1 without one. */
  get last() {
    return this.steps.at(-1) ?? -1;
  }

  /**
   * Whether frames are on the same axes as those here.
   * @param {Batch} batch
   */
  fits(batch) {
    return batch.words === this.words && batch.fit === this.fit && batch.basis === this.basis;
  }

  /** @param {Batch} batch on the same axes */
  add(batch) {
    const { words } = this;
    if (batch.frames.length) this.drop(batch.frames[0].step - 1);
    this.makeRoom(this.steps.length + batch.frames.length);
    for (const [index, frame] of batch.frames.entries()) {
      const place = this.steps.length;
      for (let number = 0; number < 2 * words; number++) {
        const axis = number & 1;
        const code = batch.codes[2 * words * index + number];
        this.coordinates[2 * words * place + number] = frame.centre[axis] + frame.scale[axis] * code;
      }
      for (let word = 0; word < words; word++) {
        this.displacement[words * place + word] = frame.displacement_scale * batch.moves[words * index + word];
      }
      this.steps.push(frame.step);
      this.visible.push(frame.visible);
    }
    this.come = batch.come;
  }

  /**
   * Forget the frames after a step.
   * @param {number} step
   */
  drop(step) {
    while (this.last > step) {
      this.steps.pop();
      this.visible.pop();
    }
  }

  /** @param {number} frames */
  makeRoom(frames) {
    const needed = frames * this.words;
    if (needed <= this.displacement.length) return;
    const room = Math.max(needed, 2 * this.displacement.length);
    const [coordinates, displacement] = [new Float32Array(2 * room), new Float32Array(room)];
    coordinates.set(this.coordinates);
    displacement.set(this.displacement);
    this.coordinates = coordinates;
    this.displacement = displacement;
  }

  /** The coordinates of the frames that are here. */
  get filled() {
    return this.coordinates.subarray(0, 2 * this.words * this.steps.length);
  }
}
