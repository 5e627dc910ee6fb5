"""What the model reads: a text as tokens with their ids, as several tokenizers see it, and the vocabulary behind it."""

from functools import partial

import streamlit as st

from pages.shared import resources
from pages.shared.layout import corpus_header, errors_shown, plain, start_anew
from pages.shared.text_box import read_button, text_box
from pages.shared.token_view import show_tokens
from sentiment_core.analysis.examples import is_example, token_examples_in
from sentiment_core.analysis.polarity import lean
from sentiment_core.analysis.vocabulary import MATCHES, ORDERS, search_vocabulary
from sentiment_core.classifiers.tokens import tokenizer_files, view_text
from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE
from sentiment_core.messages.numbers import percent

KINDS = {  # title and what it does
    "wordpiece": (
        "WordPiece",
        "Frequent words stay whole, rarer ones are put together from pieces, punctuation marks stand alone. "
        "Lower case, `<br />` turned into a space; published ones remove accents too, new ones keep words as typed.",
    ),
    "words": (
        "Words",
        "Runs of letters and digits, and emoticons such as `:)`. Tags, punctuation and all else are dropped. "
        "Lower case.",
    ),
    "whitespace": (
        "Whitespace",
        "Whatever stands between two spaces, punctuation and tags included, if the training reviews hold it at least "
        "five times. Lower case.",
    ),
    "syllables": (
        "Syllables",
        "Each Hangul syllable by itself, other scripts as words, punctuation marks alone. Spaces and endings, which "
        "make Korean words so many, do not count. Lower case.",
    ),
    "jamo": (
        "Jamo",
        "Each Hangul syllable taken apart into its letters: 값 is ㄱ, ㅏ and ㅄ. Nothing in Hangul is unknown, but a "
        "review is many tokens long, and its words can be read off the letters only. Lower case.",
    ),
}
LISTED = 200  # tokens of the vocabulary shown at once

corpus = corpus_header(
    "What the model reads",
    "A text becomes tokens, and each token a number. The network sees only these numbers, and only up to the cut.",
    """
Each box is a **token**, with its **id** below: the row of the embedding that the network looks up for it.

- **Pieces of one word touch.** The vocabulary marks a piece that goes on from the one before with `##`.
- **Unknown** tokens are dashed and carry a question mark. They all get the id 1, so the network cannot tell them apart.
  A vocabulary of pieces covers nearly every word in Latin letters; one of whole words lacks each that training did not
  show it.
- **The cut.** A network reads the first *max length* tokens; those published for IMDB read 400 or 1,000. What
  stands behind the cut is struck out.
- **Several tokenizers** were trained on the same reviews; the networks here read with the first. Fewer tokens are a
  shorter way to the end; a larger vocabulary has more numbers to train and sees each of its tokens less often.
- **Polarity**, in the vocabulary, is how much more often a token stands in positive than in negative training reviews,
  as log-odds, with rare tokens pulled to zero. A network does not see it, but for the two most accurate on IMDB, which
  read one like it of every token, pair and triple.
""",
)

examples = token_examples_in(corpus.language)
longest = max((run.recipe.max_length for run in resources.runs(corpus)[0]), default=400)
anew = start_anew(reads_max_length=longest)
left, right = st.columns([3, 2], gap="medium")
with right:
    slider = partial(st.slider, "Max length, in tokens", 1, max(longest, 400), key="reads_max_length")
    max_length = slider(bind="query-params") if anew else slider(value=longest, bind="query-params")
    st.caption("Examples")
    with st.container(horizontal=True, gap="xsmall"):
        filled = [example.text for example in examples if st.button(example.name, key=f"reads example {example.name}")]
# An example of another corpus is in another language perhaps.
if anew and is_example(st.session_state.get("reads_text", "")):
    filled = [examples[0].text]
with left:
    text = text_box("Text", "reads_text", default=examples[0].text, fill=filled[0] if filled else None, height=140)
    read_button()

with errors_shown():
    tokenizers = {kind: resources.tokenizer(path) for kind, path in tokenizer_files(corpus).items()}
    with st.spinner("Reading the text"):
        readings = {kind: view_text(text, tokenizer, max_length) for kind, tokenizer in tokenizers.items()}
    places = [st.container(), *st.columns(max(len(readings) - 1, 1), gap="large")]
    for place, (kind, reading) in zip(places, readings.items(), strict=False):
        with place:
            shared = kind == corpus.tokenizer
            title, what_it_does = KINDS.get(kind, (plain(kind), ""))
            st.subheader(f"{title}, as the networks here read it" if shared else title, anchor=False)
            st.caption(what_it_does)
            count, unknown = len(reading.ids), int(reading.unknown.sum())
            st.markdown(
                f"**{count:,} token{'s' if count > 1 else ''}**, {f'{unknown:,}' if unknown else 'none'} unknown "
                f"({percent(reading.unknown.mean())}), of a vocabulary of {tokenizers[kind].get_vocab_size():,}"
            )
            show_tokens(reading, ids=shared)

st.subheader("The vocabulary", anchor=False)
with errors_shown():
    table = resources.tokens(corpus)
    controls = st.columns([3, 2, 3], gap="medium")
    query = controls[0].text_input("Find tokens", key="token", bind="query-params", placeholder="wonder")
    match = controls[1].segmented_control(
        "Match", MATCHES, default=MATCHES[0], required=True, key="token_match", bind="query-params"
    )
    order = controls[2].selectbox("Order", ORDERS, key="token_order", bind="query-params")
    found = search_vocabulary(table, query, match or MATCHES[0], order)  # an empty parameter clears the match
    shown = found[:LISTED]
    if len(found):
        st.caption(f"{len(shown):,} of {len(found):,} shown")
        st.dataframe(
            {
                "id": shown,
                "token": table.tokens[shown],
                "in negative": table.counts[shown, 0],
                "in positive": table.counts[shown, 1],
                "polarity": table.polarity[shown],
                "leans": [[name] for name in lean(table.polarity[shown])],
            },
            hide_index=True,
            column_config={
                "id": st.column_config.NumberColumn(format="%d", help="The row of the embedding"),
                "token": st.column_config.TextColumn(help="## marks a piece that goes on from the piece before"),
                "in negative": st.column_config.NumberColumn(
                    format="localized", help="How often it stands in negative training reviews"
                ),
                "in positive": st.column_config.NumberColumn(
                    format="localized", help="How often it stands in positive training reviews"
                ),
                "polarity": st.column_config.NumberColumn(
                    format="%+.2f", help="Smoothed log-odds: above 0 leans positive; +0.7 is twice as often, -0.7 half"
                ),
                "leans": st.column_config.MultiselectColumn(
                    options=["positive", "negative", "neutral"],
                    color=[POSITIVE, NEGATIVE, NEUTRAL],
                    help="Beyond log-odds of 0.5 either way, the colours of the other pages",
                ),
            },
            alt="Tokens found, with their counts in negative and positive reviews and their polarity",
        )
    else:
        st.info("No token is spelt so. Try fewer letters, or tokens that contain them.", icon=":material/search_off:")
