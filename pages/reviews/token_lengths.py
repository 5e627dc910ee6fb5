"""Token lengths: the lengths of the reviews, what a max length cuts off, and what padding costs."""

import streamlit as st

from pages.shared import resources
from pages.shared.address import choice
from pages.shared.charts import show_figure
from pages.shared.layout import corpus_header, errors_shown
from pages.shared.text_box import text_box
from sentiment_core.classifiers.tokens import view_text
from sentiment_core.figures.token_lengths import draw_lengths
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import percent

SPLITS = {"train": lazy("train"), "valid": lazy("valid"), "test": lazy("test"), "all": lazy("all")}
LABELS = {"all": lazy("all"), "negative": lazy("negative"), "positive": lazy("positive")}
BATCH_SIZES = [8, 16, 32, 64, 128, 256]

corpus = corpus_header(
    tr("Token lengths"),
    tr("How many tokens the reviews have, and what is lost and saved by reading only the first ones."),
    tr(
        """
A network reads a review as **tokens**. Frequent words are whole tokens, rare words are split into pieces, and each
punctuation mark is a token. The line break `<br />`, which is common in IMDB's reviews, is first replaced by a space.
Otherwise it would be four tokens (`<`, `br`, `/`, `>`), in total 5% of IMDB's training tokens.

- **Height** is the share of a label's reviews in a bin, so that splits of any size can be compared. All bins are
  equally wide, except for the last one, which is set apart and holds every longer review.
- **Why cut?** A recurrent network reads one token after another, so the longest review of a batch determines its
  time. A **max length** keeps the first tokens of a review and drops the rest. The networks published for IMDB read 400
  tokens, the two most accurate ones 1,000.
- **What cutting costs:** a review longer than the limit loses its end, which often contains the verdict.
- **Why bucket?** The reviews of a batch form a rectangle, so shorter ones are filled up with **padding**, which is
  computed and then discarded. In a *random* batch, one long review lengthens all the others. A *bucketed* batch holds
  reviews of similar length: the reviews of many batches are drawn at random, sorted by length, and split into batches.
"""
    ),
)

with errors_shown():
    longest = int(resources.length_summary(corpus, "all").edges[-1])
    step = max(longest // 100, 1)
    controls = st.columns([10, 11, 6, 12], gap="medium")
    split = choice(controls[0].segmented_control, tr("Split"), SPLITS, key="length_split", required=True)
    max_length = controls[1].slider(
        tr("Max length, in tokens"), step, longest, min(400, longest), step, key="max_length", bind="query-params"
    )
    batch_size = controls[2].selectbox(
        tr("Reviews in a batch"), BATCH_SIZES, 2, key="length_batch", bind="query-params"
    )
    with controls[3]:
        text = text_box(tr("How long is your text?"), "length_text", height=68)

    summary = resources.length_summary(corpus, split)
    own = None
    with controls[3], errors_shown():
        if text:
            own = len(view_text(text, resources.tokenizer(corpus.path / "tokenizer.json"), max_length).ids)
            st.markdown(
                tr_plural(
                    "**{count} token**: longer than {share:.1%} of these reviews",
                    "**{count} tokens**: longer than {share:.1%} of these reviews",
                    own,
                    share=summary.share_shorter(own),
                )
            )
    cut = summary.cut(max_length)
    padding = resources.padding(corpus, split, max_length, batch_size)

    picture, figures = st.columns([4, 1], gap="medium")
    with picture:
        show_figure(
            draw_lengths(summary, max_length, own),
            key="lengths",
            alt=tr(
                "Tokens in a review, by label; {share:.1%} of the reviews have more than {max_length}",
                share=cut.reviews,
                max_length=max_length,
            ),
        )
    figures.metric(
        tr("Reviews cut"), percent(cut.reviews), help=tr("Share of this split's reviews that have more tokens")
    )
    figures.metric(
        tr("Tokens lost"), percent(cut.tokens), help=tr("Share of this split's tokens that are beyond the max length")
    )
    figures.metric(
        tr("Padding, random batches"),
        percent(padding.random),
        help=tr("Share of an epoch's positions that are padding if the reviews of a batch are drawn at random"),
    )
    figures.metric(
        tr("Padding, bucketed batches"),
        percent(padding.bucketed),
        help=tr("The same with reviews of similar length in a batch, as the networks here are trained"),
    )

    st.header(tr("Statistics"), anchor=False)
    table = [
        {"reviews": str(LABELS[name]), "number": row.reviews, "mean": row.mean}
        | {f"{rank}": round(value) for rank, value in row.percentiles.items()}
        | {"longest": row.longest}
        for name, row in summary.statistics.items()
    ]
    ranks = {
        f"{rank}": tr("median") if rank == 50 else percent(rank / 100, 0)
        for rank in summary.statistics["all"].percentiles
    }
    headings = {"number": tr("number of reviews"), **ranks, "longest": tr("longest")}
    st.dataframe(
        table,
        column_config={
            name: st.column_config.NumberColumn(heading, format="localized") for name, heading in headings.items()
        }
        | {
            "reviews": tr("reviews"),
            "mean": st.column_config.NumberColumn(
                tr("mean"), format="%.1f", help=tr("Mean number of tokens in a review")
            ),
        },
        alt=tr("Mean, median and percentiles of the number of tokens in a review, by label"),
    )
