"""The command `seeds`."""

import json
import shutil
from pathlib import Path

from tests.command_line import Sentiment


def test_it_adds_runs_and_prints_the_accuracy_of_each_seed(sentiment: Sentiment, toy_corpus: Path, tmp_path: Path):
    corpus = shutil.copytree(toy_corpus, tmp_path / "toy")
    refused = sentiment("seeds", corpus)
    assert refused.code == 2
    assert "has no other seeds" in refused.err
    other = shutil.copytree(corpus / "tiny", tmp_path / "other")
    content = json.loads((other / "recipe.json").read_text("utf-8"))
    seed = content["recipe"]["seed"]
    content["recipe"]["seed"] = 7
    (other / "recipe.json").write_text(json.dumps(content), encoding="utf-8")
    added = sentiment("seeds", corpus, other)
    assert added.code == 0
    share = added.out.split()[1]
    assert added.out == f"tiny: {share} ± 0.00% (2 seeds: {seed}: {share}, 7: {share})\n"
    assert sentiment("seeds", corpus).out == added.out
