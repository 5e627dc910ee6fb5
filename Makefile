# `make app` serves the app, `make check` is the quick test, `make test` tests everything. Works in GNU and BSD make.
PYTHON ?= python3
PORT ?= 8501
DATA ?= imdb
PRESETS = rnn lstm gru bilstm bilstm-best bilstm-pretrained
# A small network on the toy reviews, and its control.
TOY_PRESETS = bilstm bilstm-shuffled
TOY = --data toy --embedding-size 8 --hidden-size 16 --max-length 60 --pooling max --learning-rate 0.005 \
  --dropout 0 --embedding-dropout 0
# The folder of all Korean reviews, such as ./korean (docs/data.md); without it checkpoints/korean stays as it is. Not all
# of its runs keep frames, and the control reads for three epochs, so that checkpoints/ stays below 40 MB.
KOREAN_DATA ?=
KOREAN = --data $(KOREAN_DATA) --max-length 100
BIN = .venv/bin
PLAYER = sentiment_core/player
# npm writes this file after an installation.
NODE = $(PLAYER)/node_modules/.package-lock.json
# The player's checks use the Node that requirements-dev.txt installs.
NPM = cd $(PLAYER) && PATH="$(CURDIR)/$(BIN):$$PATH" npm
# One thread, so that results can be reproduced to the bit on the same machine.
SENTIMENT = OMP_NUM_THREADS=1 $(BIN)/python -m sentiment_core
# One more than two cores: tests often wait for browsers and other processes.
WORKERS ?= 3
# Where an image forbids Python to keep bytecode, each of the many processes would compile the whole project again.
PYTEST = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal --durations 15

.PHONY: app test suite check quick cluster lint player checkpoints checkpoints-korean benchmark clean

app: .venv/app  ## serve the app at http://localhost:8501
	$(BIN)/streamlit run streamlit_app.py --server.port $(PORT)

# The type checker needs one core for a minute, so the tests run beside it.
test: .venv/dev $(NODE)  ## run everything that must pass before a change lands
	$(MAKE) -j 2 lint suite

suite: .venv/dev $(NODE)
	$(PYTEST) -m "not cluster"

check: .venv/dev $(NODE)  ## the same without browsers, servers and training, for while you work
	$(MAKE) -j 2 lint quick

quick: .venv/dev $(NODE)
	$(PYTEST) -m "not browser and not server and not training and not cluster"

cluster: .venv/dev  ## test scoring and sweeps on a Ray cluster of several nodes on this machine
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-cluster.txt
	SENTIMENT_REQUIRE_RAY=1 $(BIN)/python -m pytest tests/cluster --durations 15

lint: .venv/dev $(NODE)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile
	$(NPM) run --silent check

player: $(NODE)  ## build the player into $(PLAYER)/dist, which is committed
	$(NPM) run --silent build

checkpoints: .venv/app  ## rebuild everything in checkpoints/ in about two hours; DATA= a folder, default the Hub's imdb
	$(SENTIMENT) corpus --data $(DATA) --out checkpoints/imdb --overwrite
	for preset in $(PRESETS); do \
	  $(SENTIMENT) train --preset $$preset --data $(DATA) --out checkpoints/imdb/$$preset --overwrite || exit 1; \
	done
	rm -f checkpoints/imdb/baselines.json checkpoints/imdb/*/linear.json
	$(SENTIMENT) reproduce baselines --data $(DATA) --out checkpoints/imdb
	$(SENTIMENT) fill checkpoints/imdb --data $(DATA)
	$(SENTIMENT) corpus --data toy --out checkpoints/toy --overwrite
	for preset in $(TOY_PRESETS); do \
	  $(SENTIMENT) train --preset $$preset $(TOY) --out checkpoints/toy/$$preset --overwrite || exit 1; \
	done
	OMP_NUM_THREADS=1 $(BIN)/python -m sentiment_core.experiments.distance
	rm -f checkpoints/toy/baselines.json checkpoints/toy/*/linear.json
	$(SENTIMENT) reproduce baselines --data toy --out checkpoints/toy
	$(SENTIMENT) fill checkpoints/toy --data toy
	test -z "$(KOREAN_DATA)" || $(MAKE) checkpoints-korean

checkpoints-korean: .venv/app  ## rebuild checkpoints/korean in about ten minutes; KOREAN_DATA= the folder of all reviews
	$(SENTIMENT) corpus --data $(KOREAN_DATA) --out checkpoints/korean --overwrite
	for settings in rnn "lstm --no-frames" "gru --no-frames" bilstm "bilstm-shuffled --epochs 3"; do \
	  $(SENTIMENT) train --preset $$settings $(KOREAN) --out checkpoints/korean/$${settings%% *} --overwrite || exit 1; \
	done
	rm -f checkpoints/korean/baselines.json checkpoints/korean/*/linear.json
	$(SENTIMENT) reproduce majority bag-of-words nb-svm-characters --data $(KOREAN_DATA) --out checkpoints/korean
	$(SENTIMENT) fill checkpoints/korean --data $(KOREAN_DATA)

benchmark: .venv/dev  ## print the figures of docs/speed.md
	$(BIN)/python -m benchmarks.app
	$(BIN)/python -m benchmarks.drift
	$(BIN)/python -m benchmarks.evaluation
	$(BIN)/python -m benchmarks.explanation
	$(BIN)/python -m benchmarks.training --data $(DATA)

clean:
	rm -rf .venv $(PLAYER)/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/app: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt .venv/app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(NODE): $(PLAYER)/package-lock.json .venv/dev
	$(NPM) ci --silent
	touch $@
