"""A BERT small enough to make in a test, and a Hub cache to put it into."""

import shutil
from pathlib import Path

import torch

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "movie", "un", "##able", ".", "not"]


def save_bert(folder: Path, labels: list[str], **settings: object) -> Path:
    """Save a BERT with transformers: vocabulary 12, hidden size 8, at most 12 tokens including special tokens."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}
    named = {"id2label": dict(enumerate(labels)), "label2id": {label: place for place, label in enumerate(labels)}}
    torch.manual_seed(1)
    config = BertConfig(vocab_size=12, max_position_embeddings=12, initializer_range=1.0, **sizes, **named, **settings)
    BertForSequenceClassification(config).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def cache_model(folder: Path, cache: Path, name: str) -> str:
    """Store a model in `cache` in the layout of the Hub's client, and return its name."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    model = cache / f"models--{name.replace('/', '--')}"
    (model / "refs").mkdir(parents=True)
    (model / "refs" / "main").write_text(commit, encoding="utf-8")
    shutil.copytree(folder, model / "snapshots" / commit)
    return name
