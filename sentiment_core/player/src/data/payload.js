// The payload: everything that the player shows, in one array of bytes.
//
//   "SLP1" · uint32 length of the header · header (JSON) · arrays, each from a multiple of 8 on
//
// Everything is checked here, so that the rest of the player trusts what it reads.

/** @import { Speech } from "../messages.js" */

const MAGIC = "SLP1";
const SETTINGS_MAGIC = "SLS1";
const VERSION = 1;
const ARRAY_TYPES = {
  uint8: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
};
// Polarity is stored as log-odds times this.
const POLARITY_STEPS = 16;
const UNKNOWN_POLARITY = -128;

/** A payload that cannot be shown. Its message tells a developer why. */
export class PayloadError extends Error {}

/**
 * @typedef {Object} Payload
 * @property {string} title
 * @property {string} note a sentence below all panels, or ""
 * @property {Checkpoint[]} checkpoints the time axis
 * @property {string[]} pins words pinned where the address names none
 * @property {Vocabulary[]} vocabularies
 * @property {Panel[]} panels one or two
 * @property {Uint8Array|null} html the take-home page, gzipped
 * @property {Uint8Array} bytes the payload itself
 *
 * @typedef {Object} Checkpoint a point in training at which embeddings were kept
 * @property {string} name as Python and the address know it, the same in every language
 * @property {string} label its name for the reader
 * @property {string[]} former its names in older addresses
 * @property {number[]} frames the frame that each panel had reached
 *
 * @typedef {Object} Panel one embedding through time on two axes
 * @property {string} title
 * @property {string} note
 * @property {Vocabulary} vocabulary
 * @property {Frame[]} frames
 * @property {Pair} scale a coordinate is centre + scale * code
 * @property {Pair} centre
 * @property {Int16Array|Float32Array} coordinates [frames * words * 2] codes
 * @property {Uint16Array|Float32Array} displacement [frames * words] codes of the distance from the first frame
 * @property {number} displacementScale
 * @property {Separation|null} separation
 * @property {(frame: number) => string[]} axes names of both axes
 *
 * @typedef {Object} Frame the embedding at one checkpoint
 * @property {string} name
 * @property {number} epoch
 * @property {number} step
 * @property {number|null} valid_accuracy share of reviews, or null where none were read
 *
 * @typedef {Object} Separation AUC of polarity at every frame, NaN where unknown
 * @property {number[]} axis along the first axis
 * @property {number[]} space in the original space
 *
 * @typedef {Object} Vocabulary
 * @property {string[]} words by id
 * @property {Map<string, number>} ids of the words
 * @property {Float32Array} polarity [words] log-odds, NaN where unknown
 * @property {Uint32Array} negative [words] times in negative reviews
 * @property {Uint32Array} positive [words] times in positive reviews
 * @property {Uint8Array} whole [words] 1 where it stands alone as a word
 * @property {Uint8Array} leans [words] 0 neutral, 1 positive, 2 negative
 *
 * @typedef {[number, number]} Pair along the first and the second axis
 * @typedef {Record<string, unknown>} Start the state to begin with: texts by the keys of the address, words of a `lasso`
 */

/**
 * @typedef {Object} Header the payload's header as Python writes it
 * @property {number} version
 * @property {string} [title]
 * @property {string} [note]
 * @property {{words: number}[]} vocabularies
 * @property {PanelHeader[]} panels
 * @property {(Omit<Checkpoint, "label"|"former"> & {label?: string, former?: string[]})[]} checkpoints
 * @property {string[]} [pins]
 * @property {number} [leaning]
 * @property {Record<string, {type: keyof typeof ARRAY_TYPES, shape: number[], offset: number}>} arrays
 *
 * @typedef {Object} PanelHeader
 * @property {string} [title]
 * @property {string} [note]
 * @property {number} vocabulary
 * @property {string[]} [axes]
 * @property {string[][]} [axes_by_frame]
 * @property {Pair} scale
 * @property {Pair} centre
 * @property {number} displacement_scale
 * @property {Frame[]} frames
 * @property {{axis: (number|null)[], space: (number|null)[]}|null} [separation]
 */

/**
 * @typedef {Object} Settings what is said beside a payload, of this reader
 * @property {Speech} [speech] the language and its messages
 * @property {Start|null} [start]
 */

/**
 * A payload and the settings, where any come before it: "SLS1" · uint32 length · JSON · payload.
 * @param {Uint8Array} bytes
 * @returns {Settings & {bytes: Uint8Array}}
 */
export function splitSettings(bytes) {
  if (bytes.length < 8 || textOf(bytes, 0, 4) !== SETTINGS_MAGIC) return { bytes };
  const end = 8 + lengthAt(bytes, 4);
  return { ...JSON.parse(textOf(bytes, 8, end)), bytes: bytes.subarray(end) };
}

/**
 * Read a payload.
 * @param {Uint8Array} bytes
 * @returns {Payload}
 * @throws {PayloadError} where it is damaged or of another version
 */
export function decode(bytes) {
  // Typed arrays begin at multiples of their width.
  const whole = bytes.byteOffset % 8 ? bytes.slice() : bytes;
  const arrays = readHeader(whole);
  const { header } = arrays;
  const vocabularies = filled(header.vocabularies, "vocabularies").map((stated, index) =>
    readVocabulary(`v${index}`, stated.words, header.leaning ?? 0.5, arrays),
  );
  const panels = filled(header.panels, "panels").map((stated, index) =>
    readPanel(`p${index}`, stated, vocabularies, arrays),
  );
  return {
    title: String(header.title ?? ""),
    note: String(header.note ?? ""),
    checkpoints: readCheckpoints(header, panels),
    pins: (header.pins ?? []).map(String),
    vocabularies,
    panels,
    html: header.arrays["player/html"] ? arrays.get("player/html", Uint8Array) : null,
    bytes: whole,
  };
}

/**
 * The lean of a word in the first vocabulary that has it; neutral where none has.
 * @param {Payload} payload
 * @param {string} word
 * @returns {number}
 */
export function leanOf({ vocabularies }, word) {
  for (const { ids, leans } of vocabularies) {
    const id = ids.get(word);
    if (id !== undefined) return leans[id];
  }
  return 0;
}

/**
 * The header, and what reads the arrays that it lists.
 * @param {Uint8Array} bytes that begin at a multiple of 8 in their buffer
 */
export function readHeader(bytes) {
  expect(bytes.length >= 8 && textOf(bytes, 0, 4) === MAGIC, "it is of another kind");
  const length = lengthAt(bytes, 4);
  expect(8 + length <= bytes.length && length % 8 === 0, "it is cut short");
  const header = parseHeader(textOf(bytes, 8, 8 + length));
  const data = bytes.subarray(8 + length);
  expect(header.version === VERSION, `it is of version ${header.version}, this player reads ${VERSION}`);
  expect(header.arrays && typeof header.arrays === "object", "it has no arrays");
  /**
   * An array in place, checked to be of a type and, where one is given, of a length.
   * @template T
   * @param {string} name
   * @param {{new (buffer: ArrayBufferLike, start: number, length: number): T, BYTES_PER_ELEMENT: number}} Type
   * @param {number} [length]
   * @returns {T}
   */
  const get = (name, Type, length) => {
    const stated = header.arrays[name];
    expect(stated && ARRAY_TYPES[stated.type], `the array ${name} is missing`);
    expect(ARRAY_TYPES[stated.type] === /** @type {unknown} */ (Type), `the array ${name} is of type ${stated.type}`);
    const size = stated.shape.reduce((product, side) => product * side, 1);
    expect(length === undefined || size === length, `the array ${name} has ${size} numbers instead of ${length}`);
    const fits = stated.offset % 8 === 0 && stated.offset + size * Type.BYTES_PER_ELEMENT <= data.length;
    expect(fits, "it is cut short");
    return new Type(data.buffer, data.byteOffset + stated.offset, size);
  };
  return { header, get };
}

/**
 * @param {string} text
 * @returns {Header}
 */
function parseHeader(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new PayloadError("its header cannot be read");
  }
}

/**
 * @param {string} prefix
 * @param {number} size
 * @param {number} leaning log-odds beyond which a word leans
 * @param {ReturnType<typeof readHeader>} arrays
 * @returns {Vocabulary}
 */
export function readVocabulary(prefix, size, leaning, arrays) {
  const words = new TextDecoder().decode(arrays.get(`${prefix}/text`, Uint8Array)).split("\n");
  expect(words.length === size, `it names ${words.length} words instead of ${size}`);
  const stored = arrays.get(`${prefix}/polarity`, Int8Array, size);
  const counts = arrays.get(`${prefix}/counts`, Uint32Array, 2 * size);
  const polarity = Float32Array.from(stored, (code) => (code === UNKNOWN_POLARITY ? NaN : code / POLARITY_STEPS));
  return {
    words,
    ids: new Map(words.map((word, id) => [word, id])),
    polarity,
    negative: counts.subarray(0, size),
    positive: counts.subarray(size),
    whole: arrays.get(`${prefix}/whole`, Uint8Array, size),
    leans: Uint8Array.from(polarity, (value) => (value > leaning ? 1 : value < -leaning ? 2 : 0)),
  };
}

/**
 * @param {string} prefix
 * @param {PanelHeader} stated
 * @param {Vocabulary[]} vocabularies
 * @param {ReturnType<typeof readHeader>} arrays
 * @returns {Panel}
 */
function readPanel(prefix, stated, vocabularies, arrays) {
  const vocabulary = vocabularies[stated.vocabulary];
  expect(vocabulary, "a panel has no vocabulary");
  const frames = filled(stated.frames, "frames");
  const words = vocabulary.words.length;
  return {
    title: String(stated.title ?? ""),
    note: String(stated.note ?? ""),
    vocabulary,
    frames,
    scale: pair(stated.scale),
    centre: pair(stated.centre),
    coordinates: arrays.get(`${prefix}/coordinates`, Int16Array, frames.length * words * 2),
    displacement: arrays.get(`${prefix}/displacement`, Uint16Array, frames.length * words),
    displacementScale: Number(stated.displacement_scale),
    separation: readSeparation(stated.separation, frames.length),
    axes: (frame) => stated.axes_by_frame?.[frame] ?? stated.axes ?? ["", ""],
  };
}

/**
 * @param {PanelHeader["separation"]} stated
 * @param {number} frames
 * @returns {Separation|null}
 */
function readSeparation(stated, frames) {
  if (!stated) return null;
  expect(stated.axis?.length === frames && stated.space?.length === frames, "a separation lacks frames");
  const [axis, space] = [stated.axis, stated.space].map((values) => values.map((value) => value ?? NaN));
  return { axis, space };
}

/**
 * @param {Header} header
 * @param {Panel[]} panels
 * @returns {Checkpoint[]}
 */
function readCheckpoints(header, panels) {
  return filled(header.checkpoints, "checkpoints").map(({ name, label, former, frames }) => {
    const fits = frames?.length === panels.length && panels.every((panel, place) => panel.frames[frames[place]]);
    expect(fits, "a checkpoint names a frame that is missing");
    return { name: String(name), label: String(label ?? name), former: (former ?? []).map(String), frames };
  });
}

/**
 * A list that has something in it.
 * @template T
 * @param {T[]} stated
 * @param {string} name
 * @returns {T[]}
 */
function filled(stated, name) {
  expect(Array.isArray(stated) && stated.length, `it has no ${name}`);
  return stated;
}

/**
 * @param {Pair} numbers
 * @returns {Pair}
 */
function pair(numbers) {
  expect(numbers?.length === 2 && numbers.every(Number.isFinite), "a panel's scale is no number");
  return numbers;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {number} to
 */
function textOf(bytes, from, to) {
  return new TextDecoder().decode(bytes.subarray(from, to));
}

/**
 * @param {Uint8Array} bytes
 * @param {number} place
 */
function lengthAt(bytes, place) {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(place, true);
}

/**
 * @param {unknown} holds
 * @param {string} what
 */
function expect(holds, what) {
  if (!holds) throw new PayloadError(what);
}
