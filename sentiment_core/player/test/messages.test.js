import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { number, speak, tr, trPlural } from "../src/messages.js";
import { inspect } from "../tools/messages.js";

const SOURCES = new URL("../src/", import.meta.url);
const MODULES = readdirSync(SOURCES, { recursive: true }).filter((name) => name.endsWith(".js"));

afterEach(() => speak({ language: "en", messages: {} }));

for (const name of MODULES) {
  test(`${name} says nothing to a reader but in messages, whose placeholders get their values`, () => {
    const { messages, bypassing } = inspect(readFileSync(new URL(name.replaceAll("\\", "/"), SOURCES), "utf8"));
    assert.deepEqual(bypassing, []);
    for (const { english, many, values } of messages) {
      for (const text of many === null ? [english] : [english, many]) {
        const wanted = Array.from(text.matchAll(/\{(\w+)[^}]*\}/g), ([, placeholder]) => placeholder);
        if (values) assert.deepEqual(wanted.sort(), [...values].sort(), text);
      }
    }
  });
}

test("a text that bypasses the messages is found wherever it stands", () => {
  const bypassing = [
    'make("p", {}, "hello");',
    "make('p', {}, `${count} words`);",
    'make("button", { title: "Save" });',
    'make("button", { "aria-label": "save it" });',
    'setText(name, "after");',
    'setAttribute(slider, "aria-valuetext", "after");',
    'notice.textContent = "gone";',
    'iconButton("close", "Close", "X", act);',
    'warn("something went wrong");',
    'set({ notice: "Try again." });',
  ];
  for (const line of bypassing) assert.equal(inspect(line).bypassing.length, 1, line);
});

test("what speaks to a program or a developer is no message", () => {
  const lines = [
    'make("p", { class: "panel note" }, tr("Play"));',
    'if (event.key === "ArrowUp") element.querySelector(".controls :focus");',
    'throw new Error("a canvas has no context");',
    "element.style.transform = `translate(${x}px, 0)`;",
  ];
  for (const line of lines) assert.deepEqual(inspect(line).bypassing, [], line);
});

test("a message must be a literal, so that it can be translated", () => {
  assert.throws(() => inspect("tr(text);"), /must be a literal/);
  assert.throws(() => inspect('tr("a" + b);'), /must be a literal/);
});

test("a message is said in the language that was handed over, or else in English", () => {
  const messages = { "Unpin {word}": "{word} 고정 해제", "lasso: {count} word": "올가미: 단어 {count}개" };
  assert.equal(tr("Unpin {word}", { word: "{word}" }), "Unpin {word}");
  speak({ language: "ko", messages });
  assert.equal(tr("Unpin {word}", { word: "좋다" }), "좋다 고정 해제");
  assert.equal(trPlural("lasso: {count} word", "lasso: {count} words", 1200), "올가미: 단어 1,200개");
  assert.equal(tr("Play"), "Play");
});

test("English has one form for 1 and one for other numbers", () => {
  const say = (count) => trPlural("{count} word", "{count} words", count);
  assert.deepEqual([0, 1, 1234].map(say), ["0 words", "1 word", "1,234 words"]);
});

test("numbers are written by their format", () => {
  assert.equal(
    tr("{a:.2f} {b:+.2f} {c:+.2f} {d:.1%} {e}", { a: 1234.5, b: 1.5, c: -1.5, d: 0.8415, e: 70_000 }),
    "1,234.50 +1.50 -1.50 84.2% 70,000",
  );
  assert.equal(number(0.5, 1), "0.5");
});
