// Joins the player's modules and styles into dist/, which is committed. `node tools/build.js [folder]` writes elsewhere.
//
//   component.js      what Streamlit imports for the drift player
//   player.css        its styles
//   reading.js        what Streamlit imports for the linked reading of one text
//   reading.css       its styles
//   live.js           what Streamlit imports for the view of a running training
//   live.css          its styles
//   phone.js          the page of a student in a class, for old phones too
//   phone.css         its styles
//   phone.json        its messages in English
//   projector.js      what Streamlit imports for the teacher's views of a class
//   projector.css     their styles
//   standalone.html   the take-home page: script and styles in it, with places left for what Python or a browser fills in
//   messages.json     every message of the modules in English, by which Python finds the translations to hand over

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { inspect } from "./messages.js";
import { fillShell } from "./shell.js";

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), "..", "src");

const BROWSERS = ["chrome103", "firefox104", "safari16"];
// Those of phones that no longer get a newer one: scripts of 2018, and styles of about then.
const OLD = { format: "iife", target: "es2018" };
const OLD_STYLES = { target: ["chrome70", "firefox68", "safari12"] };

/** A module or a style sheet with all that it imports, as one minified text. */
function bundle(entry, { format = "esm", target = BROWSERS } = {}) {
  const { outputFiles } = buildSync({
    entryPoints: [join(SOURCES, entry)],
    bundle: true,
    write: false,
    format,
    target,
    charset: "utf8",
    minify: true,
    lineLimit: 120,
    logLevel: "warning",
  });
  return outputFiles[0].text;
}

/** The messages of all modules below a folder of the sources, in order. */
function messages(below = "") {
  const place = join(SOURCES, below);
  const modules = readdirSync(place, { recursive: true }).filter((name) => name.endsWith(".js"));
  const found = modules.flatMap((name) => inspect(readFileSync(join(place, name), "utf8")).messages);
  return `${JSON.stringify([...new Set(found.map(({ english }) => english))].sort(), null, 1)}\n`;
}

const folder = process.argv[2] ?? join(SOURCES, "..", "dist");
const styles = bundle("player.css");
const shell = readFileSync(join(SOURCES, "standalone.html"), "utf8");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "component.js"), bundle("component.js"));
writeFileSync(join(folder, "player.css"), styles);
writeFileSync(join(folder, "standalone.html"), fillShell(shell, styles, bundle("standalone.js")));
writeFileSync(join(folder, "reading.js"), bundle("reading/component.js"));
writeFileSync(join(folder, "reading.css"), bundle("reading/reading.css"));
writeFileSync(join(folder, "live.js"), bundle("live/component.js"));
writeFileSync(join(folder, "live.css"), bundle("live/live.css"));
writeFileSync(join(folder, "phone.js"), bundle("phone/phone.js", OLD));
writeFileSync(join(folder, "phone.css"), bundle("phone/phone.css", OLD_STYLES));
writeFileSync(join(folder, "phone.json"), messages("phone"));
writeFileSync(join(folder, "projector.js"), bundle("projector/component.js"));
writeFileSync(join(folder, "projector.css"), bundle("projector/projector.css"));
writeFileSync(join(folder, "messages.json"), messages());
