// Elements made without markup: whatever a person or a vocabulary wrote becomes a text node, never HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {string|number|boolean|null|undefined|((event: any) => unknown)} Attribute a function becomes a listener, true
 *   an empty attribute; false, null and undefined nothing
 */

/**
 * An element with attributes, listeners and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Node|string)} children strings become text nodes
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/**
 * The same for SVG.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Node|string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function makeSvg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * @template {Element} Made
 * @param {Made} element
 * @param {Record<string, Attribute>} attributes
 * @param {(Node|string)[]} children
 * @returns {Made}
 */
function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Set an element's text where it differs, so that a frame that changes nothing lays out nothing.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Set an attribute where it differs.
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * A canvas's context for drawing. The player is mounted only where a browser has one.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 * @returns {CanvasRenderingContext2D}
 */
export function contextOf(canvas, settings) {
  const context = canvas.getContext("2d", settings);
  if (!context) throw new Error("a canvas has no context");
  return context;
}

/** @type {CanvasRenderingContext2D|undefined} */
let measuring;

/**
 * Pixels that a text takes.
 * @param {string} text
 * @param {string} font as CSS has it
 */
export function widthOf(text, font) {
  measuring ??= contextOf(make("canvas"));
  measuring.font = font;
  return measuring.measureText(text).width;
}

/**
 * A function that runs `work` once, `milliseconds` after its last call. Its `cancel` forgets what is due.
 * @param {() => void} work
 * @param {number} milliseconds
 * @returns {{(): void, cancel: () => void}}
 */
export function debounced(work, milliseconds) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/**
 * A number held between two bounds.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * The element of the document that an element is, or in whose shadow it lies.
 * @param {Element} element
 * @returns {Element}
 */
export function hostOf(element) {
  const tree = element.getRootNode();
  return tree instanceof ShadowRoot ? hostOf(tree.host) : element;
}
