"""Token lengths: how long the reviews are, what a max length cuts, and what padding costs there."""

import streamlit as st

from pages.shared import resources
from pages.shared.charts import show_figure
from pages.shared.layout import corpus_header, errors_shown
from pages.shared.text_box import text_box
from sentiment_core.classifiers.tokens import view_text
from sentiment_core.figures.token_lengths import draw_lengths
from sentiment_core.messages.numbers import percent

SPLITS = ["train", "valid", "test", "all"]
BATCH_SIZES = [8, 16, 32, 64, 128, 256]

corpus = corpus_header(
    "Token lengths",
    "How many tokens the reviews have, and what is lost and what is saved by reading only the first ones.",
    """
A network reads a review as **tokens**: frequent words whole, rare ones in pieces, and each punctuation mark. The line
break `<br />`, of which IMDB's reviews are full, is turned into a space first, so it is no token. Left in, it would be
four (`<`, `br`, `/`, `>`), in all 5 % of IMDB's training tokens.

- **Height** is the share of a label's reviews in a bin, so that splits of any size compare. All bins are equally wide
  but the last, set apart, which holds every longer review.
- **Why cut?** A recurrent network reads one token after another, so the longest review of a batch sets its time. A
  **max length** keeps the first tokens of a review and drops the rest. The networks
  published for IMDB read 400, the two most accurate 1,000.
- **What cutting costs:** every review longer than the line loses its end, which is often where the verdict stands.
- **Why bucket?** The reviews of a batch form a rectangle, so shorter ones are filled up with **padding**, which is
  computed and thrown away. In *random* batches one long review stretches all. *Bucketed* batches hold reviews of like
  length: many batches are drawn at random, sorted by length, and cut into batches again.
""",
)

with errors_shown():
    longest = int(resources.length_summary(corpus, "all").edges[-1])
    step = max(longest // 100, 1)
    controls = st.columns([3, 4, 2, 4], gap="medium")
    split = controls[0].segmented_control(
        "Split", SPLITS, default="train", required=True, key="length_split", bind="query-params"
    )
    max_length = controls[1].slider(
        "Max length, in tokens", step, longest, min(400, longest), step, key="max_length", bind="query-params"
    )
    batch_size = controls[2].selectbox("Reviews in a batch", BATCH_SIZES, 2, key="length_batch", bind="query-params")
    with controls[3]:
        text = text_box("Where does a text of your own fall?", "length_text", height=68)

    split = split or SPLITS[0]  # an empty parameter in the address clears even a required choice
    summary = resources.length_summary(corpus, split)
    own = None
    with controls[3], errors_shown():
        if text:
            own = len(view_text(text, resources.tokenizer(corpus.path / "tokenizer.json"), max_length).ids)
            tokens = f"{own:,} token{'s' if own > 1 else ''}"
            st.markdown(f"**{tokens}**: longer than {percent(summary.share_shorter(own))} of these reviews")
    cut = summary.cut(max_length)
    padding = resources.padding(corpus, split, max_length, batch_size)

    picture, figures = st.columns([4, 1], gap="medium")
    with picture:
        show_figure(
            draw_lengths(summary, max_length, own),
            key="lengths",
            alt=f"Tokens in a review, by label; {percent(cut.reviews)} of the reviews have more than {max_length}",
        )
    figures.metric("Reviews cut", percent(cut.reviews), help="Share of this split's reviews that have more tokens")
    figures.metric(
        "Tokens lost", percent(cut.tokens), help="Share of this split's tokens that lie beyond the max length"
    )
    figures.metric(
        "Padding, random batches",
        percent(padding.random),
        help="Share of an epoch's positions that hold padding, with the reviews of a batch drawn at random",
    )
    figures.metric(
        "Padding, bucketed batches",
        percent(padding.bucketed),
        help="The same with reviews of like length together, as the networks here are trained",
    )

    st.subheader("In figures", anchor=False)
    table = [
        {"reviews": name, "number": row.reviews, "mean": row.mean}
        | {("median" if rank == 50 else f"{rank} %"): round(value) for rank, value in row.percentiles.items()}
        | {"longest": row.longest}
        for name, row in summary.statistics.items()
    ]
    st.dataframe(
        table,
        column_config={
            name: st.column_config.NumberColumn(format="localized") for name in table[0] if name != "reviews"
        }
        | {"mean": st.column_config.NumberColumn(format="%.1f", help="Tokens a review, on average")},
        alt="Mean, median and percentiles of tokens a review, by label",
    )
