// The player's messages in the reader's language. A message is written in English where it is used, as a literal with
// named placeholders. Its translation is in the catalogue that Python passes with the payload:
//
//   tr("Unpin {word}", { word })                              a text
//   trPlural("{count} word", "{count} words", words.length)   the count is a value too
//   tr("{moved:.2f} from its start", { moved })               numbers as the language writes them
//
// There is one language at a time, so everything on the page is in the reader's language.

/**
 * @typedef {Object} Speech
 * @property {string} language a code such as "ko"
 * @property {Record<string, string>} messages translations by the English message; a missing one leaves the English
 *
 * @typedef {Record<string, string|number>} Values of placeholders
 */

const LOCALES = /** @type {Record<string, string>} */ ({ en: "en-GB", ko: "ko-KR" });
const PLACEHOLDER = /\{(\w+)(?::(\+?)(?:\.(\d))?([f%]))?\}/g;

/** @type {Speech} */
let spoken = { language: "en", messages: {} };
/** @type {Map<string, Intl.NumberFormat>} by their options */
const formats = new Map();

/**
 * Set the language.
 * @param {Speech} speech
 */
export function speak(speech) {
  spoken = speech;
  formats.clear();
}

/** @returns {Speech} */
export function currentSpeech() {
  return spoken;
}

/**
 * A message.
 * @param {string} english
 * @param {Values} [values]
 * @returns {string}
 */
export function tr(english, values) {
  return fill(spoken.messages[english] ?? english, values);
}

/**
 * A message about a number of things.
 * @param {string} one in English, for 1
 * @param {string} many in English, for other numbers
 * @param {number} count the value {count}
 * @param {Values} [values]
 * @returns {string}
 */
export function trPlural(one, many, count, values) {
  return fill(spoken.messages[one] ?? (count === 1 ? one : many), { ...values, count });
}

/**
 * A number that stands alone.
 * @param {number} value
 * @param {number} [decimals]
 */
export function number(value, decimals = 0) {
  return formatOf({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/**
 * A large number in few letters, as for an axis: 25K.
 * @param {number} value
 */
export function compact(value) {
  return formatOf({ notation: "compact" }).format(value);
}

/**
 * @param {string} text
 * @param {Values|undefined} values none where braces stand for themselves
 */
function fill(text, values) {
  if (!values) return text;
  return text.replace(PLACEHOLDER, (_, name, sign, decimals, kind) => {
    const value = values[name];
    if (typeof value === "string") return value;
    const digits = Number(decimals ?? 0);
    return formatOf({
      style: kind === "%" ? "percent" : "decimal",
      signDisplay: sign ? "always" : "auto",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  });
}

/** @param {Intl.NumberFormatOptions} options */
function formatOf(options) {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(LOCALES[spoken.language] ?? spoken.language, options);
    formats.set(key, format);
  }
  return format;
}
