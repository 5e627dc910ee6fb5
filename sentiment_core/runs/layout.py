"""The files of a run folder by name; design and contents are in the README's map."""

from __future__ import annotations

RECIPE = "recipe.json"
HISTORY = "history.jsonl"
FRAMES = "frames.safetensors"
STATE = "state.safetensors"  # only while the run is not complete
TEST = "test.parquet"
CARD = "README.md"
LOCK = ".writer"  # names the process that writes there
FILES = frozenset(
    {
        *("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"),
        *(RECIPE, HISTORY, FRAMES, TEST, CARD, STATE),
    }
)
