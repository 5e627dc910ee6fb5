"""Reads data sets of the Hugging Face Hub, or their copies in the local cache. `sources` reads files and folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sentiment_core.errors import DataError
from sentiment_core.text.columns import no_column, pick_columns
from sentiment_core.text.entries import split_name
from sentiment_core.text.sources import UNLABELLED, Part, Source
from sentiment_core.text.table import Form, Table, as_text, name_classes

if TYPE_CHECKING:
    import datasets


def read_hub(hub_id: str, form: Form, unlabelled: bool = False) -> Source:
    """The splits of a Hub data set. Raises DataError, which says what to do, if it cannot be loaded."""
    loaded = _load(hub_id)
    names = {split: split_name(split) for split in loaded}
    wanted = [split for split, name in names.items() if name and (unlabelled or name != UNLABELLED)]
    parts: dict[str, Part] = {}
    for split in wanted:
        parts.setdefault(str(names[split]), _read(loaded[split], form, f"{hub_id} ({split})", split))
    return Source(parts, tuple(split for split, name in names.items() if name is None))


def _read(rows: datasets.Dataset, form: Form, where: str, split: str) -> Part:
    columns = rows.column_names
    picked = pick_columns(columns, form.text_column, form.label_column, where)

    def column(place: int) -> list[str | None]:
        return [as_text(value, row, where) for row, value in enumerate(rows[columns[place]][:], start=1)]

    texts = column(picked.text[0])
    for place in picked.text[1:]:
        texts = [" ".join(filter(None, pair)) or None for pair in zip(texts, column(place), strict=True)]
    if picked.label is None:
        table = Table(texts, None, no_column(columns, form.label_column or "label", where), guessed=picked.guessed)
        return Part(table, (split,))
    feature: Any = rows.features[columns[picked.label]]  # a ClassLabel stores numbers and their names
    table = Table(texts, column(picked.label), guessed=picked.guessed)
    return Part(name_classes(table, getattr(feature, "names", None) or ()), (split,))


def _load(hub_id: str) -> datasets.DatasetDict:
    """The Hub's data set, or its copy in the local cache.

    A short request comes first: if the Hub does not answer, datasets would retry for 23 s.
    """
    import datasets  # takes a second to import, and no page needs it
    from huggingface_hub import HfApi, constants
    from huggingface_hub.errors import DisabledRepoError, HFValidationError, RepositoryNotFoundError

    datasets.disable_progress_bars()
    datasets.logging.set_verbosity(datasets.logging.CRITICAL)  # its messages are reported in one line below
    offline = constants.HF_HUB_OFFLINE, datasets.config.HF_HUB_OFFLINE
    try:
        HfApi().dataset_info(hub_id, timeout=5)
    except HFValidationError as error:
        raise DataError(
            "{name!r} is not a Hub id. Give one such as owner/name, a folder, a file, imdb, korean or toy.", name=hub_id
        ) from error
    except (RepositoryNotFoundError, DisabledRepoError) as error:
        raise DataError(
            "The Hub has no open data set {name}. Check its name on the Hub, or pass a folder.", name=hub_id
        ) from error
    except Exception:
        constants.HF_HUB_OFFLINE = datasets.config.HF_HUB_OFFLINE = True
    try:
        return datasets.load_dataset(hub_id)
    except ConnectionError as error:
        raise DataError(
            "{name} is not on this machine and the Hub cannot be reached. Connect once so that it is cached, pass a "
            "folder, or use korean or toy.",
            name=hub_id,
        ) from error
    except Exception as error:
        reason = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
        raise DataError(
            "Cannot read {name}: {reason}. Download its files and give their folder.", name=hub_id, reason=reason
        ) from error
    finally:
        constants.HF_HUB_OFFLINE, datasets.config.HF_HUB_OFFLINE = offline
