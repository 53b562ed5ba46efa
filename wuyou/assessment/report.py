"""五有 of all groups as plain values, for the command line and for whoever scripts against it."""

from datetime import date
from typing import Any

from wuyou.assessment import queries
from wuyou.assessment.queries import Picture
from wuyou.assessment.rules import verdict_word
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound


def five_haves(actor: Actor, as_of: date, standard: str = "") -> list[dict[str, Any]]:
    """Return a row for each living group and standard, by pinyin of the group, ready for JSON.

    Keys: `as_of`, `standard`, `version`, `unit_id`, `unit` (full name), `short_name`, `county`, `kind`, `state`,
    `verdicts` (item code -> `title`, `verdict` as met/partly/not_met/no_data, `word`, `why`), `stage` (code, "" for none),
    `stage_title`, `next_step` ("" for none). Raises: Forbidden, NotFound (no such standard in force on that day).
    """
    books = [book for book in queries.rulebooks(actor, as_of) if standard in ("", book.code)]
    if not books:
        raise NotFound
    return [_row(picture) for picture in queries.pictures_with_reasons(actor, as_of, books)]


def _row(picture: Picture) -> dict[str, Any]:
    unit, version, grown = picture.unit, picture.version, picture.maturity
    return {
        "as_of": picture.as_of.isoformat(),
        "standard": version.standard.code,
        "version": version.number,
        "unit_id": unit.id,
        "unit": unit.full_name,
        "short_name": unit.short_name,
        "county": unit.county,
        "kind": unit.kind,
        "state": unit.state or "",
        "verdicts": {
            item.dimension.code: {
                "title": item.dimension.title,
                "verdict": item.verdict.value,
                "word": verdict_word(item.verdict),
                "why": item.why,
            }
            for item in picture.items
        },
        "stage": grown.stage.code if grown else "",
        "stage_title": grown.stage.title if grown else "",
        "next_step": grown.next_step.text if grown and grown.next_step else "",
    }
