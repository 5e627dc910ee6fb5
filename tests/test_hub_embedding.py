"""Another model's word embedding, loaded from safetensors only: from a folder, and from the cache while offline."""

import json
import shutil
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from sentiment_core.analysis.drift.snapshot import project_snapshot
from sentiment_core.errors import ModelError
from sentiment_core.storage import hub as storage_hub
from sentiment_core.text.corpus import TokenTable, token_polarity

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "great", "awful", "movie", "film", "##ly", "##s"]
SHA = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def hub():
    import sentiment_core.hub

    return sentiment_core.hub


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT with 13 tokens and width 8, saved by transformers. Read only: change a copy."""
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("models") / "tiny-bert"
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}
    torch.manual_seed(0)
    BertModel(BertConfig(vocab_size=16, max_position_embeddings=8, **sizes)).save_pretrained(folder)  # 3 unused rows
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    assert (folder / "model.safetensors").exists()
    return folder


@pytest.fixture
def copy(tiny_bert: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_bert, tmp_path / "model"))


@pytest.fixture
def cached(tiny_bert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same model as `owner/tiny` in a separate cache, in the layout of the Hub's client; returns its snapshot."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")  # nothing listens there, so it refuses to connect
    model = tmp_path / "cache" / "models--owner--tiny"
    (model / "refs").mkdir(parents=True)
    (model / "refs" / "main").write_text(SHA, encoding="utf-8")
    return Path(shutil.copytree(tiny_bert, model / "snapshots" / SHA))


def refused(hub, name: str) -> str:
    with pytest.raises(ModelError) as caught:
        hub.load_embedding(name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def weights(folder: Path) -> np.ndarray:
    from safetensors.numpy import load_file

    return load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]


def test_tokens_and_rows_of_a_folder(hub, tiny_bert: Path):
    tokens, matrix = hub.load_embedding(str(tiny_bert))
    assert tokens.tolist() == WORDS
    assert (matrix.shape, matrix.dtype) == ((13, 8), np.float32)
    np.testing.assert_array_equal(matrix, weights(tiny_bert)[:13])


def test_narrow_weights_are_widened(hub, copy: Path, tiny_bert: Path):
    from transformers import AutoModel

    AutoModel.from_pretrained(copy, dtype=torch.bfloat16).save_pretrained(copy)
    _, matrix = hub.load_embedding(str(copy))
    assert matrix.dtype == np.float32
    np.testing.assert_allclose(matrix, weights(tiny_bert)[:13], rtol=2**-8)
    assert not np.array_equal(matrix, weights(tiny_bert)[:13])


def test_weights_in_several_files(hub, copy: Path, tiny_bert: Path):
    from transformers import AutoModel

    AutoModel.from_pretrained(copy).save_pretrained(copy, max_shard_size="1KB")
    (copy / "model.safetensors").unlink(missing_ok=True)
    assert len(list(copy.glob("model-*.safetensors"))) > 1
    np.testing.assert_array_equal(hub.load_embedding(str(copy))[1], weights(tiny_bert)[:13])


def test_byte_level_tokens_are_spelt_as_words(hub, tmp_path: Path):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import GPT2Config, GPT2Model, PreTrainedTokenizerFast

    vocabulary = {"<|endoftext|>": 0, "Ġgood": 1, "good": 2, "ĠcafÃ©": 3, "ly": 4, "Ġ": 5}
    tokenizer = Tokenizer(models.BPE(vocabulary, []))
    tokenizer.pre_tokenizer, tokenizer.decoder = pre_tokenizers.ByteLevel(), decoders.ByteLevel()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|endoftext|>").save_pretrained(tmp_path)
    GPT2Model(GPT2Config(vocab_size=6, n_embd=4, n_layer=1, n_head=1, n_positions=8)).save_pretrained(tmp_path)
    tokens, matrix = hub.load_embedding(str(tmp_path))
    assert tokens.tolist() == ["<|endoftext|>", "good", "##good", "café", "##ly", "Ġ"]
    assert matrix.shape == (6, 4)


def test_offline_the_cache_serves(hub, cached: Path, tiny_bert: Path):
    started = time.perf_counter()
    tokens, matrix = hub.load_embedding("owner/tiny")
    assert time.perf_counter() - started < 10
    assert tokens.tolist() == WORDS
    np.testing.assert_array_equal(matrix, weights(tiny_bert)[:13])


def test_offline_and_not_cached(hub, cached: Path):
    expected = "is not on this machine and the Hub cannot be reached. Connect once so that it is cached"
    assert f"owner/other {expected}" in refused(hub, "owner/other")
    (cached / "model.safetensors").unlink()  # as if only the tokenizer had been downloaded
    assert f"owner/tiny {expected}" in refused(hub, "owner/tiny")


def answer(hub, monkeypatch: pytest.MonkeyPatch, **sizes: int) -> list[str]:
    """Make the Hub answer with files of these sizes; downloads are recorded."""
    files = [SimpleNamespace(rfilename=name.replace("__", "/") + ".safetensors", size=sizes[name]) for name in sizes]
    monkeypatch.setattr(storage_hub.HfApi, "model_info", lambda *_, **__: SimpleNamespace(siblings=files))
    downloaded: list[str] = []
    monkeypatch.setattr(storage_hub, "snapshot_download", lambda name, **_: downloaded.append(name) or "/nowhere")
    return downloaded


def test_too_large_or_without_safetensors_is_refused_before_anything_is_downloaded(hub, monkeypatch):
    downloaded = answer(hub, monkeypatch, model=1_200_000_000)
    assert "The weights of owner/large take 1.2 GB, more than 1." in refused(hub, "owner/large")
    downloaded += answer(hub, monkeypatch, onnx__model=10)
    assert "has no weights as safetensors" in refused(hub, "owner/onnx")
    assert downloaded == []


def test_an_id_that_the_hub_does_not_know(hub, monkeypatch):
    from huggingface_hub.errors import RepositoryNotFoundError

    def unknown(*_: object, **__: object) -> None:
        raise RepositoryNotFoundError("404\nand more lines", response=SimpleNamespace(headers={}, request=None))

    monkeypatch.setattr(storage_hub.HfApi, "model_info", unknown)
    assert "The Hub has no open model nobody/none." in refused(hub, "nobody/none")


@pytest.mark.parametrize("name", ["", "a b", "a/b/c", "x" * 300, "\x00", "<script>"])
def test_what_is_no_id(hub, name: str):
    assert "is not a Hub id. Give one such as owner/name" in refused(hub, name)


@pytest.mark.parametrize("name", ["./missing", "/nowhere/at/all", "~nobody-of-that-name/model"])
def test_a_folder_that_is_not_there(hub, name: str):
    assert f"No folder {name}." in refused(hub, name)


def test_a_pickle_is_never_read(hub, copy: Path):
    torch.save({"embeddings.word_embeddings.weight": torch.zeros(16, 8)}, copy / "pytorch_model.bin")
    (copy / "model.safetensors").unlink()
    assert "has no weights as safetensors" in refused(hub, str(copy))


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "model.safetensors").write_bytes(b"half"),
        lambda folder: (folder / "config.json").write_text("{", encoding="utf-8"),
        lambda folder: (folder / "config.json").unlink(),
    ],
    ids=["weights", "config", "no config"],
)
def test_a_damaged_folder(hub, copy: Path, damage):
    damage(copy)
    assert f"transformers cannot read {copy}: " in refused(hub, str(copy))


def test_a_model_without_its_tokenizer(hub, copy: Path):
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (copy / name).unlink()
    assert hub.load_embedding(str(copy))[0].tolist() == WORDS, "a list of words is enough"
    (copy / "vocab.txt").unlink()
    assert "has no vocabulary" in refused(hub, str(copy))


def test_the_code_of_a_model_is_not_run(hub, copy: Path):
    config = json.loads((copy / "config.json").read_text(encoding="utf-8"))
    config |= {"model_type": "mine", "auto_map": {"AutoConfig": "code.Config", "AutoModel": "code.Model"}}
    (copy / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (copy / "code.py").write_text(f"open({str(copy / 'ran')!r}, 'w')", encoding="utf-8")
    assert "transformers cannot read" in refused(hub, str(copy))
    assert not (copy / "ran").exists()


def test_a_model_of_pictures(hub, tmp_path: Path, tiny_bert: Path):
    from transformers import ViTConfig, ViTModel

    shutil.copytree(tiny_bert, tmp_path / "vit")
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}
    ViTModel(ViTConfig(image_size=4, patch_size=2, **sizes)).save_pretrained(tmp_path / "vit")
    assert "has no word embedding" in refused(hub, str(tmp_path / "vit"))


def test_too_many_tokens(hub, tiny_bert: Path, monkeypatch):
    monkeypatch.setattr(hub, "MOST_TOKENS", 12)
    assert "has 13 tokens, more than 12" in refused(hub, str(tiny_bert))


def test_it_is_ready_to_be_projected(hub, tiny_bert: Path):
    counts = np.array([[0, 0], [0, 0], [10, 90], [90, 10], [50, 50]])
    table = TokenTable(np.array(["[PAD]", "[UNK]", "good", "bad", "movie"]), counts, token_polarity(counts, 1.0))
    still = project_snapshot(*hub.load_embedding(str(tiny_bert)), table)
    assert (still.known, still.size, still.drift.dimensions) == (5, 13, 8)
    assert still.drift.coordinates.shape == (1, 13, 2)
    assert still.table.polarity[5] == table.polarity[2]
    assert np.isnan(still.table.polarity[7])
