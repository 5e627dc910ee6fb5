// The payload: what the player shows, as one run of bytes.
//
//   "SLP1" · uint32 length of the header · header (JSON) · arrays, each from a multiple of 8 on
//
// Everything is checked here, so that the rest of the player trusts what it reads.

const MAGIC = "SLP1";
const START_MAGIC = "SLS1";
const VERSION = 1;
const ARRAY_TYPES = {
  uint8: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  float32: Float32Array,
};
// Polarity is stored as log-odds times this.
const POLARITY_STEPS = 16;
const UNKNOWN_POLARITY = -128;

/** What a damaged payload says of itself. */
export class PayloadError extends Error {}

/**
 * @typedef {Object} Vocabulary
 * @property {string[]} words by id
 * @property {Map<string, number>} ids of the words
 * @property {Float32Array} polarity [words] log-odds, NaN where unknown
 * @property {Uint32Array} negative [words] times in negative reviews
 * @property {Uint32Array} positive [words] times in positive reviews
 * @property {Uint8Array} whole [words] 1 where it stands alone as a word
 * @property {Uint8Array} leans [words] 0 neutral, 1 positive, 2 negative
 */

/**
 * A payload and the state to start with, where one comes before it: "SLS1" · uint32 length · JSON · payload.
 * @param {Uint8Array} bytes
 * @returns {{start: Object|null, bytes: Uint8Array}}
 */
export function splitStart(bytes) {
  const text = (from, to) => new TextDecoder().decode(bytes.subarray(from, to));
  if (bytes.length < 8 || text(0, 4) !== START_MAGIC) return { start: null, bytes };
  const end = 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  return { start: JSON.parse(text(8, end)), bytes: bytes.subarray(end) };
}

/**
 * Read a payload.
 * @param {Uint8Array} bytes
 * @returns {{title: string, note: string, moments: Object[], pins: string[], vocabularies: Vocabulary[],
 *   panels: Object[], html: Uint8Array|null, bytes: Uint8Array}} html is gzipped
 * @throws {PayloadError} where it is damaged or of another version
 */
export function decode(bytes) {
  // Typed arrays begin at multiples of their width.
  const whole = bytes.byteOffset % 8 ? bytes.slice() : bytes;
  const { header, data } = readHeader(whole);
  const array = (name, length) => readArray(header, data, name, length);
  const vocabularies = list(header, "vocabularies").map((stated, index) =>
    readVocabulary(`v${index}`, stated.words, header.leaning ?? 0.5, array),
  );
  const panels = list(header, "panels").map((stated, index) => readPanel(`p${index}`, stated, vocabularies, array));
  return {
    title: String(header.title ?? ""),
    note: String(header.note ?? ""),
    moments: readMoments(header, panels),
    pins: (header.pins ?? []).map(String),
    vocabularies,
    panels,
    html: header.arrays["player/html"] ? array("player/html") : null,
    bytes: whole,
  };
}

/** The lean of a word in the first vocabulary that has it; neutral where none has. */
export function leanOf({ vocabularies }, word) {
  const vocabulary = vocabularies.find(({ ids }) => ids.has(word));
  return vocabulary ? vocabulary.leans[vocabulary.ids.get(word)] : 0;
}

function readHeader(bytes) {
  const text = (from, to) => new TextDecoder().decode(bytes.subarray(from, to));
  expect(bytes.length >= 8 && text(0, 4) === MAGIC, "it is of another kind");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  expect(8 + length <= bytes.length && length % 8 === 0, "it is cut short");
  let header;
  try {
    header = JSON.parse(text(8, 8 + length));
  } catch {
    throw new PayloadError(complaint("its header cannot be read"));
  }
  expect(header.version === VERSION, `it is of version ${header.version}, this player reads ${VERSION}`);
  expect(header.arrays && typeof header.arrays === "object", "it has no arrays");
  return { header, data: bytes.subarray(8 + length) };
}

function readArray(header, data, name, length) {
  const stated = header.arrays[name];
  const Type = stated && ARRAY_TYPES[stated.type];
  expect(Type, `the array ${name} is missing`);
  const size = stated.shape.reduce((product, side) => product * side, 1);
  expect(length === undefined || size === length, `the array ${name} has ${size} numbers instead of ${length}`);
  const start = data.byteOffset + stated.offset;
  expect(stated.offset % 8 === 0 && stated.offset + size * Type.BYTES_PER_ELEMENT <= data.length, "it is cut short");
  return new Type(data.buffer, start, size);
}

function readVocabulary(prefix, size, leaning, array) {
  const words = new TextDecoder().decode(array(`${prefix}/text`)).split("\n");
  expect(words.length === size, `it names ${words.length} words instead of ${size}`);
  const stored = array(`${prefix}/polarity`, size);
  const counts = array(`${prefix}/counts`, 2 * size);
  const polarity = Float32Array.from(stored, (step) => (step === UNKNOWN_POLARITY ? NaN : step / POLARITY_STEPS));
  return {
    words,
    ids: new Map(words.map((word, id) => [word, id])),
    polarity,
    negative: counts.subarray(0, size),
    positive: counts.subarray(size),
    whole: array(`${prefix}/whole`, size),
    leans: Uint8Array.from(polarity, (value) => (value > leaning ? 1 : value < -leaning ? 2 : 0)),
  };
}

function readPanel(prefix, stated, vocabularies, array) {
  const vocabulary = vocabularies[stated.vocabulary];
  expect(vocabulary, "a panel has no vocabulary");
  const frames = list(stated, "frames");
  const words = vocabulary.words.length;
  return {
    title: String(stated.title ?? ""),
    note: String(stated.note ?? ""),
    vocabulary,
    frames,
    scale: pair(stated.scale),
    centre: pair(stated.centre),
    coordinates: array(`${prefix}/coordinates`, frames.length * words * 2),
    displacement: array(`${prefix}/displacement`, frames.length * words),
    displacementScale: Number(stated.displacement_scale),
    separation: readSeparation(stated.separation, frames.length),
    axes: (frame) => stated.axes_by_frame?.[frame] ?? stated.axes ?? ["", ""],
  };
}

function readSeparation(stated, frames) {
  if (!stated) return null;
  expect(stated.axis?.length === frames && stated.space?.length === frames, "a separation lacks frames");
  const [axis, space] = [stated.axis, stated.space].map((values) => values.map((value) => value ?? NaN));
  return { axis, space };
}

function readMoments(header, panels) {
  const moments = list(header, "moments");
  for (const { frames } of moments) {
    const fits = frames?.length === panels.length && panels.every((panel, place) => panel.frames[frames[place]]);
    expect(fits, "a moment names a frame that is missing");
  }
  return moments;
}

function list(stated, name) {
  expect(Array.isArray(stated[name]) && stated[name].length, `it has no ${name}`);
  return stated[name];
}

function pair(numbers) {
  expect(numbers?.length === 2 && numbers.every(Number.isFinite), "a panel's scale is no number");
  return numbers;
}

function expect(holds, what) {
  if (!holds) throw new PayloadError(complaint(what));
}

function complaint(what) {
  return `This picture's data is damaged: ${what}. Reload the page.`;
}
