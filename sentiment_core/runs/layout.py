"""The names of the files of a run folder."""

from __future__ import annotations

from sentiment_core.text.review_counts import ERROR_TOKENS

RECIPE = "recipe.json"
HISTORY = "history.jsonl"
FRAMES = "frames.safetensors"
STATE = "state.safetensors"  # only until the run is complete
VALID, TEST = "valid.parquet", "test.parquet"
FORGETTING = "forgetting.parquet"
CARD = "README.md"
LOCK = ".writer"  # names the process that writes to the folder
FILES = frozenset(
    {
        *("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"),
        *(RECIPE, HISTORY, FRAMES, VALID, TEST, ERROR_TOKENS, FORGETTING, CARD, STATE),
    }
)
