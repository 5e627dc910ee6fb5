// The code of a class, as people type it: in small letters, with spaces, or with a Korean keyboard switched on.

const FIRSTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const LASTS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
const SYLLABLES = 0xac00; // the first of them; the last consonants of a vowel follow each other, then the next vowel
// The Latin keys under the letters of a Korean keyboard. Letters of two keys have both.
const LETTERS = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ";
const KEYS = "QWERTYUIOPASDFGHJKLZXCVBNMQWERTOP";
/** @type {Record<string, string>} */
const PAIRS = {
  ...{ ㅘ: "HK", ㅙ: "HO", ㅚ: "HL", ㅝ: "NJ", ㅞ: "NP", ㅟ: "NL", ㅢ: "ML", ㄳ: "RT", ㄵ: "SW", ㄶ: "SG" },
  ...{ ㄺ: "FR", ㄻ: "FA", ㄼ: "FQ", ㄽ: "FT", ㄾ: "FX", ㄿ: "FV", ㅀ: "FG", ㅄ: "QT" },
};

/**
 * @typedef {Object} Typed
 * @property {string} code what was typed, in capital letters; at most as long as a code
 * @property {boolean} whole whether it is a whole code
 * @property {string[]} strange letters and digits in it that no code has, such as O
 */

/**
 * Read what was typed.
 * @param {string} text
 * @param {string} alphabet of codes
 * @param {number} length of a code
 * @returns {Typed}
 */
export function readCode(text, alphabet, length) {
  const keys = Array.from(text.normalize("NFC"), keysOf).join("").toUpperCase();
  const code = keys.replace(/[^A-Z0-9]/g, "").slice(0, length);
  const strange = Array.from(new Set(code)).filter((sign) => !alphabet.includes(sign));
  return { code, whole: code.length === length && !strange.length, strange };
}

/**
 * The keys that type a character.
 * @param {string} character
 */
function keysOf(character) {
  const place = (character.codePointAt(0) ?? 0) - SYLLABLES;
  if (place >= 0 && place < FIRSTS.length * VOWELS.length * LASTS.length) {
    const [first, rest] = divide(place, VOWELS.length * LASTS.length);
    const [vowel, last] = divide(rest, LASTS.length);
    return [FIRSTS[first], VOWELS[vowel], LASTS[last]].map(keyOf).join("");
  }
  return keyOf(character) || character.normalize("NFKC"); // letters of full width become plain ones
}

/** @param {string} letter of Hangul; of others nothing */
function keyOf(letter) {
  const place = LETTERS.indexOf(letter);
  return place < 0 ? (PAIRS[letter] ?? "") : KEYS[place];
}

/**
 * @param {number} number
 * @param {number} by
 */
function divide(number, by) {
  return [Math.floor(number / by), number % by];
}
