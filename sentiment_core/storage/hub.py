"""Models of the Hugging Face Hub as folders on this machine: safetensors alone, and no more than fits a small server.

What reads an embedding and what reads a classifier take a model from here, so that both keep to the same limits.
"""

from __future__ import annotations

import os
from pathlib import Path

from huggingface_hub import HfApi, snapshot_download
from huggingface_hub.errors import DisabledRepoError, HFValidationError, RepositoryNotFoundError

from sentiment_core.errors import ModelError

MOST_BYTES = 10**9  # of a model's weights, which are read whole
_WEIGHTS = "model*.safetensors"
_FILES = [_WEIGHTS, "*.json", "*.txt", "*.model"]  # weights, configuration, and what tokenizers are made of
_BELOW = "*/*"  # the same model in other formats lies in folders of the repository


def model_folder(name: str) -> Path:
    """The folder of a model whose weights may be read.

    name: a Hub id, or a folder. The Hub's copy in the local cache serves where the Hub cannot be reached.
    Raises ModelError where there is no such model, it cannot be reached, it has no safetensors, or they fill more than
    1 GB.
    """
    path = os.path.expanduser(name)  # os.path, which takes any text for a name that is not there
    if name.startswith((".", "/", "~")) or os.path.isdir(path):
        folder = Path(path)
        if not os.path.isdir(path):
            raise ModelError("No folder {name}. Check the path, or give a Hub id like owner/name.", name=name)
    else:
        folder = _fetch(name)
    _check_weights(name, [file.stat().st_size for file in folder.glob(_WEIGHTS)])
    return folder


def unreadable(name: str, error: Exception) -> ModelError:
    """What a file of somebody else's makes transformers raise, as one line."""
    reason = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
    return ModelError("transformers cannot read {name}: {reason}. Name another model.", name=name, reason=reason)


def _fetch(name: str) -> Path:
    """The folder in the local cache of the Hub's model `name`, downloaded where the Hub can be reached.

    A short question comes first: where the Hub does not answer, a download would try again for long, and where it does,
    the answer says how large the files are.
    """
    try:
        info = HfApi().model_info(name, timeout=5, files_metadata=True)
    except HFValidationError as error:
        raise ModelError("{name} is no Hub id. Give one like owner/name.", name=repr(name)) from error
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
            raise FileNotFoundError(f"{path} holds no weights")  # somebody cached the rest of it
    except Exception as error:
        raise ModelError(
            "{name} is not on this machine and the Hub cannot be reached. Connect once so that it is cached.", name=name
        ) from error
    return Path(path)


def _check_weights(name: str, sizes: list[int]) -> None:
    """Raise ModelError unless safetensors files of these sizes in bytes can be read."""
    if not sizes:
        raise ModelError(
            "{name} has no weights as safetensors, and other formats can hold code. Name another.", name=name
        )
    if sum(sizes) > MOST_BYTES:
        raise ModelError(
            "The weights of {name} fill {size:.1f} GB, more than {most:g}. Name a smaller one.",
            name=name,
            size=sum(sizes) / 1e9,
            most=MOST_BYTES / 1e9,
        )
