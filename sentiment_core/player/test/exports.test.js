import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName } from "../src/page/exports.js";

test("a file is named by letters and digits of any script", () => {
  assert.equal(fileName(["Drift: rnn & bilstm", "1/16 of epoch 1"], "png"), "drift-rnn-bilstm-1-16-of-epoch-1.png");
  assert.equal(fileName(["임베딩 이동: rnn".normalize("NFD"), "학습 후"], "html"), "임베딩-이동-rnn-학습-후.html");
  assert.equal(fileName(["Naïve café"], "png"), "naive-cafe.png");
});

test("a name without letters, or a long one, is still a name", () => {
  assert.equal(fileName(["…", "→"], "png"), "drift.png");
  assert.equal(fileName(["a".repeat(200)], "png").length, 84);
});
