"""Between whose models are whose and the rows of the attribution dialog: what each field holds. No Qt."""

import re
from dataclasses import dataclass
from datetime import date

from explorer.app.attribution_rows import Field, Form, Row, Sheet
from explorer.domain.origins import UNATTRIBUTED, Origin, Origins, Overrides, Reveal
from explorer.domain.slugs import parse
from explorer.sources.fields import date_of, day_of
from explorer.words import Message, say

_AUTHOR = re.compile(r"[^\s/:]+")
_MODEL = re.compile(r"[^\s/]+/[^\s/]+")
_CODE = re.compile(r"[A-Z]{2}")

_NO_DAY = say("Write a day like 2026-02-11, from 2020 to 2099.")
_NO_COUNTRY = say("Write a country's name or its two letters, such as Germany or DE, or nothing.")


@dataclass(frozen=True, slots=True)
class Tables:
    """Both tables of whose models are whose, while they are edited."""

    origins: Origins
    authors: Sheet
    reveals: Sheet

    def overrides(self) -> Overrides:
        """Return what the user says in both, neither of which may have problems."""
        return Overrides(self.author_rows(), self.reveal_rows())

    def author_rows(self) -> tuple[Origin, ...]:
        """Return the user's rows of authors, by author and day."""
        rows = [
            Origin(author.lower(), company, country_of(self.origins, country) or "", _day(since), row.note)
            for row in self.authors.own()
            for author, company, country, since in (row.values,)
        ]
        return tuple(sorted(rows, key=lambda row: (row.author, row.valid_from)))

    def reveal_rows(self) -> tuple[Reveal, ...]:
        """Return the user's rows of anonymous models, by slug."""
        rows = [
            Reveal(slug, author.lower(), _day(revealed), model, row.note)
            for row in self.reveals.own()
            for slug, author, revealed, model in (row.values,)
        ]
        return tuple(sorted(rows, key=lambda row: row.slug))


def tables(origins: Origins) -> Tables:
    """Return both tables as the program and the user have them."""
    authors = Sheet(
        Form(_author_fields(origins), (0, 3), say("The author has another row from that day.")),
        (author_row(origins, row) for row in origins.rows),
        (author_row(origins, row) for row in origins.overrides.origins),
    )
    reveals = Sheet(
        Form(_reveal_fields(authors), (0,), say("The model is there twice.")),
        map(reveal_row, origins.reveals),
        map(reveal_row, origins.overrides.reveals),
    )
    return Tables(origins, authors, reveals)


def author_row(origins: Origins, origin: Origin) -> Row:
    """Return a row of the table of authors: author, company, country, since."""
    country = origins.country_name(origin.country)
    return Row((origin.author, origin.company, country, origin.valid_from.isoformat()), origin.note)


def reveal_row(reveal: Reveal) -> Row:
    """Return a row of the table of anonymous models: slug, counts as, revealed on, real model."""
    return Row((reveal.slug, reveal.author, reveal.revealed.isoformat(), reveal.model), reveal.note)


def _author_fields(origins: Origins) -> tuple[Field, ...]:
    def country(text: str) -> Message | None:
        return _NO_COUNTRY if country_of(origins, text) is None else None

    return (
        Field(say("Author"), say("What stands before the slash in a model's id: z-ai"), _check_author),
        Field(say("Company"), say("In plain English; empty: Unattributed by author"), _anything),
        Field(say("Country"), say("Of its headquarters, by name or code; empty: Unattributed by country"), country),
        Field(say("Since"), say("First day the row holds"), _check_day),
    )


def _reveal_fields(authors: Sheet) -> tuple[Field, ...]:
    def author(text: str) -> Message | None:
        if not text or any(row.key == text.casefold() for row in authors.rows):
            return None
        return say("No such author: add it under Authors first, or leave this empty.")

    return (
        Field(say("Slug"), say("The preview's id without date and variant: openrouter/pony-alpha"), _check_slug),
        Field(say("Counts as"), say("The author behind it; empty: nobody's"), author),
        Field(say("Revealed on"), say("As known then, it is nobody's before that day"), _check_day),
        Field(say("Real model"), say("Its id on OpenRouter, such as z-ai/glm-5; empty: not certain"), _check_model),
    )


def country_of(origins: Origins, text: str) -> str | None:
    """Return the code of a country as people write it, "" for none, None where no country is meant."""
    if text.casefold() in ("", UNATTRIBUTED.casefold()):
        return ""
    for guess in (text, text.upper(), text.title()):
        if code := origins.country_code(guess):
            return code
    return text.upper() if _CODE.fullmatch(text.upper()) else None


def _day(text: str) -> date:
    found = date_of(text)
    assert found is not None, "a row with problems is never saved"
    return found


def _anything(_text: str) -> Message | None:
    return None


def _check_day(text: str) -> Message | None:
    return None if day_of(text) is not None else _NO_DAY


def _check_author(text: str) -> Message | None:
    return None if _AUTHOR.fullmatch(text) else say("Write what stands before the slash, such as z-ai.")


def _check_slug(text: str) -> Message | None:
    slug = parse(text)
    if _MODEL.fullmatch(text) and slug.family and text == f"{slug.author}/{slug.family}":
        return None
    return say("Write author/model without date and variant, the author in lower case.")


def _check_model(text: str) -> Message | None:
    return None if not text or _MODEL.fullmatch(text) else say("Write author/model, such as z-ai/glm-5, or nothing.")
