# Sentiment Lab as an image. `docker compose up --build` builds and runs it; docs/hosting.md says more.
# The root may be read-only: everything that the app writes lies in the volume /data.
FROM python:3.11-slim-bookworm

# The CPU build of PyTorch. The default build brings several gigabytes of CUDA.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
# What is installed. requirements-kubernetes.txt adds Ray, for the pods of deploy/kubernetes.
ARG REQUIREMENTS=requirements.txt

# Hugging Face Spaces runs every container as user 1000.
RUN useradd --uid 1000 --home-dir /data --create-home lab && python3 -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH

WORKDIR /app
COPY requirements.lock ./
COPY requirements.txt ./
COPY requirements-cluster.txt ./
COPY requirements-kubernetes.txt ./
# Everything but PyTorch and Ray is compared with the hashes of the lock. The second line brings PyTorch, and Ray if asked.
RUN pip install --no-cache-dir --require-hashes -r requirements.lock \
    && pip install --no-cache-dir --extra-index-url "$TORCH_INDEX" -r "$REQUIREMENTS"

# .dockerignore lists what comes along. It belongs to root, so the app cannot change its own code.
COPY . ./
# In a read-only root Python could not keep compiled modules, and would compile them at every start.
RUN python -m compileall -q .

# TMPDIR: files for a moment, such as a table that is being read, take no memory as they would in a tmpfs.
ENV HOME=/data \
    TMPDIR=/data \
    HF_HOME=/data/huggingface \
    SENTIMENT_CACHE=/data/cache \
    SENTIMENT_RUNS=/data/runs \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501 \
    PYTHONUNBUFFERED=1
USER 1000:1000
VOLUME /data
EXPOSE 8501

# The server opens every page once before it answers.
HEALTHCHECK --interval=30s --timeout=5s --start-period=180s CMD ["python", "-I", "deploy/health.py"]
CMD ["streamlit", "run", "streamlit_app.py"]
