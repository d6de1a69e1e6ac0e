"""The trail as people read it: names for the keys that entries carry, as far as the reader may see the things."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Expression, F, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuan.analytics.models import Choice, LogSource, LogUpload, PushToken
from chuan.kernel.actor import Actor
from chuan.norms.holidays.models import AgencyCalendar
from chuan.organisations.agencies.models import Agency, QualitySystem, Unit
from chuan.organisations.people.models import Person, Position
from chuan.quality.models import ImportBatch, ImportedFile, Improvement, Procedure, ProcedureVersion, PublicService
from chuan.trail.models import Entry
from chuan.web.kit.templatetags.chuan import to
from chuan.web.staff.trail_facts import KEYS, facts_in_words

NO_PAGE = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: its word, its model (an `Entity` that is `Scoped`), what names one, the page that shows it and
    whose key stands in the address."""

    word: Promise
    model: type[Any] | None = None
    name: Expression | F = F("name")  # noqa: RUF009  # immutable
    page: str = NO_PAGE
    address: str = "key"


def _after(*parts: str) -> Expression:
    between = [piece for part in parts for piece in (F(part), Value(" "))][:-1]
    return Concat(*between, output_field=CharField())


_VERSION = Concat(F("procedure__code"), Value(", "), Cast("number", CharField()), output_field=CharField())
_ENTRY = Concat(Cast("number", CharField()), Value("/"), Cast("year", CharField()), output_field=CharField())
KINDS: Mapping[str, Kind] = {
    "account": Kind(_("tài khoản")),
    "person": Kind(_("người"), Person, F("full_name"), "person"),
    "position": Kind(_("vị trí"), Position, F("title"), "position"),
    "agency": Kind(_("cơ quan"), Agency, page="agency"),
    "unit": Kind(_("đơn vị"), Unit),
    "province": Kind(_("tỉnh")),
    "qualitysystem": Kind(_("hệ thống quản lý chất lượng"), QualitySystem, F("name"), "quality_system", "owner__key"),
    "publicservice": Kind(_("thủ tục"), PublicService, _after("code", "name"), "service"),
    "procedure": Kind(_("quy trình"), Procedure, _after("code", "name"), "procedure"),
    "procedureversion": Kind(_("lần ban hành"), ProcedureVersion, _VERSION, "procedure", "procedure__key"),
    "improvement": Kind(_("phiếu cải tiến"), Improvement, _ENTRY, "improvement"),
    "importbatch": Kind(_("lô tệp quy trình"), ImportBatch),
    "importedfile": Kind(_("tệp quy trình"), ImportedFile),
    "logsource": Kind(_("nguồn hồ sơ"), LogSource),
    "logupload": Kind(_("tệp hồ sơ"), LogUpload),
    "pushtoken": Kind(_("mã gửi hồ sơ"), PushToken),
    "choice": Kind(_("lựa chọn cách xử lý"), Choice, F("procedure__code"), "procedure", "procedure__key"),
    "agencycalendar": Kind(_("lịch làm việc"), AgencyCalendar, F("agency__name"), "calendar", "agency__key"),
    "calendaredition": Kind(_("lịch nghỉ của nhà nước")),
    "legalinstrument": Kind(_("văn bản pháp luật")),
    "law": Kind(_("danh mục văn bản pháp luật")),
}
"""By the word before the colon in an entry's subject."""

MACHINES: Mapping[str, Promise] = {
    "demo": _("Hệ thống (dữ liệu dùng thử)"),
    "set-up": _("Hệ thống (cài đặt lần đầu)"),
    "load_norms": _("Hệ thống (nạp lịch và văn bản)"),
    "take_effect": _("Hệ thống (đến ngày hiệu lực)"),
    "take_in_log": _("Hệ thống (nhập tệp hồ sơ)"),
    "take_log_out": _("Hệ thống (rút tệp hồ sơ)"),
    "read_dossiers": _("Hệ thống (xét hồ sơ)"),
    "push": _("Hệ thống một cửa gửi tới"),
    "watch_folders": _("Hệ thống (thư mục nhận tệp)"),
    "terminal": _("Dòng lệnh trên máy chủ"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words: who, the kind of thing and its name ("" for one the reader may not see), where it is."""

    entry: Entry
    who: str
    kind: str
    name: str
    url: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a thing, and the key in the address of its page."""

    name: str
    address: str


def told(entries: Sequence[Entry], actor: Actor) -> list[Told]:
    """Return the entries of a page in words. Two queries, however many kinds of things there are."""
    carried = [(entry, json.loads(entry.facts)) for entry in entries]
    names = _people(entries, actor) | _names(_wanted(carried), actor)
    words = {ref: one.name for ref, one in names.items()}
    return [_told(entry, facts_in_words(_kind_of(entry.subject), facts, words), names) for entry, facts in carried]


def _told(entry: Entry, facts: Sequence[tuple[str, str]], names: Mapping[str, Named]) -> Told:
    kind, found = _kind_of(entry.subject), names.get(entry.subject)
    page = "person" if entry.subject.startswith("account:") else KINDS[kind].page if kind in KINDS else NO_PAGE
    return Told(
        entry=entry,
        who=_who(entry.by, names),
        kind=str(KINDS[kind].word) if kind in KINDS else entry.subject,
        name=found.name if found else "",
        url=to(page, found.address) if found and page else "",
        facts=facts,
    )


def _who(by: str, names: Mapping[str, Named]) -> str:
    kind, _colon, name = by.partition(":")
    if kind == "machine":
        return str(MACHINES.get(name.partition(":")[0], _("Hệ thống")))
    return names[by].name if by in names else name or by


def _kind_of(ref: str) -> str:
    return ref.partition(":")[0]


def _wanted(carried: Sequence[tuple[Entry, Mapping[str, Any]]]) -> Mapping[str, set[str]]:
    """Return the keys to be named, by kind: of the subjects and of what the facts point at."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry, facts in carried:
        kind, _colon, key = entry.subject.partition(":")
        wanted[kind].add(key)
        for name, value in facts.items():
            if pointed := KEYS.get((kind, name)) or KEYS.get(("", name)):
                wanted[pointed].add(str(value))
    return wanted


def _names(wanted: Mapping[str, set[str]], actor: Actor) -> dict[str, Named]:
    parts = [_named(name, KINDS[name], keys, actor) for name, keys in wanted.items() if name in KINDS]
    first, *others = [part for part in parts if part is not None] or [None]
    rows = first.union(*others, all=True) if first is not None else ()
    return {f"{kind}:{key}": Named(name, address) for kind, key, name, address in rows}


def _named(name: str, kind: Kind, keys: set[str], actor: Actor) -> Any:
    """Return (kind, key, name, key of its address) of the things that `actor` may see, as a part of one query."""
    if kind.model is None:
        return None
    rows = kind.model.objects.visible_to(actor).filter(key__in=keys).order_by()
    return rows.values_list(
        Value(name, output_field=TextField()),
        Cast("key", TextField()),
        Cast(kind.name, TextField()),
        Cast(kind.address, TextField()),
    )


def _people(entries: Sequence[Entry], actor: Actor) -> dict[str, Named]:
    """Return who the accounts belong to, by their reference."""
    refs = {ref for entry in entries for ref in (entry.by, entry.subject) if ref.startswith("account:")}
    rows = Person.objects.visible_to(actor).filter(account__username__in=[ref.partition(":")[2] for ref in refs])
    return {f"account:{user}": Named(name, key) for user, name, key in rows.order_by().values_list(*_OF_ACCOUNT)}


_OF_ACCOUNT = ("account__username", "full_name", "key")
