"""Overview: an introduction, the leaderboard of the published runs, and a box that leads to the comparison."""

import streamlit as st

from pages.home.seed_dots import show_seed_dots
from pages.shared import resources
from pages.shared.layout import corpus_header, errors_shown, plain, published_runs, show_setting_differences
from pages.shared.lesson_cards import first_lesson, lesson_card
from pages.shared.run_words import progress, title
from pages.shared.site import HOME, PAGES, app_name
from pages.shared.text_box import address_of
from pages.shared.trained_runs import is_pinned, is_trained_here
from sentiment_core.analysis.comparison import setting_differences
from sentiment_core.experiments.leaderboard import leaderboard
from sentiment_core.experiments.reproduction.folder import load_baselines
from sentiment_core.messages import tr
from sentiment_core.runs.card import trained_on
from sentiment_core.runs.listing import is_control

IN_A_ROW = 5  # pages of the tour
NEWEST = 8  # runs trained here that are ranked at once, besides the pinned ones

corpus = corpus_header(
    plain(app_name()),
    HOME.description,
    tr(
        """
Each network reads a review token by token and returns one number, the log-odds that the review is positive. It was
trained on reviews labelled by their authors' star ratings. It never saw the test reviews.

- **Test accuracy** is the share of test reviews that are classified correctly. Guessing gives 50%. **±** is two
  standard errors: how much the accuracy could change if other reviews were in the test split.
- **Baselines** have no network: the majority class, and linear classifiers on the words or n-grams of a review
  (`python -m sentiment_core reproduce --list` describes each). A network should be better than they are.
- **Parameters** are the numbers that training sets. Most of a network's parameters are its embedding, which has one
  vector for each token. The two most accurate networks also read the polarity of n-grams; it is counted, not trained,
  and not included here.
- Runs that were **trained here**, on *Train*, are ranked too: yours, and those that were pinned for everybody.
- **Training time** does not include validation. **Tokens/s** is the number of tokens read in a second of training. Both
  were measured on the machine named below the table.
"""
    ),
)

if (lesson := first_lesson()) is not None:
    lesson_card(lesson, height="content")

with st.form("try", border=False):
    text = st.text_area(
        tr("Type a review and see what each network says about it"),
        placeholder=tr("I expected a dull sequel, but the second half won me over."),
        height=80,
    )
    submitted = st.form_submit_button(tr("Compare the networks"), type="primary", icon=":material/compare_arrows:")
if submitted:
    address = st.query_params.to_dict() | address_of(text, "text")  # the corpus and the language stay
    st.switch_page("pages/compare/one_review.py", query_params=address)

runs = published_runs(corpus)
here = [name for name, run in runs.items() if is_trained_here(run.path) and not is_pinned(run.path)]  # newest first
everything = len(here) <= NEWEST or st.toggle(
    tr("All {count} runs that were trained here, not only the newest {shown}", count=len(here), shown=NEWEST),
    key="trained",
    bind="query-params",
)
left_out = set() if everything else set(here[NEWEST:])
summaries = []
for name, run in runs.items():
    if name not in left_out:
        with errors_shown():
            summaries.append(resources.summary(run))

baselines = {}
with errors_shown():
    baselines = load_baselines(corpus.path)

NETWORK, BASELINE = tr("network"), tr("baseline")
# The bars are in the table, because a separate chart would delay the first page by almost a second.
st.dataframe(
    [
        {
            "system": title(row.run) if row.run else row.name,
            "accuracy": row.accuracy and 100 * row.accuracy,  # "percent" drops a final 0, which shifts the bar
            "±": row.standard_error and 200 * row.standard_error,
            "kind": NETWORK if row.run else BASELINE,
            "parameters": row.parameters,
            "seconds": row.seconds and round(row.seconds),
            "tokens/s": row.tokens_per_second,
        }
        for row in leaderboard(summaries, baselines, corpus)
    ],
    row_height=44,
    height="content",
    placeholder="",
    column_config={
        "system": st.column_config.TextColumn(
            tr("system"), help=tr("`python -m sentiment_core presets` describes each network")
        ),
        "accuracy": st.column_config.ProgressColumn(
            tr("test accuracy (bar from 50%)"), format="%.2f%%", min_value=50, max_value=100, width=190
        ),
        "±": st.column_config.NumberColumn(format="%.2f%%", help=tr("Two standard errors of the test accuracy")),
        "kind": st.column_config.TextColumn(tr("kind")),
        "parameters": st.column_config.NumberColumn(tr("parameters"), format="localized"),
        "seconds": st.column_config.NumberColumn(tr("training time (s)"), format="localized"),
        "tokens/s": st.column_config.NumberColumn(
            tr("tokens/s"), format="compact", help=tr("Tokens read in a second of training")
        ),
    },
    alt=tr("Test accuracy, parameters, training time and speed of each network and baseline"),
)
with errors_shown():
    show_seed_dots([row for row in summaries if not is_control(row.run)], resources.seeds(corpus))
controls = [title(row.run) for row in summaries if is_control(row.run)]
if controls:
    st.caption(plain(tr("Not on the leaderboard: {names:and}.", names=controls)))
compared = [row.run for row in summaries if not is_control(row.run) and row.run.name not in here]
if len(compared) > 1:
    show_setting_differences(setting_differences(compared))
for sentence in filter(None, (progress(row.run) for row in summaries)):
    st.caption(plain(sentence))
for machine in dict.fromkeys(trained_on(row.run) for row in summaries):
    st.caption(plain(tr("Training time and speed: {machine}.", machine=machine)))

st.header(tr("What to look at"), anchor=False)
tour = [page for page in PAGES if page is not HOME]
for start in range(0, len(tour), IN_A_ROW):
    for column, page in zip(st.columns(IN_A_ROW), tour[start : start + IN_A_ROW], strict=False):
        with column:
            st.page_link(page.script, label=page.title, icon=":material/arrow_forward:")
            st.caption(page.description)
