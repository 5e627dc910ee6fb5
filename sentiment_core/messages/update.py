"""Bring the catalogues up to date with the sources: `python -m sentiment_core.messages.update`.

It adds new messages without a translation and removes messages that no source uses. Translations are kept, even if a
message moves to another area. It prints the messages that still have to be translated.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from sentiment_core.messages.catalogue import Key, first, key
from sentiment_core.messages.extraction import AREAS, extract
from sentiment_core.messages.language import DEFAULT, LANGUAGES

_HEADER = "# Sentiment Lab: {language}. Terms are in docs/translating.md."


def templates() -> dict[str, Catalog]:
    """The untranslated messages of each area. A message of several areas belongs to the first of them in AREAS."""
    order = list(AREAS.values())
    wanted = {area: Catalog(fuzzy=False) for area in order}
    owner: dict[Key, str] = {}
    for found in sorted(extract(), key=lambda found: (order.index(found.area), found.file, found.line)):
        area = owner.setdefault((found.context, first(found.english)), found.area)
        wanted[area].add(found.english, locations=[(found.file, 0)], context=found.context)
    return wanted


def updated(folder: Path, language: str) -> dict[str, bytes]:
    """The up-to-date contents of each .po file of a language."""
    known = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale=language):
                if entry.id and first(entry.string):
                    known[key(entry)] = entry
    written = {}
    for area, template in templates().items():
        catalog = Catalog(locale=language, header_comment=_HEADER.format(language=LANGUAGES[language]), fuzzy=False)
        for entry in template:
            if not entry.id:
                continue
            kept = known.get(key(entry))
            fits = kept is not None and isinstance(kept.string, str) == isinstance(entry.id, str)
            catalog.add(
                entry.id,
                kept.string if kept is not None and fits else None,
                locations=entry.locations,
                flags=kept.flags & {"fuzzy"} if kept is not None else (),
                user_comments=kept.user_comments if kept is not None else (),
                context=entry.context,
            )
        written[area] = _bytes_of(catalog)
    return written


def _bytes_of(catalog: Catalog) -> bytes:
    """A catalogue's file, sorted by message and without dates and line numbers, which keeps its changes small."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=120, sort_output=True, include_lineno=False, omit_header=True)
    header = f'{catalog.header_comment}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    header += f'"Language: {catalog.locale_identifier}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    return header.encode() + buffer.getvalue().rstrip() + b"\n"


def main() -> None:
    """Write the files, and list the messages that are not translated."""
    for language in LANGUAGES:
        if language == DEFAULT:
            continue
        folder = Path(__file__).parent / language
        folder.mkdir(exist_ok=True)
        for area, content in updated(folder, language).items():
            (folder / f"{area}.po").write_bytes(content)
            for entry in read_po(BytesIO(content), locale=language):
                if entry.id and (entry.fuzzy or not first(entry.string)):
                    print(f"{language}/{area}.po: {entry.id!r}")


if __name__ == "__main__":
    main()
