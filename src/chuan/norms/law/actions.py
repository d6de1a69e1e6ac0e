"""Writes on the law: loading what ships, and what a province adds."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed, Refusal
from chuan.norms.law.models import SHIPPED, LegalInstrument
from chuan.norms.law.queries import citations
from chuan.organisations.models import Province
from chuan.reading.law import load_law
from chuan.rules.authority import Permission
from chuan.rules.instruments import Instrument
from chuan.text.references import first_reference
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

_FACTS = [
    "kind",
    "issuer",
    "year",
    "title",
    "issued_on",
    "effective_on",
    "expires_on",
    "seen_in_force_on",
    "amends",
    "replaces",
    "consolidates",
    "confidence",
    "source",
]


class NoNumber(Refusal):
    """What was typed is no number of a legal instrument."""

    def __str__(self) -> str:
        return _("Không nhận ra số, ký hiệu. Hãy viết đầy đủ, ví dụ: 12/2026/QĐ-UBND.")


def load_instruments(*, by: Actor, at: datetime) -> int:
    """Bring the rows that ship to what the data file says; return how many were written. Safe to repeat."""
    with transaction.atomic():
        known = {row.number: row for row in LegalInstrument.objects.filter(province__isnull=True)}
        shipped = {one.number: one for one in load_law().instruments}
        written = sum(_load(one, known.get(number), by=by, at=at) for number, one in shipped.items())
        gone = LegalInstrument.objects.filter(pk__in=[row.pk for number, row in known.items() if number not in shipped])
        written += gone.delete()[0]
        if written:
            facts = {"version": load_law().version, "written": written}
            record("law.load", by=by, at=at, subject=SHIPPED, facts=facts)
    return written


def _load(one: Instrument, row: LegalInstrument | None, *, by: Actor, at: datetime) -> bool:
    facts = {name: _plain(getattr(one, name)) for name in _FACTS}
    if row is None:
        LegalInstrument(number=one.number, **facts).put(by=by, at=at)
        return True
    changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
    if changed:
        row.change(**changed)
    return bool(changed)


def _plain(value: object) -> Any:
    return list(value) if isinstance(value, tuple) else value


def add_instrument(
    province: Province,
    *,
    number: str,
    title: str,
    issued_on: date | None,
    effective_on: date | None,
    expires_on: date | None,
    amends: Iterable[str],
    replaces: Iterable[str],
    by: Actor,
    at: datetime,
) -> LegalInstrument:
    """Add an instrument of the province's own. NoNumber; NotAllowed without MANAGE_NORMS in the province."""
    if province.pk not in by.provinces_where(Permission.MANAGE_NORMS):
        raise NotAllowed
    named = first_reference(clean(number))
    if named is None:
        raise NoNumber
    row = LegalInstrument(
        province=province,
        number=named.normal,
        kind=named.kind,
        issuer=named.issuer,
        year=named.year or (issued_on.year if issued_on else at.year),
        title=clean(title),
        issued_on=issued_on,
        effective_on=effective_on,
        expires_on=expires_on,
        amends=list(citations(amends)),
        replaces=list(citations(replaces)),
        confidence="high",
        source="province",
    )
    with transaction.atomic():
        row.put(by=by, at=at)
        record("legal_instrument.add", by=by, at=at, subject=row, facts={"number": row.number})
    return row
