"""Which reviews the page is about: a file from the browser, one that was brought before, an example, or a Hub id."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.learn.own_data_parts.problems import problems_kept, show_problem
from pages.shared import own_data, uploads
from pages.shared.layout import plain
from pages.shared.upload_examples import EXAMPLES, example_file
from pages.shared.uploads import Upload
from sentiment_core.messages import lazy, tr
from sentiment_core.messages.numbers import number

CHOSEN = "upload"  # in the address
HUB = "hub_data"  # in the address
_EXAMPLE = "stanfordnlp/imdb"
_BOX = "own_data.box"  # in the session: number of the box for files; a new number makes it empty


def chosen_data() -> Upload | str | None:
    """Show what files there are and how to bring one. Returns the file or Hub id that the address names, if any."""
    asked = st.query_params.get(CHOSEN, "")
    chosen = uploads.find(asked) if asked else None
    if asked and chosen is None:
        gone = lazy("This file is not here: it was deleted, or it belongs to another visitor. Choose another.")
        st.warning(plain(str(gone)), icon=":material/warning:")
    title = tr("Bring another file") if chosen else tr("Bring a file")
    with st.expander(title, expanded=chosen is None, icon=":material/upload_file:"):
        name = _bring()
    show_problem()
    if chosen is not None:
        _describe(chosen)
    return chosen or name or None


def _bring() -> str:
    """The box for a file, the Hub's data sets, what was brought before, and the examples. Returns a Hub id, or ""."""
    limits = uploads.limits()
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=520):
            number_of_box = st.session_state.setdefault(_BOX, 0)
            st.file_uploader(
                tr("A file with a text and a label in each row"),
                key=f"{_BOX}.{number_of_box}",
                max_upload_size=limits.upload_megabytes,
                on_change=_take,
            )
            st.caption(
                tr(
                    "CSV, TSV, JSON lines, Parquet, Excel, text, or a zip of folders pos and neg; at most {most} MB "
                    "and {rows} rows. It stays on the machine that serves this page and is deleted after {hours} "
                    "hours.",
                    most=limits.upload_megabytes,
                    rows=limits.upload_rows,
                    hours=number(limits.upload_hours),
                )
            )
        with st.container(width=380):
            name = _name_hub_data()
            _choose_mine()
    _offer_examples()
    return name


def _take() -> None:
    """Keep the file that the browser sent, and show an empty box again."""
    file = st.session_state.get(f"{_BOX}.{st.session_state[_BOX]}")
    st.session_state[_BOX] += 1
    if file is not None:
        with problems_kept():
            _choose(uploads.take(file))


def _choose(upload: Upload) -> None:
    st.query_params[CHOSEN] = upload.id
    st.session_state[HUB] = ""


def _name_hub_data() -> str:
    """A box for the id of a data set on the Hub."""
    return st.text_input(
        tr("Or a data set of the Hub"),
        key=HUB,
        bind="query-params",
        max_chars=200,
        placeholder=_EXAMPLE,
        on_change=_leave_file,
        help=tr("Its id, like owner/name. The server downloads it once."),
    ).strip()


def _leave_file() -> None:
    st.query_params.pop(CHOSEN, None)


def _choose_mine() -> None:
    """Buttons for the files that this visitor has brought."""
    found = uploads.mine()
    if found:
        st.caption(tr("Your files"))
        with st.container(horizontal=True, gap="xsmall"):
            for upload in found:
                st.button(
                    plain(upload.name),
                    key=f"own_data.mine.{upload.id}",
                    icon=":material/description:",
                    on_click=_choose,
                    args=(upload,),
                )


def _offer_examples() -> None:
    """Two files to try the page with."""
    st.caption(tr("No file at hand? Try one of these."))
    with st.container(horizontal=True, gap="medium"):
        for code, example in EXAMPLES.items():
            with st.container(border=True, width=380):
                st.markdown(f"**{plain(str(example.title))}**")
                st.caption(plain(str(example.about)))
                with st.container(horizontal=True, gap="small"):
                    st.button(tr("Try it"), key=f"own_data.try.{code}", on_click=_try_example, args=(code,))
                    st.download_button(
                        tr("Download"),
                        partial(example_file, code),
                        file_name=example.name,
                        mime="text/csv",
                        key=f"own_data.example.{code}",
                        icon=":material/download:",
                        on_click="ignore",
                    )


def _try_example(code: str) -> None:
    """Bring an example as if the visitor had uploaded it; the same one is not brought twice."""
    name = EXAMPLES[code].name
    known = next((upload for upload in uploads.mine() if upload.name == name), None)
    with problems_kept():
        _choose(known or uploads.keep(name, example_file(code)))


def _describe(upload: Upload) -> None:
    """What the chosen file is, until when it is kept, and a button that deletes it at once."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f":material/description: **{plain(upload.name)}**", width="content")
        st.markdown(plain(uploads.kept_until(upload)), width="content")
        st.button(
            tr("Delete it now"),
            key="own_data.delete",
            icon=":material/delete:",
            type="tertiary",
            on_click=_delete,
            args=(upload,),
            help=tr("The file and all that was read from it. What was trained on it stays."),
        )


def _delete(upload: Upload) -> None:
    uploads.delete(upload)
    own_data.forget()
    st.query_params.pop(CHOSEN, None)
