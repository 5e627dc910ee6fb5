"""Work on many machines, by Ray. Only this room imports ray, an extra: `pip install -r requirements-cluster.txt`."""
