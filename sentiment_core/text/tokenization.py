"""Three tokenizers, each trained on the training split only, each a `tokenizers.Tokenizer` with [PAD] = 0, [UNK] = 1.

wordpiece    recipe A: sub-word pieces, so that almost nothing is unknown
words        recipe B: runs of word characters, with emoticons such as :) kept
whitespace   recipe D: whatever stands between spaces, if it occurs often enough
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from sentiment_core.errors import TokenizerError

PAD, UNK = "[PAD]", "[UNK]"
PAD_ID, UNK_ID = 0, 1
CONTINUATION = "##"  # marks a WordPiece that goes on from the piece before it
# Kept whole by the words tokenizer, which lower-cases first: :) ;-( =D =P. A letter mouth must end the word ("note:dry").
EMOTICON = r"[:;=]-?(?:[()]|[dp](?!\w))"


def train_wordpiece(texts: Iterable[str], vocab_size: int = 10_000) -> Tokenizer:
    """Lower-casing BERT normaliser, BERT pre-tokenizer, WordPiece of at most `vocab_size` tokens (recipe A).

    `<br />` becomes a space first: left in, its pieces are a fifth of all tokens. The recipe also reserves [CLS] and
    [SEP], which its classifier never reads; they are left out here.
    """
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNK, continuing_subword_prefix=CONTINUATION))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Replace("<br />", " "), normalizers.BertNormalizer(lowercase=True)]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(prefix=CONTINUATION)
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocab_size,
        special_tokens=[PAD, UNK],
        continuing_subword_prefix=CONTINUATION,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def train_words(texts: Iterable[str], min_frequency: int = 1) -> Tokenizer:
    """Tags removed, lower case, runs of word characters and emoticons (recipe B; whole vocabulary by default).

    The recipe moves emoticons to the end of the review; here they stay where they were written.
    """
    tokenizer = Tokenizer(models.WordLevel(unk_token=UNK))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Replace(Regex("<[^>]*>"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(rf"{EMOTICON}|\w+"), behavior="removed", invert=True)
    return _train_word_level(tokenizer, texts, min_frequency)


def train_whitespace(texts: Iterable[str], min_frequency: int = 5) -> Tokenizer:
    """Lower case, split at white space, words seen at least `min_frequency` times (recipe D)."""
    tokenizer = Tokenizer(models.WordLevel(unk_token=UNK))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return _train_word_level(tokenizer, texts, min_frequency)


def _train_word_level(tokenizer: Tokenizer, texts: Iterable[str], min_frequency: int) -> Tokenizer:
    trainer = trainers.WordLevelTrainer(
        vocab_size=2**31 - 1, min_frequency=min_frequency, special_tokens=[PAD, UNK], show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


TOKENIZERS: dict[str, Callable[[Iterable[str]], Tokenizer]] = {
    "wordpiece": train_wordpiece,
    "words": train_words,
    "whitespace": train_whitespace,
}


def train_tokenizer(kind: str, texts: Iterable[str]) -> Tokenizer:
    """A tokenizer of `kind` with its recipe's settings. Raises TokenizerError for an unknown kind."""
    if kind not in TOKENIZERS:
        raise TokenizerError(f"No tokenizer {kind!r}. Choose one of {', '.join(TOKENIZERS)}.")
    return TOKENIZERS[kind](texts)


def load_tokenizer(path: Path) -> Tokenizer:
    """Read a tokenizers JSON file. Raises TokenizerError where it is missing, damaged or numbers [PAD], [UNK] otherwise."""
    try:
        tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TokenizerError(f"No tokenizer at {path}. Train the run again, or copy its tokenizer.json there.") from error
    except Exception as error:  # tokenizers raises a bare Exception for bad JSON
        raise TokenizerError(f"{path} is damaged and cannot be read as a tokenizer. Train the run again.") from error
    if (tokenizer.token_to_id(PAD), tokenizer.token_to_id(UNK)) != (PAD_ID, UNK_ID):
        raise TokenizerError(f"{path} does not have {PAD} as id {PAD_ID} and {UNK} as id {UNK_ID}. Train it with this package.")
    return tokenizer


def compact_json(tokenizer: Tokenizer) -> str:
    """The tokenizer as JSON on one line: a third of the size that `Tokenizer.save` writes."""
    return json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))


def is_word(token: str) -> bool:
    """Whether a vocabulary entry stands alone as a word: letters, no continuation piece, no special token."""
    return token.isalpha() and len(token) > 1
