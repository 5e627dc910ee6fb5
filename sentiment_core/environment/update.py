"""`python -m sentiment_core.environment.update` writes the table of settings into docs/hosting.md."""

from __future__ import annotations

from sentiment_core.environment.table import DOCUMENT, placed


def main() -> None:
    """Write the table between its two marks."""
    before = DOCUMENT.read_text(encoding="utf-8")
    after = placed(before)
    if after != before:
        DOCUMENT.write_text(after, encoding="utf-8", newline="\n")
    print(f"{DOCUMENT.name}: {'written' if after != before else 'as it was'}")


if __name__ == "__main__":
    main()
