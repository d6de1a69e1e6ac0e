"""Taking in what a system pushes: events, a few at a time, in any order, as often as it likes.

What a source pushes in one day is one upload, so that a day can be withdrawn like a file and pages show a row a day.
An event that is known already changes nothing, whichever day told it first.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chuan.analytics.logs.actions import CHUNK, MOST_ACTIVITIES, RECORDED, hold, insert, new, of_codes, write_over
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload
from chuan.analytics.logs.pieces import Piece, pieces_of, place_of, put_together, with_told
from chuan.analytics.logs.stored import identity, rank, restored
from chuan.analytics.logs.telling import moment_of, of_events
from chuan.checking.check import service_key
from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.reading.eventlogs import Kinds, mapping_from
from chuan.reading.eventlogs.pushed import HAPPENED, BadEvent, Push, PushedEvent, read_push
from chuan.rules.authority import Permission
from chuan.rules.eventlog import Event, EventKind
from chuan.text.messages import message
from chuan.trail.actions import record

MOST_BAD_EVENTS = 1_000
"""How many refused events are kept with a day; the sender is told of all."""
Known = dict[tuple[str, ...], Event]


class SourceClosed(Refusal):
    """The source takes nothing any more."""

    def __str__(self) -> str:
        return message("push.source_closed").text()


@dataclass(slots=True)
class Receipt:
    """What came of one push: events taken (new, or a higher revision), events that changed nothing, and refused ones.

    `dossiers` is how many dossiers it changed, `ignored` the names of fields that were dropped unread.
    """

    taken: int = 0
    unchanged: int = 0
    dossiers: int = 0
    refused: list[BadEvent] = field(default_factory=list)
    ignored: tuple[str, ...] = ()


@dataclass(slots=True)
class _Chunk:
    """What the events of some dossiers come to: rows to insert, rows to write over, and what the day counts."""

    source: LogSource
    by: Actor
    at: datetime
    receipt: Receipt
    fresh: list[LoggedDossier] = field(default_factory=list)
    changed: list[LoggedDossier] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    words: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    until: datetime | None = None
    first_told: int = 0  # dossiers of which the day tells for the first time
    day: LogUpload | None = None

    @property
    def upload(self) -> LogUpload:
        """The upload of the day, which begins with the first thing to be kept in it."""
        if self.day is None:
            self.day = _of_the_day(self.source, by=self.by, at=self.at)
            self.day.source = self.source
        return self.day


def read_for(source: LogSource, body: bytes, *, now: datetime) -> Push:
    """Return the events in `body` as `source` means them. Raises BadInput when the whole cannot be read."""
    kinds = Kinds(mapping_from(source.mapping).kinds)
    return read_push(body, now=now, kinds=kinds, keeps_names=source.keeps_names)


def receive(source: LogSource, push: Push, *, by: Actor, at: datetime) -> Receipt:
    """Bring the events of `push` into the dossiers of `source`; all of it stands or nothing.

    Two pushes at once wait for each other. Raises SourceClosed.
    """
    require(by, Permission.IMPORT_LOG, source.agency)
    receipt = Receipt(refused=list(push.bad), ignored=tuple(sorted(push.ignored)))
    groups: dict[str, list[PushedEvent]] = defaultdict(list)
    for one in push.events:
        groups[one.dossier].append(one)
    codes = list(groups)
    with transaction.atomic():
        held = hold(source)
        if held.closed_at is not None:
            raise SourceClosed
        whole = _Chunk(held, by, at, receipt)
        for start in range(0, len(codes), CHUNK):
            _bring_in(whole, {code: groups[code] for code in codes[start : start + CHUNK]})
        receipt.refused.sort(key=lambda bad: bad.place)
        if receipt.taken or receipt.refused:
            _write_down(whole, held)
    return receipt


def _of_the_day(source: LogSource, *, by: Actor, at: datetime) -> LogUpload:
    """Return the upload of today, another one where that of today was withdrawn."""
    day = localdate(at)
    rows = LogUpload.objects.within(source.agency).filter(source=source, channel=LogUpload.Channel.EVENTS)
    of_day = rows.filter(checksum__startswith=f"events:{day.isoformat()}:")
    standing = of_day.select_for_update().filter(status=LogUpload.Status.DONE).order_by("pk").last()
    if standing is not None:
        return standing
    upload = LogUpload(
        source=source,
        name=_("Sự kiện nhận ngày %(day)s") % {"day": day.strftime("%d/%m/%Y")},
        checksum=f"events:{day.isoformat()}:{of_day.count() + 1}",
        channel=LogUpload.Channel.EVENTS,
        status=LogUpload.Status.DONE,
        finished_at=at,
    )
    upload.put(by=by, at=at)
    record("log_upload.begin_day", by=by, at=at, subject=upload, facts={"source": source.key})
    return upload


def _bring_in(chunk: _Chunk, groups: Mapping[str, list[PushedEvent]]) -> None:
    """Add the events of some dossiers, at most CHUNK of them."""
    source = chunk.source
    rows = of_codes(source, list(groups))
    chunk.fresh, chunk.changed = [], []
    for code, events in groups.items():
        row = rows.get(code)
        pieces = pieces_of(row) if row is not None else []
        taken = _taken(chunk.receipt, _known(row, pieces), events)
        if taken:
            chunk.receipt.dossiers += 1
            _tell(chunk, code, row, pieces, taken)
    insert(source, chunk.fresh)
    if chunk.changed:
        write_over(source, chunk.changed, *RECORDED)


def _known(row: LoggedDossier | None, pieces: Sequence[Piece]) -> Known:
    """Return the events that are known of a dossier, whoever told them, by identity."""
    if row is None:
        return {}
    whole = pieces[0].dossier if len(pieces) == 1 else restored(row.code, row.service_code, row.facts, row.events)
    return {identity(event): event for event in whole.events}


def _taken(receipt: Receipt, known: Known, events: Sequence[PushedEvent]) -> list[Event]:
    """Return those of `events` that tell anything new, and count the others."""
    taken: list[Event] = []
    for one in events:
        event, before = one.event, known.get(identity(one.event))
        if before is not None and rank(before) == rank(event) and _content(before) != _content(event):
            reason = message("push.told_otherwise", revision=rank(before))
            told = event.id or event.activity
            receipt.refused.append(BadEvent(one.place, "revision", told, reason, one.dossier))
        elif (before is not None and rank(before) >= rank(event)) or _is_told_with_position(known, event):
            receipt.unchanged += 1
        else:
            receipt.taken += 1
            taken.append(event)
            known[identity(event)] = event
    return taken


def _content(event: Event) -> tuple[Any, ...]:
    """Return what must be equal in two events of one identity and revision."""
    plain = (event.at, event.activity, event.number, event.position or "", event.kind, event.started_at)
    return (*plain, event.pushed.order, event.pushed.says) if event.pushed else plain


def _is_told_with_position(known: Known, event: Event) -> bool:
    if event.id or event.position:
        return False
    told = identity(event)
    return any(other.position and identity(replace(other, position=None)) == told for other in known.values())


def _tell(chunk: _Chunk, code: str, row: LoggedDossier | None, pieces: Sequence[Piece], taken: Sequence[Event]) -> None:
    """Put what is new into the dossier, as told by the upload of the day."""
    upload = chunk.upload
    mine = place_of(pieces, upload.pk)
    before = pieces[mine].dossier.events if mine is not None else ()
    told = replace(of_events(code, (*before, *taken)), service_code=upload.source.service_code)
    chunk.first_told += mine is None
    if row is None:
        row = new(upload, told, by=chunk.by, at=chunk.at)
        chunk.fresh.append(row)
    else:
        chunk.codes.add(row.national_code)
        put_together(row, with_told(pieces, upload.pk, told, len(pieces) if mine is None else mine))
        chunk.changed.append(row)
    chunk.codes.add(row.national_code)
    service = service_key(row.service_code)
    chunk.words.update((service, one.activity, one.number) for one in taken if one.kind is EventKind.STEP)
    for event in taken:
        said = event.pushed.says if event.pushed else ()
        moments = [event.at, *(moment_of(value) for name, value in said if name in HAPPENED)]
        chunk.until = max(moments if chunk.until is None else [chunk.until, *moments])


def _write_down(chunk: _Chunk, source: LogSource) -> None:
    """Write what the push came to into the upload of the day and the source."""
    upload, receipt = chunk.upload, chunk.receipt
    changes: dict[str, Any] = {}
    if receipt.taken:
        dossiers = upload.dossiers + chunk.first_told
        changes |= {"dossiers": dossiers, "added": dossiers, "events": upload.events + receipt.taken}
        changes["finished_at"] = chunk.at
        counts = Counter({(code, words, number): events for code, words, number, events in upload.activities})
        most_used = (counts + chunk.words).most_common(MOST_ACTIVITIES)
        changes["activities"] = [[*words, events] for words, events in most_used]
    if receipt.refused and len(upload.bad_rows) < MOST_BAD_EVENTS:
        rows = [*upload.bad_rows, *map(_bad_row, receipt.refused)]
        once = {tuple(sorted(row.items())): row for row in rows}  # a sender that tries again is not to be counted again
        changes["bad_rows"] = list(once.values())[:MOST_BAD_EVENTS]
    if changes:
        LogUpload.objects.within(source.agency).filter(pk=upload.pk).update(**changes)
    terms: dict[str, Any] = {}
    if chunk.codes - {""} - set(source.to_judge):
        terms["to_judge"] = sorted({*source.to_judge, *chunk.codes} - {""})
    if chunk.until is not None and (source.recorded_until is None or chunk.until > source.recorded_until):
        terms |= {"recorded_until": chunk.until, "terms_changed_at": chunk.at}
    if terms:
        LogSource.objects.within(source.agency).filter(pk=source.pk).update(**terms)


def _bad_row(bad: BadEvent) -> dict[str, str]:
    """Return a refused event as LogUpload keeps it: of a row of a file stands its number where here is the dossier."""
    return {"dossier": bad.dossier, "column": bad.field, "value": bad.value, "reason": bad.reason.text()}


def to_judge(source: LogSource) -> frozenset[str]:
    """Take the national codes of services whose pushed dossiers changed, for the job that has them judged again; they
    are handed out once. Call it in the transaction that asks for the judging."""
    held = hold(source)
    LogSource.objects.within(source.agency).filter(pk=source.pk).update(to_judge=[])
    return frozenset(held.to_judge)
