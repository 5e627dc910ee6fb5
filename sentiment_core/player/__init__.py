"""The drift player: bytes made here, drawn by the ES modules in js/, in the page and in the take-home file."""
