// Which word is under a pointer, or inside a lasso. Words move at every frame, so a grid would have to be rebuilt each
// time; a linear search through ten thousand places takes about twenty microseconds, less than building a grid.

/**
 * The word meant by a point: the nearest common one within reach, or where there is none the nearest of all.
 * @param {Float32Array} screen [words * 2] places in pixels
 * @param {number} x
 * @param {number} y
 * @param {number} reach pixels beyond which a word is not meant
 * @param {Uint8Array} common [words] 1 for the words that are meant before others
 * @param {number[]} preferred ids counted as common and half as far: the pinned and the named, whose marks are larger
 * @returns {number} id, or -1
 */
export function nearestWord(screen, x, y, reach, common, preferred) {
  const nearest = [-1, -1];
  const least = [reach * reach, reach * reach];
  for (let place = 0; place < screen.length; place += 2) {
    const across = screen[place] - x;
    const down = screen[place + 1] - y;
    const square = across * across + down * down;
    const kind = common[place / 2];
    if (square < least[kind]) [least[kind], nearest[kind]] = [square, place / 2];
  }
  for (const id of preferred) {
    const square = ((screen[2 * id] - x) ** 2 + (screen[2 * id + 1] - y) ** 2) / 4;
    if (square < least[1]) [least[1], nearest[1]] = [square, id];
  }
  return nearest[1] < 0 ? nearest[0] : nearest[1];
}

/**
 * The words within a polygon, by the even-odd rule.
 * @param {Float32Array} screen [words * 2]
 * @param {number[]} polygon x, y, x, y, ...
 * @returns {number[]} ids in order
 */
export function wordsWithin(screen, polygon) {
  const found = [];
  for (let place = 0; place < screen.length; place += 2) {
    if (isInside(screen[place], screen[place + 1], polygon)) found.push(place / 2);
  }
  return found;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number[]} polygon
 */
function isInside(x, y, polygon) {
  let inside = false;
  let [fromX, fromY] = polygon.slice(-2);
  for (let corner = 0; corner < polygon.length; corner += 2) {
    const toX = polygon[corner];
    const toY = polygon[corner + 1];
    if (fromY > y !== toY > y && x < ((fromX - toX) * (y - toY)) / (fromY - toY) + toX) inside = !inside;
    [fromX, fromY] = [toX, toY];
  }
  return inside;
}
