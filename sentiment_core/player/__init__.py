"""The drift player. Python makes its payload, and the ES modules in src/ draw it, on the page and in a saved file."""
