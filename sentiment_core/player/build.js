// Joins the player's modules and styles into dist/, which is committed. `node build.js [folder]` writes elsewhere.
//
//   component.js      what Streamlit imports
//   player.css        its styles
//   standalone.html   the take-home page: script and styles in it, with places left for what Python or a browser fills in

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { fillShell } from "./shell.js";

const HERE = dirname(fileURLToPath(import.meta.url));

/** A module or a style sheet with all that it imports, as one minified text. */
function bundle(entry) {
  const { outputFiles } = buildSync({
    entryPoints: [join(HERE, "src", entry)],
    bundle: true,
    write: false,
    format: "esm",
    target: ["chrome103", "firefox104", "safari16"],
    charset: "utf8",
    minify: true,
    lineLimit: 120,
    logLevel: "warning",
  });
  return outputFiles[0].text;
}

const folder = process.argv[2] ?? join(HERE, "dist");
const styles = bundle("player.css");
const shell = readFileSync(join(HERE, "src", "standalone.html"), "utf8");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "component.js"), bundle("component.js"));
writeFileSync(join(folder, "player.css"), styles);
writeFileSync(join(folder, "standalone.html"), fillShell(shell, styles, bundle("standalone.js")));
