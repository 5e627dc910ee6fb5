"""How recurrent networks compute: each step as lines of PyTorch, run on ten short sequences."""
