"""Words for a reader, in the reader's language: the only place that turns records, codes and numbers into sentences.

A message is written in English where it is used, as a literal with named placeholders, and looked up in the catalogue
of the current language (`ko/*.po`). A placeholder may have one of Python's format specs; numbers and lists are written
as the language writes them:

    from sentiment_core.messages import lazy, tr, tr_in, tr_plural

    st.caption(tr("Showing the first {shown} of {selected} words.", shown=40, selected=12000))
    st.metric(tr("Test accuracy"), percent(accuracy))              # messages.numbers: a number that stands alone
    tr("{share:.1%} of {count} reviews are longer", share=0.221, count=25000)    # 22.1% of 25,000 reviews ...
    tr("Choose one of {names:or}.", names=["rnn", "lstm", "gru"])               # rnn, lstm or gru
    tr_plural("{count} run", "{count} runs", len(runs))            # the count is a value too
    tr_in("a class of reviews", "positive")                        # one English word with two translations

Text that is kept (a table of labels, a field of a dataclass, whatever is made when a module is imported) is `lazy`:
`str` of it is the text in the language current at that time, and it may be a value of another message.

    LABELS = {"lstm": lazy("LSTM, one direction"), "bilstm": lazy("LSTM, both directions")}
    st.selectbox(tr("Network"), LABELS, format_func=lambda name: str(LABELS[name]))

An error takes the literal itself; `str(error)` is English for logs, `error.message()` is for the reader:

    raise RunError("{path} holds no run (no recipe.json). Name a folder that train wrote.", path=path)

A value is shown as it is: a text that a user typed is escaped by the page that shows the message.

The current language is the one of the innermost `in_language("ko")`, else what the resolver of `resolve_language_by`
answers (the pages' reads the reader's session), else English. **What a cache keeps must not hold words of one
language**: cache records and word them outside, or take `current_language()` as an argument of the cached function.

`python -m sentiment_core.messages.update` brings new messages into the catalogues; docs/translating.md has the terms.
"""

from sentiment_core.messages.language import LANGUAGES, current_language, in_language, resolve_language_by
from sentiment_core.messages.message import Message, lazy, lazy_in, lazy_plural, tr, tr_in, tr_plural

__all__ = [
    "LANGUAGES",
    "Message",
    "current_language",
    "in_language",
    "lazy",
    "lazy_in",
    "lazy_plural",
    "resolve_language_by",
    "tr",
    "tr_in",
    "tr_plural",
]
