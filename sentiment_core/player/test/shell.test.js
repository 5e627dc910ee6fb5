import assert from "node:assert/strict";
import { test } from "node:test";
import { fillShell } from "../tools/shell.js";

const SHELL = `<html lang="__LANGUAGE__"><title>__TITLE__</title><style>__STYLE__</style>__SPEECH__ __START__ __PAYLOAD__<script type="module">__SCRIPT__</script>`;

test("a script that names the end of a script stays whole", () => {
  const script = String.raw`f("</script><!--", /<\/script>/, "$&");`;
  const page = fillShell(SHELL, "", script);
  assert.ok(page.endsWith(String.raw`f("<\/script><\!--", /<\/script>/, "$&");</script>`));
});

test("styles that would end their element are refused", () => {
  assert.throws(() => fillShell(SHELL, "a::after { content: '</STYLE>' }", ""), /end the page's style element/);
});

test("a shell whose places come in another order is refused, as is one that lacks one", () => {
  assert.throws(
    () => fillShell(SHELL.replace("__START__ __PAYLOAD__", "__PAYLOAD__ __START__"), "", ""),
    /in this order/,
  );
  assert.throws(() => fillShell(SHELL.replace("__TITLE__", ""), "", ""), /in this order/);
});
