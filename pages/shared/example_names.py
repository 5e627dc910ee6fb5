"""Names of the example texts of `sentiment_core.analysis.examples`, by code."""

from sentiment_core.messages import lazy

EXAMPLE_NAMES = {
    "late-turn": lazy("late turn"),
    "plain-praise": lazy("plain praise"),
    "plain-complaint": lazy("plain complaint"),
    "negation": lazy("negation"),
    "contrast": lazy("contrast"),
    "irony": lazy("irony"),
    "long-ramble": lazy("long ramble"),
    "long": lazy("long"),
    "a-bit-of-all": lazy("a bit of everything"),
    "emoticons": lazy("emoticons"),
    "rare-words": lazy("rare words"),
    "line-breaks": lazy("line breaks"),
    "no-spaces": lazy("no spaces"),
    "endings": lazy("endings"),
    "other-scripts": lazy("other scripts"),
}
