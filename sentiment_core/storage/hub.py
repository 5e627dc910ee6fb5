"""Models of the Hugging Face Hub as local folders: safetensors only, and small enough for a small server.

Embeddings and classifiers are both loaded through this module, so they obey the same limits.
"""

from __future__ import annotations

import os
from pathlib import Path

from huggingface_hub import HfApi, snapshot_download
from huggingface_hub.errors import DisabledRepoError, HFValidationError, RepositoryNotFoundError

from sentiment_core.errors import ModelError

MOST_BYTES = 10**9  # of a model's weights, which are loaded whole
_WEIGHTS = "model*.safetensors"
_FILES = [_WEIGHTS, "*.json", "*.txt", "*.model"]  # weights, configuration, and tokenizer files
_BELOW = "*/*"  # subfolders hold the same model in other formats


def model_folder(name: str) -> Path:
    """The folder of a model whose weights may be loaded.

    name: a Hub id, or a folder. If the Hub cannot be reached, its copy in the local cache is used.
    Raises ModelError if there is no such model, it cannot be reached, it has no safetensors, or they exceed 1 GB.
    """
    path = os.path.expanduser(name)  # os.path accepts any text as a missing file
    if name.startswith((".", "/", "~")) or os.path.isdir(path):
        folder = Path(path)
        if not os.path.isdir(path):
            raise ModelError("No folder {name}. Check the path, or give a Hub id like owner/name.", name=name)
    else:
        folder = _fetch(name)
    _check_weights(name, [file.stat().st_size for file in folder.glob(_WEIGHTS)])
    return folder


def unreadable(name: str, error: Exception) -> ModelError:
    """An exception that transformers raised for another author's file, as one line."""
    reason = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
    return ModelError("transformers cannot read {name}: {reason}. Name another model.", name=name, reason=reason)


def _fetch(name: str) -> Path:
    """The folder of the Hub's model `name` in the local cache, downloaded if the Hub can be reached.

    A short request comes first: if the Hub does not answer, a download would retry for long. If it does, the answer
    gives the sizes of the files.
    """
    try:
        info = HfApi().model_info(name, timeout=5, files_metadata=True)
    except HFValidationError as error:
        raise ModelError("{name} is not a Hub id. Give one such as owner/name.", name=repr(name)) from error
    except (RepositoryNotFoundError, DisabledRepoError) as error:
        raise ModelError("The Hub has no open model {name}. Check its name.", name=name) from error
    except Exception:
        info = None
    if info is not None:
        files = {file.rfilename: file.size or 0 for file in info.siblings or []}
        _check_weights(name, [size for file, size in files.items() if Path(file).match(_WEIGHTS) and "/" not in file])
    try:
        path = snapshot_download(name, allow_patterns=_FILES, ignore_patterns=_BELOW, local_files_only=info is None)
        if info is None and not list(Path(path).glob(_WEIGHTS)):
            raise FileNotFoundError(f"{path} holds no weights")  # only its other files are cached
    except Exception as error:
        raise ModelError(
            "{name} is not on this machine and the Hub cannot be reached. Connect once so that it is cached.", name=name
        ) from error
    return Path(path)


def _check_weights(name: str, sizes: list[int]) -> None:
    """Raise ModelError unless safetensors files of these sizes in bytes can be loaded."""
    if not sizes:
        raise ModelError(
            "{name} has no weights as safetensors, and other formats can hold code. Name another.", name=name
        )
    if sum(sizes) > MOST_BYTES:
        raise ModelError(
            "The weights of {name} take {size:.1f} GB, more than {most:g}. Name a smaller one.",
            name=name,
            size=sum(sizes) / 1e9,
            most=MOST_BYTES / 1e9,
        )
