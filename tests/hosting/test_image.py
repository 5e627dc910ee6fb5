"""The files from which the image, the compose service and the Space are made, as far as they can be read here.

`python -m deploy.check_image` builds the image and uses it. The tests of nginx run the app from its files alone.
"""

import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import yaml

from deploy.dockerfile import ROOT, Ignore, Step, fill, image_files, read_steps
from deploy.space import lay_out
from sentiment_core.environment.variables import VARIABLES

STEPS = read_steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))


def only(name: str) -> Step:
    (found,) = [step for step in STEPS if step.name == name]
    return found


def test_instructions_are_joined_and_comments_are_left_out():
    steps = read_steps('# a\nENV A=1 \\\n    # inside\n    B="x y" C=$A/${A}\n\nCMD ["run", "it"]\n')
    assert [(step.name, step.line) for step in steps] == [("ENV", 2), ("CMD", 6)]
    assert steps[0].pairs({"A": "0"}) == {"A": "1", "B": "x y", "C": "0/0"}
    assert steps[1].command() == ["run", "it"]
    assert fill("$PATH:${HOME}-$none", {"PATH": "p", "HOME": "h"}) == "p:h-"
    with pytest.raises(ValueError, match="line 2: SHELL is not understood"):
        read_steps("FROM x\nSHELL y")


@pytest.mark.parametrize(
    ("path", "out"),
    [
        ("pages/home/overview.py", False),
        ("sentiment_core/player/dist/player.js", False),
        ("docs/icon.svg", False),
        ("docs/hosting.md", True),
        ("tests/conftest.py", True),
        (".streamlit/secrets.toml", True),
        (".git/config", True),
        ("runs/jobs/x/request.json", True),
        ("pages/home/__pycache__/overview.pyc", True),
        ("sentiment_core/player/node_modules/x/y.js", True),
        ("checkpoints/imdb/rnn/state.safetensors", True),
        ("checkpoints/imdb/rnn/model.safetensors", False),
    ],
)
def test_only_what_serves_the_app_comes_into_the_image(path: str, out: bool):
    assert Ignore((ROOT / ".dockerignore").read_text(encoding="utf-8")).leaves_out(path) is out


def test_the_last_rule_of_dockerignore_decides_for_a_folder_and_all_in_it():
    ignore = Ignore("*\n!a\n# words\na/**/secret\n!a/b/secret/plain?\n")
    chosen = ["a/x", "a/b/y", "a/secret/z", "a/b/c/secret", "a/b/secret/plain1", "a/b/secret/plain12", "x/a"]
    assert [path for path in chosen if not ignore.leaves_out(path)] == ["a/x", "a/b/y", "a/b/secret/plain1"]


def test_the_image_is_small_beside_its_packages():
    assert sum((ROOT / path).stat().st_size for path in image_files()) < 60e6


def test_the_app_runs_without_rights_and_writes_into_the_volume_alone():
    names = [step.name for step in STEPS]
    assert names.index("USER") > max(place for place, name in enumerate(names) if name in ("RUN", "COPY"))
    assert only("USER").value == "1000:1000"
    settings = {name: value for step in STEPS if step.name == "ENV" for name, value in step.pairs({}).items()}
    for name in ("HOME", "TMPDIR", "HF_HOME", "SENTIMENT_CACHE", "SENTIMENT_RUNS"):
        assert Path(settings[name]).is_relative_to(only("VOLUME").value), name
    assert settings["STREAMLIT_SERVER_PORT"] == only("EXPOSE").value


@pytest.mark.parametrize(("base", "answer", "healthy"), [("", b"ok", 1), ("lab", b"ok", 1), ("lab", b"no", 0)])
def test_the_health_check_asks_below_the_base_path(base: str, answer: bytes, healthy: bool):
    asked = []

    class Health(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        settings = {"STREAMLIT_SERVER_PORT": str(server.server_address[1]), "STREAMLIT_SERVER_BASE_URL_PATH": base}
        settings |= {"http_proxy": "http://127.0.0.1:1"}
        command = [sys.executable, *only("HEALTHCHECK").command()[1:]]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True)
    assert (done.returncode == 0) is bool(healthy)
    assert asked == [f"/{base}/_stcore/health" if base else "/_stcore/health"]


def test_compose_gives_the_container_a_volume_and_no_rights():
    (service,) = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"].values()
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert not {"privileged", "cap_add", "devices", "network_mode", "pid"} & set(service)
    assert [volume.partition(":")[2] for volume in service["volumes"]] == [only("VOLUME").value]
    assert [port.rsplit(":", 1)[1] for port in service["ports"]] == [only("EXPOSE").value]
    assert service["ports"][0].startswith("127.0.0.1:")
    assert service["mem_limit"]
    settings = {name for name in service["environment"] if name.startswith("SENTIMENT_")}
    assert settings <= {variable.name for variable in VARIABLES}


def test_the_folder_of_a_space_has_what_the_image_needs_and_a_readme_with_front_matter(tmp_path: Path):
    lay_out(tmp_path / "space")
    readme = (tmp_path / "space" / "README.md").read_text(encoding="utf-8")
    _, about, text = readme.split("---\n", 2)
    about = yaml.safe_load(about)
    assert (about["sdk"], str(about["app_port"])) == ("docker", only("EXPOSE").value)
    assert len(about["short_description"]) <= 60, "the Hub refuses a longer one"
    assert {about["colorFrom"], about["colorTo"]} <= set("red yellow green blue indigo purple pink gray".split())
    assert text.strip() == (ROOT / "README.md").read_text(encoding="utf-8").strip()
    there = {str(path.relative_to(tmp_path / "space")) for path in (tmp_path / "space").rglob("*") if path.is_file()}
    assert {*image_files(), "Dockerfile", ".dockerignore"} <= there
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", text)
    assert set(pictures) <= there
    with pytest.raises(FileExistsError):
        lay_out(tmp_path / "space")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_accepts_the_unit_and_finds_it_well_confined(tmp_path: Path):
    text = (ROOT / "deploy" / "sentiment-lab.service").read_text(encoding="utf-8")
    unit = tmp_path / "sentiment-lab.service"
    unit.write_text(text.replace("/opt/sentiment-lab/.venv/bin/python", sys.executable), encoding="utf-8")
    checked = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, encoding="utf-8")
    assert (checked.returncode, checked.stderr) == (0, "")
    exposure = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)]  # of 100
    assert subprocess.run(exposure, capture_output=True).returncode == 0
