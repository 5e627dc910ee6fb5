// Draws what lies above the dots, in CSS pixels: grid, trails, marks of words, the lasso and the labels.

import { number } from "../messages.js";
import { LEAN_COLOURS, mix } from "../page/theme.js";
import { roundSteps } from "./view.js";

/** @import { Panel } from "../data/payload.js" */
/** @import { Theme } from "../page/theme.js" */
/** @import { Label } from "./labels.js" */
/** @import { Size } from "./panel.js" */
/** @import { TextPicture, TextPictures } from "./text.js" */
/** @import { Transform } from "./view.js" */

// A line joins a label to its word if they are farther apart than this, in pixels.
const LEADER = 30;

/**
 * A path around a mark: its shape shows its lean.
 * @param {CanvasRenderingContext2D} context
 * @param {number} lean
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function traceShape(context, lean, x, y, radius) {
  if (lean === 2) {
    const reach = radius * 1.2;
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y);
    context.lineTo(x, y + reach);
    context.lineTo(x - reach, y);
    context.closePath();
  } else {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

/**
 * A word's mark: filled in its lean's colour, open where it is neutral.
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {number} lean
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function drawMark(context, theme, lean, x, y, radius) {
  context.beginPath();
  traceShape(context, lean, x, y, radius);
  context.fillStyle = lean ? LEAN_COLOURS[lean] : mix(theme.paper, theme.ink, 0.04);
  context.fill();
  context.lineWidth = lean ? 1.5 : 2;
  context.strokeStyle = lean ? mix(theme.paper, theme.ink, 0) : LEAN_COLOURS[0];
  context.stroke();
}

/**
 * Thin lines at round coordinates, the same distance apart along both axes, with their numbers at the edges.
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {Transform} transform
 * @param {Size} size
 * @param {TextPictures} pictures
 */
export function drawGrid(context, theme, transform, { width, height }, pictures) {
  const { unit, left, top } = transform;
  const wanted = Math.max(Math.round(width / (10 * pictures.size)), 2);
  const along = roundSteps(-left / unit, (width - left) / unit, wanted);
  const step = along.length > 1 ? along[1] - along[0] : (2 * width) / unit;
  const down = [];
  for (let line = Math.ceil((top - height) / unit / step); line * step <= top / unit; line++) down.push(line * step);
  context.beginPath();
  for (const x of along) line(context, Math.round(left + unit * x) + 0.5, 0, 0, height);
  for (const y of down) line(context, 0, Math.round(top - unit * y) + 0.5, width, 0);
  context.lineWidth = 1;
  context.strokeStyle = mix(theme.paper, theme.ink, 0.5);
  context.globalAlpha = 0.16;
  context.stroke();
  context.globalAlpha = 1;
  for (const x of along) {
    const picture = edgeNumber(pictures, x, step);
    const middle = left + unit * x;
    if (middle > picture.width / 2 && middle < width - picture.width / 2) {
      drawAround(context, picture, middle, height - picture.height / 2 - 1);
    }
  }
  for (const y of down) {
    const picture = edgeNumber(pictures, y, step);
    const middle = top - unit * y;
    // Keep the corner free for the numbers of the other axis.
    const lowest = height - 1.5 * picture.height;
    if (middle > picture.height / 2 && middle < lowest) drawAround(context, picture, picture.width / 2 + 2, middle);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} across
 * @param {number} down
 */
function line(context, x, y, across, down) {
  context.moveTo(x, y);
  context.lineTo(x + across, y + down);
}

/**
 * @param {TextPictures} pictures
 * @param {number} value
 * @param {number} step between two numbers
 */
function edgeNumber(pictures, value, step) {
  const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  return pictures.get(number(value + 0, decimals), "quiet"); // + 0: never -0
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {TextPicture} picture
 * @param {number} x of its middle
 * @param {number} y
 */
function drawAround(context, { canvas, width, height }, x, y) {
  context.drawImage(canvas, x - width / 2, y - height / 2, width, height);
}

/**
 * The trails of words from the first frame to now, with a small ring at the start of each.
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {Panel} panel
 * @param {number[]} ids
 * @param {number[]} frames passed so far, in order
 * @param {Float32Array} screen where the words are now
 * @param {Transform} transform
 * @param {number} width of a trail
 */
export function drawTrails(context, theme, panel, ids, frames, screen, transform, width) {
  const { coordinates, scale, centre, vocabulary } = panel;
  /** @param {number} place */
  const placeX = (place) => transform.left + transform.unit * (centre[0] + scale[0] * coordinates[place]);
  /** @param {number} place */
  const placeY = (place) => transform.top - transform.unit * (centre[1] + scale[1] * coordinates[place + 1]);
  const numbers = vocabulary.words.length * 2;
  context.lineJoin = context.lineCap = "round";
  for (const id of ids) {
    const start = frames[0] * numbers + 2 * id;
    context.beginPath();
    context.moveTo(placeX(start), placeY(start));
    for (const frame of frames.slice(1))
      context.lineTo(placeX(frame * numbers + 2 * id), placeY(frame * numbers + 2 * id));
    context.lineTo(screen[2 * id], screen[2 * id + 1]);
    strokeTwice(context, mix(theme.paper, theme.ink, 0), LEAN_COLOURS[vocabulary.leans[id]], width);
    context.beginPath();
    context.arc(placeX(start), placeY(start), width + 1, 0, 2 * Math.PI);
    context.fillStyle = mix(theme.paper, theme.ink, 0);
    context.fill();
    context.lineWidth = width * 0.75;
    context.stroke();
  }
}

/**
 * A line in a colour on a wider, paler one, so that it stands out from the dots.
 * @param {CanvasRenderingContext2D} context
 * @param {string} under
 * @param {string} colour
 * @param {number} width
 */
function strokeTwice(context, under, colour, width) {
  context.globalAlpha = 0.6;
  context.lineWidth = width * 2.2;
  context.strokeStyle = under;
  context.stroke();
  context.globalAlpha = 1;
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

/**
 * Labels, each joined to its word by a line where it lies away from it.
 * @param {CanvasRenderingContext2D} context
 * @param {Iterable<Label>} labels
 * @param {Float32Array} screen
 * @param {Uint8Array} leans
 * @param {(label: Label) => TextPicture} pictureOf
 * @param {number} ratio device pixels a CSS pixel
 */
export function drawLabels(context, labels, screen, leans, pictureOf, ratio) {
  for (const label of labels) {
    const picture = pictureOf(label);
    const [x, y] = [screen[2 * label.id], screen[2 * label.id + 1]];
    context.globalAlpha = label.alpha;
    if (label.kind !== "plain") joinLabel(context, label, x, y, LEAN_COLOURS[leans[label.id]]);
    // Align to device pixels, or the letters would blur.
    /** @param {number} place */
    const snap = (place) => Math.round(place * ratio) / ratio;
    const [left, top] = [snap(x + label.x - picture.width / 2), snap(y + label.y - picture.height / 2)];
    context.drawImage(picture.canvas, left, top, picture.canvas.width / ratio, picture.canvas.height / ratio);
  }
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Label} label
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 */
function joinLabel(context, label, x, y, colour) {
  const toX = Math.max(Math.abs(label.x) - label.width / 2, 0);
  const toY = Math.max(Math.abs(label.y) - label.height / 2, 0);
  if (Math.hypot(toX, toY) < LEADER - 8) return;
  context.beginPath();
  line(context, x, y, Math.sign(label.x) * toX, Math.sign(label.y) * toY);
  context.lineWidth = 1.25;
  context.strokeStyle = colour;
  context.stroke();
}

/**
 * A ring around the word pointed at, here or in the other panel.
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function drawRing(context, theme, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius + 4, 0, 2 * Math.PI);
  strokeTwice(context, mix(theme.paper, theme.ink, 0), mix(theme.paper, theme.ink, 1), 2);
}

/**
 * A lasso as it is drawn.
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {number[]} points x, y, x, y, ... in pixels
 */
export function drawLasso(context, theme, points) {
  context.beginPath();
  for (let place = 0; place < points.length; place += 2) context.lineTo(points[place], points[place + 1]);
  context.closePath();
  context.globalAlpha = 0.1;
  context.fillStyle = mix(theme.paper, theme.ink, 1);
  context.fill();
  context.globalAlpha = 1;
  context.setLineDash([5, 4]);
  context.lineWidth = 1.5;
  context.strokeStyle = mix(theme.paper, theme.ink, 0.85);
  context.stroke();
  context.setLineDash([]);
}
