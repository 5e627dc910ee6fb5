"""Overview: what this is, the published runs at a glance, and a box that leads to the comparison."""

import streamlit as st

from pages.shared import resources
from pages.shared.layout import (
    corpus_header,
    errors_shown,
    plain,
    published_runs,
    setting_differences,
    show_setting_differences,
)
from pages.shared.site import HOME, NAME, PAGES
from pages.shared.text_box import address_of
from sentiment_core.analysis.comparison import listed
from sentiment_core.experiments.leaderboard import leaderboard, name_unfinished, title
from sentiment_core.experiments.reproduction.folder import load_baselines
from sentiment_core.runs.listing import is_control

corpus = corpus_header(
    NAME,
    HOME.description,
    """
Each network reads a review token by token and ends with one number, the log-odds that the review is positive. It was
trained on reviews labelled by their authors' star ratings and never saw the test reviews.

- **Test accuracy** is the share of test reviews it judges right. Guessing gives 50 %. **±** is two standard
  errors: how far the figure could move by the luck of which reviews are in the test split alone.
- **Without a network** stand what a network has to beat: the majority, and linear classifiers on the words, or runs
  of words, that occur in a review (`python -m sentiment_core reproduce --list` describes each).
- **Parameters** are the numbers training sets; most of a network's are the embedding, one vector for each token.
  The n-grams whose polarity the two best read are counted, not trained, and not among them.
- **Training time** leaves validation out; **tokens/s** is the speed: tokens read in a second of it. Both were taken on
  the machine named below the table.
""",
)

with st.form("try", border=False):
    text = st.text_area(
        "Type a review and see what each network makes of it",
        placeholder="I expected a dull sequel, but the second half won me over.",
        height=80,
    )
    submitted = st.form_submit_button("Compare the networks", type="primary", icon=":material/compare_arrows:")
if submitted:
    st.switch_page("pages/compare/one_review.py", query_params=address_of(text, "text"))

summaries = []
for run in published_runs(corpus).values():
    with errors_shown():
        summaries.append(resources.summary(run))

baselines = {}
with errors_shown():
    baselines = load_baselines(corpus.path)

# The bars are the table's own: a chart beside it would hold the first page up for most of a second.
st.dataframe(
    [
        {
            "system": row.name,
            "test accuracy": row.accuracy and 100 * row.accuracy,  # "percent" drops a last 0, and so moves the bar
            "±": row.standard_error and 2 * row.standard_error,
            "kind": "network" if row.network else "no network",
            "parameters": row.parameters,
            "training time": row.seconds and round(row.seconds),
            "tokens/s": row.tokens_per_second,
        }
        for row in leaderboard(summaries, baselines, corpus)
    ],
    row_height=44,
    height="content",
    placeholder="",
    column_config={
        "system": st.column_config.TextColumn(help="`python -m sentiment_core presets` describes each network"),
        "test accuracy": st.column_config.ProgressColumn(
            "test accuracy (bar from 50 %)", format="%.2f%%", min_value=50, max_value=100, width=190
        ),
        "±": st.column_config.NumberColumn(format="percent", help="Two standard errors of the test accuracy"),
        "parameters": st.column_config.NumberColumn(format="localized"),
        "training time": st.column_config.NumberColumn("training time (s)", format="localized"),
        "tokens/s": st.column_config.NumberColumn(format="compact", help="Tokens read in a second of training"),
    },
    alt="Test accuracy, parameters, training time and speed of each network, and of classifiers without one",
)
controls = [title(row.run) for row in summaries if is_control(row.run)]
if controls:
    st.caption(plain(f"Not on the leaderboard: {listed(controls)}."))
compared = [row.run for row in summaries if not is_control(row.run)]
if len(compared) > 1:
    show_setting_differences(setting_differences(compared))
for sentence in filter(None, (name_unfinished(row.run) for row in summaries)):
    st.caption(plain(sentence))
for machine in dict.fromkeys(row.machine for row in summaries):
    st.caption(f"Training time and speed: {machine}.")

st.subheader("What to look at", anchor=False)
tour = [page for page in PAGES if page is not HOME]
for column, page in zip(st.columns(len(tour)), tour, strict=True):
    with column:
        st.page_link(page.script, label=page.title, icon=":material/arrow_forward:")
        st.caption(page.description)
