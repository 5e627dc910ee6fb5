"""The drift player: bytes made here, drawn by the ES modules of src/, in the page and in the take-home file."""
