"""What the model reads: a text as tokens with their ids, split by several tokenizers, and the vocabulary behind it."""

from functools import partial

import streamlit as st

from pages.shared import resources
from pages.shared.address import choice
from pages.shared.examples import example_buttons
from pages.shared.layout import corpus_header, errors_shown, plain, start_anew
from pages.shared.text_box import read_button, text_box
from pages.shared.token_view import show_tokens
from sentiment_core.analysis.examples import token_examples_in
from sentiment_core.analysis.polarity import lean
from sentiment_core.analysis.vocabulary import search_vocabulary
from sentiment_core.classifiers.tokens import tokenizer_files, view_text
from sentiment_core.figures.style import NEGATIVE, NEUTRAL, POSITIVE
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.polarity import LEANINGS, name_leanings

KINDS = {  # kind -> title and description
    "wordpiece": (
        lazy("WordPiece"),
        lazy(
            "Frequent words are whole, rare words are split into pieces, punctuation marks are separate. Lower case; "
            "`<br />` becomes a space. The one published for IMDB also removes accents; later ones keep words as typed."
        ),
    ),
    "words": (
        lazy("Words"),
        lazy(
            "Sequences of letters and digits, and emoticons such as `:)`. Tags, punctuation and everything else are "
            "dropped. Lower case."
        ),
    ),
    "whitespace": (
        lazy("White space"),
        lazy(
            "Everything between two spaces, with punctuation and tags, if it occurs at least five times in the "
            "training reviews. Lower case."
        ),
    ),
    "syllables": (
        lazy("Syllables"),
        lazy(
            "Each Hangul syllable is a token, as is each word in another script and each punctuation mark. Spacing and "
            "endings, which give Korean so many different words, make no difference. Lower case."
        ),
    ),
    "jamo": (
        lazy("Jamo"),
        lazy(
            "Each Hangul syllable is split into its letters: 값 is ㄱ, ㅏ and ㅄ. Nothing in Hangul is unknown, but a "
            "review becomes many tokens. Lower case."
        ),
    ),
}
MATCHES = {"start": lazy("starts with"), "part": lazy("contains")}
ORDERS = {
    "frequent": lazy("most frequent"),
    "positive": lazy("most positive"),
    "negative": lazy("most negative"),
    "id": lazy("id"),
}
# Names in addresses of version 0.2.
OLD_MATCHES = {"starts with": "start", "contains": "part"}
OLD_ORDERS = {"most frequent": "frequent", "most positive": "positive", "most negative": "negative"}
LISTED = 200  # tokens of the vocabulary shown at once

corpus = corpus_header(
    tr("What the model reads"),
    tr("A text is split into tokens, and each token becomes a number. The network sees only these numbers."),
    tr(
        """
Each box is a **token**. The number below it is its **id**: the row of the embedding that the network looks up.

- **Pieces of a word touch.** In the vocabulary, `##` marks a piece that continues the piece before.
- **Unknown** tokens have a dashed outline and a question mark. All of them have the id 1, so the network cannot
  distinguish them. A vocabulary of pieces covers nearly every word in Latin letters. A vocabulary of whole words lacks
  every word that is not in the training reviews.
- **The cut.** A network reads the first *max length* tokens; those published for IMDB read 400 or 1,000. Tokens after
  the cut are struck through.
- **Several tokenizers** were trained on the same reviews. The networks here use the first one. Fewer tokens make a
  review shorter to read. A larger vocabulary has more numbers to train, and each of its tokens occurs less often.
- **Polarity** is how much more often a token occurs in positive than in negative training reviews. It is given as
  log-odds; rare tokens are pulled towards zero. A network does not see it, except for the two most accurate on IMDB,
  which read a similar number for every token, pair and triple.
"""
    ),
)

examples = token_examples_in(corpus.language)
longest = max((run.recipe.max_length for run in resources.runs(corpus)[0]), default=400)
anew = start_anew(reads_max_length=longest)
left, right = st.columns([3, 2], gap="medium")
with right:
    slider = partial(st.slider, tr("Max length, in tokens"), 1, max(longest, 400), key="reads_max_length")
    max_length = slider(bind="query-params") if anew else slider(value=longest, bind="query-params")
    filled = example_buttons(examples, "reads_text", anew)
with left:
    text = text_box(tr("Text"), "reads_text", default=examples[0].text, fill=filled, height=140)
    read_button()

with errors_shown():
    tokenizers = {kind: resources.tokenizer(path) for kind, path in tokenizer_files(corpus).items()}
    with st.spinner(tr("Tokenizing the text")):
        views = {kind: view_text(text, tokenizer, max_length) for kind, tokenizer in tokenizers.items()}
    places = [st.container(), *st.columns(max(len(views) - 1, 1), gap="large")]
    for place, (kind, view) in zip(places, views.items(), strict=False):
        with place:
            shared = kind == corpus.tokenizer
            name, what_it_does = KINDS.get(kind, (plain(kind), ""))
            heading = tr("{tokenizer}, the tokenizer of the networks here", tokenizer=name) if shared else str(name)
            st.header(heading, anchor=False)
            st.caption(str(what_it_does))
            st.markdown(
                tr_plural(
                    "**{count} token**, {unknown} unknown ({share:.1%}), from a vocabulary of {size}",
                    "**{count} tokens**, {unknown} unknown ({share:.1%}), from a vocabulary of {size}",
                    len(view.ids),
                    unknown=int(view.unknown.sum()),
                    share=float(view.unknown.mean()),
                    size=tokenizers[kind].get_vocab_size(),
                )
            )
            show_tokens(view, ids=shared)

st.header(tr("The vocabulary"), anchor=False)
with errors_shown():
    table = resources.tokens(corpus)
    controls = st.columns([3, 2, 3], gap="medium")
    query = controls[0].text_input(tr("Find tokens"), key="token", bind="query-params", placeholder=tr("wonder"))
    match = choice(
        controls[1].segmented_control, tr("Match"), MATCHES, key="token_match", old=OLD_MATCHES, required=True
    )
    order = choice(controls[2].selectbox, tr("Order"), ORDERS, key="token_order", old=OLD_ORDERS)
    found = search_vocabulary(table, query, match, order)
    shown = found[:LISTED]
    if len(found):
        st.caption(tr("Showing {shown} of {found} tokens", shown=len(shown), found=len(found)))
        st.dataframe(
            {
                "id": shown,
                "token": table.tokens[shown],
                "negative": table.counts[shown, 0],
                "positive": table.counts[shown, 1],
                "polarity": table.polarity[shown],
                "leans": [[name] for name in name_leanings(lean(table.polarity[shown]))],
            },
            hide_index=True,
            column_config={
                "id": st.column_config.NumberColumn(tr("id"), format="%d", help=tr("The row of the embedding")),
                "token": st.column_config.TextColumn(
                    tr("token"), help=tr("## marks a piece that continues the piece before")
                ),
                "negative": st.column_config.NumberColumn(
                    tr("in negative"),
                    format="localized",
                    help=tr("How often it occurs in negative training reviews"),
                ),
                "positive": st.column_config.NumberColumn(
                    tr("in positive"),
                    format="localized",
                    help=tr("How often it occurs in positive training reviews"),
                ),
                "polarity": st.column_config.NumberColumn(
                    tr("polarity"),
                    format="%+.2f",
                    help=tr(
                        "Smoothed log-odds. Above 0, it occurs more in positive reviews: +0.7 is twice as often, "
                        "-0.7 half as often"
                    ),
                ),
                "leans": st.column_config.MultiselectColumn(
                    tr("leans"),
                    options=name_leanings(LEANINGS),
                    color=[POSITIVE, NEGATIVE, NEUTRAL],
                    help=tr("Positive above log-odds of 0.5, negative below -0.5; the colours of the other pages"),
                ),
            },
            alt=tr("Tokens found, with their counts in negative and positive reviews and their polarity"),
        )
    else:
        st.info(
            tr("No matching tokens. Type fewer letters, or choose tokens that contain them."),
            icon=":material/search_off:",
        )
