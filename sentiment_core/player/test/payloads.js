// Payloads for tests, written as Python writes them.

const WIDTHS = { uint8: Uint8Array, int8: Int8Array, int16: Int16Array, uint16: Uint16Array, uint32: Uint32Array };

/** Bytes up to a multiple of 8. */
function padded(bytes, filling) {
  const whole = new Uint8Array(Math.ceil(bytes.length / 8) * 8).fill(filling);
  whole.set(bytes);
  return whole;
}

function joined(...parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function lengthOf(bytes) {
  return new Uint8Array(Uint32Array.of(bytes.length).buffer);
}

/** A payload of a header and arrays by name, each [type, numbers]. */
export function packed(header, arrays) {
  const listed = {};
  const parts = [];
  let offset = 0;
  for (const [name, [type, numbers]] of Object.entries(arrays)) {
    listed[name] = { type, shape: [numbers.length], offset };
    parts.push(padded(new Uint8Array(WIDTHS[type].from(numbers).buffer), 0));
    offset += parts.at(-1).length;
  }
  const text = padded(new TextEncoder().encode(JSON.stringify({ ...header, arrays: listed })), 32);
  return joined(new TextEncoder().encode("SLP1"), lengthOf(text), text, ...parts);
}

/** Settings before a payload. */
export function withSettings(settings, payload) {
  const text = padded(new TextEncoder().encode(JSON.stringify(settings)), 32);
  return joined(new TextEncoder().encode("SLS1"), lengthOf(text), text, payload);
}

export const WORDS = ["great", "awful", "movie", "a,b", "100%"];

export const HEADER = {
  version: 1,
  title: "Drift",
  note: "",
  vocabularies: [{ words: WORDS.length }],
  panels: [
    {
      title: "rnn",
      note: "",
      vocabulary: 0,
      axes: ["axis 1", "axis 2"],
      scale: [0.5, 0.25],
      centre: [1, -1],
      displacement_scale: 0.01,
      frames: [
        { name: "before", epoch: 0, step: 0, valid_accuracy: 0.5 },
        { name: "epoch 1", epoch: 1, step: 1234, valid_accuracy: null },
      ],
      separation: { axis: [0.5, 0.75], space: [null, 1] },
    },
  ],
  checkpoints: [
    { name: "before", former: ["first"], frames: [0] },
    { name: "epoch 1", frames: [1] },
    { name: "after", frames: [1] },
  ],
  pins: ["great"],
  leaning: 0.5,
};

export const ARRAYS = {
  "v0/text": ["uint8", new TextEncoder().encode(WORDS.join("\n"))],
  "v0/polarity": ["int8", [24, -24, 8, -128, 0]],
  "v0/counts": ["uint32", [10, 900, 5000, 0, 70_000, 1200, 20, 5001, 0, 1]],
  "v0/whole": ["uint8", [1, 1, 1, 0, 1]],
  "p0/coordinates": ["int16", [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 8, -8, 1, 1, 2, 2, 3, 3, 4, 4]],
  "p0/displacement": ["uint16", [0, 0, 0, 0, 0, 65_535, 0, 0, 0, 0]],
};
