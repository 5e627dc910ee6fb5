"""Lotteries for tests. The test itself stands in for the supervisor, so that no job is trained."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sentiment_core.jobs.layout import JOBS, SUPERVISOR
from sentiment_core.jobs.lottery import Lottery, Ticket, open_lottery, run_folder
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.storage.locks import hold
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.reviews import Reading


@contextmanager
def supervised(root: Path) -> Iterator[None]:
    """A block in which nobody starts a supervisor for jobs below `root`, because one seems to be there."""
    (root / JOBS).mkdir(parents=True, exist_ok=True)
    with hold(root / JOBS / SUPERVISOR, lazy("A supervisor works.")):
        yield


def toy_lottery(root: Path, corpus: Path, most: int = 10, names: tuple[str, ...] = ("rnn",)) -> Lottery:
    """A lottery on the reviews of a corpus folder, with a recipe for each name."""
    place = root / "trained" / load_corpus(corpus).fingerprint
    networks = tuple(Network(name, Recipe("tiny").change(cell="gru")) for name in names)
    return open_lottery(root, TrainingRequest(networks, Reading("toy"), str(place), card=str(corpus)), most)


def finish(lottery: Lottery, ticket: Ticket, corpus: Path, turned: int = 0, epochs: int | None = None) -> Path:
    """Leave the run of a ticket as its job would: a copy of the corpus's run `tiny`.

    turned: test reviews on which its verdict is turned around, so that its test accuracy differs.
    epochs: if given, the run has come so far and still trains.
    """
    import pyarrow.parquet as pq

    folder = run_folder(lottery, ticket)
    if not folder.parent.exists():
        shutil.copytree(corpus, folder.parent, ignore=shutil.ignore_patterns("tiny"))
    shutil.copytree(corpus / "tiny", folder)
    about = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
    about["recipe"]["seed"] = ticket.seed
    if epochs is not None:
        about["status"] = "running"
        (folder / "test.parquet").unlink()
    (folder / "recipe.json").write_text(json.dumps(about), encoding="utf-8")
    if turned:
        table = pq.read_table(folder / "test.parquet")
        logits = table["logit"].to_numpy().copy()
        right = (logits > 0) == (table["label"].to_numpy() == 1)
        places = right.nonzero()[0][:turned]
        logits[places] *= -1
        column = table.schema.get_field_index("logit")
        pq.write_table(table.set_column(column, table.schema.field("logit"), [logits]), folder / "test.parquet")
    return folder
