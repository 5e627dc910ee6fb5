// Elements made without markup: whatever a person or a vocabulary wrote becomes a text node, never HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with attributes, listeners and children.
 * @param {string} tag
 * @param {Object<string, *>} [attributes] functions become listeners, true an empty attribute, null nothing
 * @param {...(Node|string)} children strings become text nodes
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/**
 * The same for SVG.
 * @param {string} tag
 * @param {Object<string, *>} [attributes]
 * @param {...(Node|string)} children
 * @returns {SVGElement}
 */
export function makeSvg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Set an element's text where it differs, so that a frame that changes nothing lays out nothing. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Set an attribute where it differs. */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * A function that runs `work` once, `milliseconds` after its last call. Its `cancel` forgets what is due.
 * @param {function(): void} work
 * @param {number} milliseconds
 * @returns {{(): void, cancel: function(): void}}
 */
export function debounced(work, milliseconds) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** A number held between two bounds. */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** The element of the document that an element is, or in whose shadow it lies. */
export function hostOf(element) {
  const tree = element.getRootNode();
  return tree instanceof ShadowRoot ? hostOf(tree.host) : element;
}
