// The messages in a module's source, and what it says without one.

import { parse } from "acorn";
import { ancestor } from "acorn-walk";

const KEYS = new Set([
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "End",
  "Enter",
  "Escape",
  "Home",
  "PageDown",
  "PageUp",
  "Process",
  "Tab",
]);
// Attributes and properties that a reader sees or hears.
const READ = new Set(["aria-label", "aria-valuetext", "alt", "placeholder", "title", "textContent", "innerText"]);
// Names of types and formats, the same in every language.
const NAMES = new Set(["PNG", "HTML", "Ctrl"]);
// Methods whose texts are for the browser.
const TOLD_PROGRAMS = new Set(["matchMedia", "querySelector", "querySelectorAll", "startsWith"]);
const PLACES = new Set(["AssignmentExpression", "CallExpression", "Property"]);

/**
 * @typedef {Object} Message
 * @property {string} english the text for one where there are two
 * @property {string|null} many the text for other numbers
 * @property {string[]|null} values names of the values given, null where they cannot be told
 */

/**
 * @param {string} source of a module
 * @returns {{messages: Message[], bypassing: string[]}} bypassing are texts that look like words for a reader and are in no
 *   message
 */
export function inspect(source) {
  const messages = [];
  const bypassing = [];
  const look = (node, text, ancestors) => {
    if (/\p{L}/u.test(text) && !isExempt(text, node, ancestors) && isRead(text, node, ancestors)) bypassing.push(text);
  };
  ancestor(parse(source, { ecmaVersion: "latest", sourceType: "module" }), {
    CallExpression(node) {
      if (isCall(node, "tr")) messages.push(messageOf(node.arguments, 1));
      if (isCall(node, "trPlural")) messages.push(messageOf(node.arguments, 2));
    },
    Literal(node, ancestors) {
      if (typeof node.value === "string") look(node, node.value, ancestors);
    },
    TemplateLiteral(node, ancestors) {
      look(node, node.quasis.map(({ value }) => value.cooked).join(" "), ancestors);
    },
  });
  return { messages, bypassing };
}

/** A message from the arguments of a call that begins with as many texts. */
function messageOf(given, texts) {
  const [english, many = null] = given.slice(0, texts).map((argument) => {
    if (argument.type !== "Literal" || typeof argument.value !== "string")
      throw new Error("a message must be a literal");
    return argument.value;
  });
  const values = given[texts === 2 ? 3 : 1];
  const counted = texts === 2 ? ["count"] : [];
  if (!values) return { english, many, values: counted };
  const isPlain = values.type === "ObjectExpression" && values.properties.every(({ type }) => type === "Property");
  return { english, many, values: isPlain ? [...counted, ...values.properties.map(({ key }) => key.name)] : null };
}

function isCall(node, name) {
  return node?.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === name;
}

/** Whether a text is in a message, or speaks to a program or a developer. */
function isExempt(text, node, ancestors) {
  if (KEYS.has(text) || NAMES.has(text.trim())) return true;
  return ancestors.some(
    (around) =>
      isCall(around, "tr") ||
      isCall(around, "trPlural") ||
      isCall(around, "expect") ||
      around.type === "ImportDeclaration" ||
      (around.type === "CallExpression" && TOLD_PROGRAMS.has(around.callee.property?.name)) ||
      (around.type === "NewExpression" && /Error$/.test(around.callee.name) && around.arguments.includes(node)) ||
      (around.type === "Property" && (around.key === node || around.key.name === "class")) ||
      (around.type === "AssignmentExpression" && around.left.object?.property?.name === "style"),
  );
}

/** Whether a text stands where a reader meets it, or reads like a sentence wherever it stands. */
function isRead(text, node, ancestors) {
  if (/^\p{Lu}\p{Ll}+/u.test(text)) return true;
  if (/\p{L}{2,}[ ,;:]+\p{L}{2,}/u.test(text) && !/^M[\d.]/.test(text)) return true;
  // The nearest call, property or assignment around it decides.
  const within = ancestors.findLastIndex(({ type }, place) => place < ancestors.length - 1 && PLACES.has(type));
  if (within < 0) return false;
  const [around, inside] = [ancestors[within], ancestors[within + 1] ?? node];
  if (around.type === "Property") return READ.has(around.key.name ?? around.key.value) && around.value === inside;
  if (around.type === "AssignmentExpression") return READ.has(around.left.property?.name) && around.right === inside;
  const place = around.arguments.indexOf(inside);
  if (isCall(around, "make") || isCall(around, "makeSvg")) return place >= 2;
  if (isCall(around, "setText")) return place === 1;
  return isCall(around, "setAttribute") && READ.has(around.arguments[1].value) && place === 2;
}
