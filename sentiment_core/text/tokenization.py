"""The tokenizers. Each is trained on the training split only and is a `tokenizers.Tokenizer` with [PAD] = 0, [UNK] = 1.

wordpiece    recipe A: sub-word pieces, so almost nothing is unknown
words        recipe B: runs of word characters, with emoticons such as :) kept
whitespace   recipe D: everything between spaces that occurs often enough
syllables    each Hangul syllable, runs of other word characters, and each punctuation mark
jamo         the same, with each Hangul syllable split into its letters

All normalise characters by the rules in `characters`. The lecture notes' own tokenizers are wordpiece-raw, words-raw
and whitespace-raw, which strip accents or do not decode entities. Only reproductions use them, and no corpus publishes
them.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from tokenizers import Encoding, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from sentiment_core.errors import TokenizerError
from sentiment_core.storage.files import check_readable
from sentiment_core.text.characters import characters, read_entities, without_entities
from sentiment_core.text.hangul import KOREAN, find_language, is_hangul, jamo

PAD, UNK = "[PAD]", "[UNK]"
PAD_ID, UNK_ID = 0, 1
CONTINUATION = "##"  # prefix of a WordPiece that continues a word
# Emoticons that the words tokenizer keeps whole: :) ;-( =D =P. It lower-cases first. A mouth that is a letter must end
# the word, so that "note:dry" holds no emoticon.
EMOTICON = r"[:;=]-?(?:[()]|[dp](?!\w))"
_HANGUL_OR_WORD = r"\p{Hangul}|[\w&&[^\p{Hangul}]]+|[^\w\s]"  # or a punctuation mark


def train_wordpiece(texts: Iterable[str], vocab_size: int = 10_000) -> Tokenizer:
    """Lower case, BERT pre-tokenizer, WordPiece of at most `vocab_size` tokens (recipe A, but words as typed).

    `<br />` first becomes a space: otherwise its four pieces are 5% of all tokens. The recipe also reserves [CLS] and
    [SEP], which its classifier never reads; they are left out here.
    """
    lower = normalizers.BertNormalizer(clean_text=False, strip_accents=False, lowercase=True)
    rules = [normalizers.Replace("<br />", " "), lower, *characters()]
    return _train_pieces(read_entities(texts), vocab_size, rules)


def train_wordpiece_raw(texts: Iterable[str], vocab_size: int = 10_000) -> Tokenizer:
    """Exactly recipe A: BERT's normaliser, `<br />` kept as four pieces, unused [CLS] and [SEP]."""
    return _train_pieces(texts, vocab_size, [normalizers.BertNormalizer(lowercase=True)], ["[CLS]", "[SEP]"])


def _train_pieces(
    texts: Iterable[str], vocab_size: int, rules: list[normalizers.Normalizer], reserved: Sequence[str] = ()
) -> Tokenizer:
    """A WordPiece tokenizer of texts normalised by `rules`. The `reserved` tokens follow [PAD] and [UNK]."""
    texts = list(texts)
    special = [PAD, UNK, *reserved]
    # The trainer numbers continuing characters in the order of a hash map, which differs between processes, and breaks
    # ties by number. With the alphabet in a fixed order, the same texts always give the same vocabulary.
    letters = _learn_pieces(texts, 0, [], rules)
    alphabet = sorted(letters, key=lambda piece: (piece.startswith(CONTINUATION), piece))
    tokenizer = _bert_tokenizer(_learn_pieces(texts, vocab_size, [*special, *alphabet], rules), rules)
    tokenizer.add_special_tokens(special)
    return tokenizer


def _learn_pieces(
    texts: list[str], vocab_size: int, first: list[str], rules: list[normalizers.Normalizer]
) -> dict[str, int]:
    """Token to id of a WordPiece vocabulary: `first`, all characters of the texts, then pieces up to `vocab_size`."""
    tokenizer = without_entities(_bert_tokenizer({}, rules))
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocab_size, special_tokens=first, continuing_subword_prefix=CONTINUATION, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer.get_vocab()


def _bert_tokenizer(vocabulary: dict[str, int], rules: list[normalizers.Normalizer]) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNK, continuing_subword_prefix=CONTINUATION))
    tokenizer.normalizer = normalizers.Sequence(rules)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(prefix=CONTINUATION)
    return tokenizer


def train_words(texts: Iterable[str], min_frequency: int = 1) -> Tokenizer:
    """Tags removed, lower case, runs of word characters and emoticons (recipe B; by default the whole vocabulary).

    The recipe moves emoticons to the end of the review; here they stay in place.
    """
    return _train_words(read_entities(texts), min_frequency, characters())


def train_words_raw(texts: Iterable[str], min_frequency: int = 1) -> Tokenizer:
    """Exactly recipe B: entities and accents as they are written."""
    return _train_words(texts, min_frequency, [])


def _train_words(texts: Iterable[str], min_frequency: int, rules: list[normalizers.Normalizer]) -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel(unk_token=UNK))
    tags = normalizers.Replace(Regex("<[^>]*>"), " ")
    tokenizer.normalizer = normalizers.Sequence([tags, normalizers.Lowercase(), *rules])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(rf"{EMOTICON}|\w+"), behavior="removed", invert=True)
    return _train_word_level(tokenizer, texts, min_frequency)


def train_whitespace(texts: Iterable[str], min_frequency: int = 5) -> Tokenizer:
    """Lower case, split at white space, words that occur at least `min_frequency` times (recipe D)."""
    return _train_whitespace(read_entities(texts), min_frequency, characters())


def train_whitespace_raw(texts: Iterable[str], min_frequency: int = 5) -> Tokenizer:
    """Exactly recipe D: entities and accents as they are written."""
    return _train_whitespace(texts, min_frequency, [])


def _train_whitespace(texts: Iterable[str], min_frequency: int, rules: list[normalizers.Normalizer]) -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel(unk_token=UNK))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Lowercase(), *rules])
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return _train_word_level(tokenizer, texts, min_frequency)


def train_syllables(texts: Iterable[str], min_frequency: int = 2) -> Tokenizer:
    """Lower case; each Hangul syllable, each punctuation mark and each word of another script is a token.

    Korean writers often omit spaces, and a word takes many endings. Syllables depend on neither.
    """
    return _train_hangul(texts, min_frequency, [])


def train_jamo(texts: Iterable[str], min_frequency: int = 2) -> Tokenizer:
    """As `train_syllables`, with each syllable split into its letters. A letter's offsets are those of its syllable.

    About fifty tokens cover all Hangul, but a reader finds only letters among them, no words.
    """
    return _train_hangul(texts, min_frequency, jamo())


def _train_hangul(texts: Iterable[str], min_frequency: int, rules: list[normalizers.Normalizer]) -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel(unk_token=UNK))
    first = [normalizers.Replace("<br />", " "), normalizers.Lowercase(), *characters()]
    tokenizer.normalizer = normalizers.Sequence([*first, *rules])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_HANGUL_OR_WORD), behavior="removed", invert=True)
    return _train_word_level(tokenizer, read_entities(texts), min_frequency)


def _train_word_level(tokenizer: Tokenizer, texts: Iterable[str], min_frequency: int) -> Tokenizer:
    trainer = trainers.WordLevelTrainer(
        vocab_size=2**31 - 1, min_frequency=min_frequency, special_tokens=[PAD, UNK], show_progress=False
    )
    trained = without_entities(tokenizer)  # `texts` hold no entities any more
    trained.train_from_iterator(texts, trainer)
    tokenizer.model = trained.model
    tokenizer.add_special_tokens([PAD, UNK])
    return tokenizer


WORDPIECE_RAW, WORDS_RAW, WHITESPACE_RAW = "wordpiece-raw", "words-raw", "whitespace-raw"
TOKENIZERS: dict[str, Callable[[Iterable[str]], Tokenizer]] = {
    "wordpiece": train_wordpiece,
    "words": train_words,
    "whitespace": train_whitespace,
    "syllables": train_syllables,
    "jamo": train_jamo,
}
# The lecture notes' own. They are not in TOKENIZERS because no corpus uses them.
RAW_TOKENIZERS: dict[str, Callable[[Iterable[str]], Tokenizer]] = {
    WORDPIECE_RAW: train_wordpiece_raw,
    WORDS_RAW: train_words_raw,
    WHITESPACE_RAW: train_whitespace_raw,
}


def compared_kinds(texts: Iterable[str]) -> list[str]:
    """The kinds of TOKENIZERS that a corpus of such texts publishes for comparison.

    Syllables and jamo are useful for Hangul only. Korean words take endings, so there are so many whole words that
    their file would be larger than a network.
    """
    left_out = {"words"} if find_language(texts) == KOREAN else {"syllables", "jamo"}
    return [kind for kind in TOKENIZERS if kind not in left_out]


def train_tokenizer(kind: str, texts: Iterable[str]) -> Tokenizer:
    """A tokenizer of `kind` with the settings of its recipe. Raises TokenizerError for an unknown kind."""
    check_kind(kind)
    tokenizer = (TOKENIZERS | RAW_TOKENIZERS)[kind](texts)
    tokenizer.encode_special_tokens = True  # as in load_tokenizer, because the file does not store it
    return tokenizer


def check_kind(kind: str) -> None:
    """Raise TokenizerError for an unknown kind of tokenizer."""
    if kind not in TOKENIZERS | RAW_TOKENIZERS:
        raise TokenizerError("No tokenizer {name!r}. Choose one of {names}.", name=kind, names=list(TOKENIZERS))


def load_tokenizer(path: Path) -> Tokenizer:
    """Read a tokenizers JSON file, compressed if its name ends in .gz.

    Equal files give the same object, because the runs of a corpus share a tokenizer of several megabytes. Do not
    change it.
    Raises TokenizerError if it is missing or damaged, or if [PAD] is not id 0 or [UNK] not id 1.
    """
    check_readable(path, TokenizerError)
    try:
        content = path.read_bytes()
        tokenizer = _parse((gzip.decompress(content) if path.suffix == ".gz" else content).decode())
    except FileNotFoundError as error:
        raise TokenizerError(
            "No tokenizer at {path}. Train the run again, or copy its tokenizer.json there.", path=path
        ) from error
    except Exception as error:  # tokenizers raises a bare Exception for bad JSON, gzip one of several
        raise TokenizerError(
            "{path} is damaged and cannot be read as a tokenizer. Train the run again.", path=path
        ) from error
    if (tokenizer.token_to_id(PAD), tokenizer.token_to_id(UNK)) != (PAD_ID, UNK_ID):
        raise TokenizerError(
            "{path} does not have {pad} as id {pad_id} and {unknown} as id {unknown_id}. Train it with this package.",
            path=path,
            pad=PAD,
            pad_id=PAD_ID,
            unknown=UNK,
            unknown_id=UNK_ID,
        )
    return tokenizer


@lru_cache(maxsize=8)
def _parse(content: str) -> Tokenizer:
    tokenizer = Tokenizer.from_str(content)
    tokenizer.encode_special_tokens = True  # a typed "[PAD]" is ordinary text
    tokenizer.no_padding()  # transformers stores its last padding and truncation in the file
    tokenizer.no_truncation()
    return tokenizer


def compact_json(tokenizer: Tokenizer) -> str:
    """The tokenizer as JSON on one line, a third of the size that `Tokenizer.save` writes."""
    return json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))


def is_word(token: str) -> bool:
    """Whether a vocabulary entry is a word by itself: two letters or more, no continuation, nothing special.

    In Hangul one character can be a word.
    """
    return token.isalpha() and (len(token) > 1 or is_hangul(token))


def token_spans(encoding: Encoding, text: str) -> list[tuple[int, int]]:
    """The characters [start, end) of `text` that each token covers; no character is separated from its combining parts.

    If `text` is not composed, the tokenizer's own offsets include only the first part of a token's last character.
    """
    return [(start, _end_of_character(text, end)) for start, end in encoding.offsets]


def _end_of_character(text: str, end: int) -> int:
    """`end`, moved past combining marks and the Hangul vowels and last consonants of the character before it."""
    while end < len(text) and (unicodedata.category(text[end])[0] == "M" or "\u1160" <= text[end] <= "\u11ff"):
        end += 1
    return end
