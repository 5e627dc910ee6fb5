"""Three tokenizers, each trained on the training split only, each a `tokenizers.Tokenizer` with [PAD] = 0, [UNK] = 1.

wordpiece    recipe A: sub-word pieces, so that almost nothing is unknown
words        recipe B: runs of word characters, with emoticons such as :) kept
whitespace   recipe D: whatever stands between spaces, if it occurs often enough

A fourth, wordpiece-raw, is recipe A's own, which only its reproduction needs: no corpus publishes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from sentiment_core.errors import TokenizerError

PAD, UNK = "[PAD]", "[UNK]"
PAD_ID, UNK_ID = 0, 1
CONTINUATION = "##"  # marks a WordPiece that goes on from the piece before it
# Kept whole by the words tokenizer, which lower-cases first: :) ;-( =D =P. A letter mouth must end the word, so that
# "note:dry" holds none.
EMOTICON = r"[:;=]-?(?:[()]|[dp](?!\w))"


def train_wordpiece(texts: Iterable[str], vocab_size: int = 10_000) -> Tokenizer:
    """Lower-casing BERT normaliser, BERT pre-tokenizer, WordPiece of `vocab_size` tokens at most (recipe A).

    `<br />` becomes a space first: left in, its four pieces are 5 % of all tokens. The recipe also reserves [CLS] and
    [SEP], which its classifier never reads; they are left out here.
    """
    return _train_pieces(texts, vocab_size, [normalizers.Replace("<br />", " ")])


def train_wordpiece_raw(texts: Iterable[str], vocab_size: int = 10_000) -> Tokenizer:
    """Recipe A as it stands: `<br />` left in as four pieces, [CLS] and [SEP] reserved and never used."""
    return _train_pieces(texts, vocab_size, [], ["[CLS]", "[SEP]"])


def _train_pieces(
    texts: Iterable[str], vocab_size: int, cleaning: list[normalizers.Normalizer], reserved: Sequence[str] = ()
) -> Tokenizer:
    """A WordPiece tokenizer that cleans texts, then reads as BERT does; `reserved` tokens follow [PAD] and [UNK]."""
    texts = list(texts)
    special = [PAD, UNK, *reserved]
    # The trainer numbers continuing characters in the order of a hash map, another in every process, and breaks ties by
    # number. Given the alphabet in a fixed order, the same texts always give the same vocabulary.
    characters = _learn_pieces(texts, 0, [], cleaning)
    alphabet = sorted(characters, key=lambda piece: (piece.startswith(CONTINUATION), piece))
    tokenizer = _bert_tokenizer(_learn_pieces(texts, vocab_size, [*special, *alphabet], cleaning), cleaning)
    tokenizer.add_special_tokens(special)
    return tokenizer


def _learn_pieces(
    texts: list[str], vocab_size: int, first: list[str], cleaning: list[normalizers.Normalizer]
) -> dict[str, int]:
    """Token to id of a WordPiece vocabulary: `first`, all characters of the texts, then pieces up to `vocab_size`."""
    tokenizer = _bert_tokenizer({}, cleaning)
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocab_size, special_tokens=first, continuing_subword_prefix=CONTINUATION, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer.get_vocab()


def _bert_tokenizer(vocabulary: dict[str, int], cleaning: list[normalizers.Normalizer]) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNK, continuing_subword_prefix=CONTINUATION))
    tokenizer.normalizer = normalizers.Sequence([*cleaning, normalizers.BertNormalizer(lowercase=True)])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(prefix=CONTINUATION)
    return tokenizer


def train_words(texts: Iterable[str], min_frequency: int = 1) -> Tokenizer:
    """Tags removed, lower case, runs of word characters and emoticons (recipe B; whole vocabulary by default).

    The recipe moves emoticons to the end of the review; here they stay where they were written.
    """
    tokenizer = Tokenizer(models.WordLevel(unk_token=UNK))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Replace(Regex("<[^>]*>"), " "), normalizers.Lowercase()])
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


WORDPIECE_RAW = "wordpiece-raw"  # beside TOKENIZERS, because a corpus card publishes all of those
TOKENIZERS: dict[str, Callable[[Iterable[str]], Tokenizer]] = {
    "wordpiece": train_wordpiece,
    "words": train_words,
    "whitespace": train_whitespace,
}


def train_tokenizer(kind: str, texts: Iterable[str]) -> Tokenizer:
    """A tokenizer of `kind` with its recipe's settings. Raises TokenizerError for an unknown kind."""
    check_kind(kind)
    tokenizer = train_wordpiece_raw(texts) if kind == WORDPIECE_RAW else TOKENIZERS[kind](texts)
    tokenizer.encode_special_tokens = True  # as load_tokenizer, since no file keeps it
    return tokenizer


def check_kind(kind: str) -> None:
    """Raise TokenizerError for an unknown kind of tokenizer."""
    if kind not in TOKENIZERS and kind != WORDPIECE_RAW:
        raise TokenizerError(f"No tokenizer {kind!r}. Choose one of {', '.join(TOKENIZERS)}.")


def load_tokenizer(path: Path) -> Tokenizer:
    """Read a tokenizers JSON file.

    Raises TokenizerError where it is missing or damaged, or where [PAD] is not id 0 or [UNK] not id 1.
    """
    try:
        tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TokenizerError(
            f"No tokenizer at {path}. Train the run again, or copy its tokenizer.json there."
        ) from error
    except Exception as error:  # tokenizers raises a bare Exception for bad JSON
        raise TokenizerError(f"{path} is damaged and cannot be read as a tokenizer. Train the run again.") from error
    if (tokenizer.token_to_id(PAD), tokenizer.token_to_id(UNK)) != (PAD_ID, UNK_ID):
        raise TokenizerError(
            f"{path} does not have {PAD} as id {PAD_ID} and {UNK} as id {UNK_ID}. Train it with this package."
        )
    tokenizer.encode_special_tokens = True  # a typed "[PAD]" is text like any other
    tokenizer.no_padding()  # transformers keeps in the file how it last padded and cut a batch
    tokenizer.no_truncation()
    return tokenizer


def compact_json(tokenizer: Tokenizer) -> str:
    """The tokenizer as JSON on one line: a third of the size that `Tokenizer.save` writes."""
    return json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))


def is_word(token: str) -> bool:
    """Whether a vocabulary entry stands alone as a word: two letters or more, no continuation, nothing special."""
    return token.isalpha() and len(token) > 1
