"""For `clerks`: a commune with clerks who may sign in, and the proof that nothing was lost or doubled."""

import os
import secrets
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chuan.kernel.actor import Actor
    from chuan.organisations.agencies.models import Agency

SINCE = date(2025, 7, 1)
STEPS = ("Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Trình ký", "Ký duyệt", "Trả kết quả")


def open_house(data: Path) -> None:
    """Let Django work on the data in `data` (or on DATABASE_URL), with an empty database made ready."""
    os.environ["CHUAN_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "chuan.config.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    import django

    django.setup()


def furnish(clerks: int) -> tuple[str, dict[str, str]]:
    """Write the commune; return the key of its public service and the session of each clerk by user name."""
    from django.core.management import call_command
    from django.utils import timezone

    from chuan.config import data_directory
    from chuan.config.serving.prepare import claim_database
    from chuan.kernel.actor import machine
    from chuan.organisations.agencies.actions import add_agency
    from chuan.organisations.agencies.models import Agency, AgencyKind, CommuneType
    from chuan.organisations.founding import found_province
    from chuan.quality.dossiers.actions import set_one_stop

    call_command("migrate", verbosity=0)
    claim_database(data_directory.REAL)
    at = timezone.now()
    by = machine("bench", at)
    word = secrets.token_urlsafe(16)
    founded = found_province(
        code="DO",
        name="tỉnh Đo",
        administrator="Quản Trị",
        username="quantri",
        password=word,
        since=SINCE,
        by=by,
        at=at,
    )
    facts = {"kind": AgencyKind.COMMUNE, "commune_type": CommuneType.COMMUNE, "code": "XDO", "name": "UBND xã Đo"}
    commune = Agency(key="xado", province=founded.province, parent=founded.agency, valid_from=SINCE, **facts)
    add_agency(commune, by=by, at=at)
    set_one_stop(commune, identifier="H99.132.05", system_owner="BX", unit="Bộ phận Một cửa", by=by, at=at)
    return _service(commune, founded.agency, by, at), _clerks(commune, clerks, word, by, at)


def _clerks(commune: "Agency", clerks: int, word: str, by: "Actor", at: datetime) -> dict[str, str]:
    """Let the clerks hold the position of the one-stop shop, and sign them in."""
    from django.conf import settings
    from django.test import Client

    from chuan.organisations.people.accounts import open_account
    from chuan.organisations.people.actions import add_person, add_position, assign_role, hold
    from chuan.organisations.people.models import Person, Position
    from chuan.rules.authority import Role

    position = Position(agency=commune, code="MC", title="Công chức một cửa")
    add_position(position, by=by, at=at)
    assign_role(position, Role.CLERK, from_on=SINCE, by=by, at=at)
    sessions = {}
    for number in range(1, clerks + 1):
        person = Person(agency=commune, staff_code=f"CC{number}", full_name=f"Công chức số {number}", email="")
        add_person(person, by=by, at=at)
        hold(position, person, from_on=SINCE, by=by, at=at)
        account = open_account(person, username=f"cc{number}", password=word, must_change=False, by=by, at=at)
        client = Client()
        client.force_login(account)
        sessions[account.username] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions


def _service(commune: "Agency", catalogue: "Agency", by: "Actor", at: datetime) -> str:
    """Put a public service into the catalogue, given to the commune and with a procedure in force; return its key."""
    from chuan.quality.models import PublicService
    from chuan.quality.procedures import actions as procedures
    from chuan.quality.services.actions import add_service, give_service

    limits = {
        "legal_amount": "5",
        "legal_unit": "working_day",
        "committed_amount": "3",
        "committed_unit": "working_day",
    }
    service = PublicService(agency=catalogue, code="9.000009", name="Xác nhận thử tải", valid_from=SINCE, **limits)
    add_service(service, by=by, at=at)
    give_service(service, commune, from_on=SINCE, by=by, at=at)
    rows = [
        {"no": f"B{place}", "title": title, "role": "Công chức một cửa", "time": 4, "time_unit": "working_hour"}
        for place, title in enumerate(STEPS, start=1)
    ]
    content = {"name_vi": service.name, "service_code": service.code, "variants": [{"steps": rows}]}
    version = procedures.start_procedure(
        agency=commune, code="QT.DO.01", content=content, services=[service], by=by, at=at
    )
    procedures.submit(version, by=by, at=at)
    procedures.approve(version, effective_on=at.date(), decision="01/QĐ-UBND", by=by, at=at)
    procedures.bring_into_force(version, by=by, at=at)
    return service.key


def faults(acknowledged: Iterable[str], refused: Iterable[str]) -> list[str]:
    """Return what is wrong in the data after `acknowledged` presses (by key) were answered with yes, others with no."""
    from chuan.quality.models import Book, CodeCounter, Dossier, DossierAct
    from chuan.trail.queries import broken_link

    why = "the proof of a benchmark"
    found = []
    acts = list(DossierAct.objects.everywhere(reason=why).values_list("dossier_id", "number", "key").order_by("id"))
    written = Counter(key for _dossier, _number, key in acts)
    found += [f"acknowledged and lost: {key}" for key in acknowledged if not written[key]]
    found += [f"refused and yet written: {key}" for key in refused if written[key]]
    found += [f"written {times} times: {key}" for key, times in written.items() if times > 1]
    numbers: dict[int, list[int]] = {}
    for dossier, number, _key in acts:
        numbers.setdefault(dossier, []).append(number)
    rows = list(Dossier.objects.everywhere(reason=why).select_related("agency", "version__procedure", "book"))
    for row in rows:
        if sorted(numbers.get(row.pk, [])) != list(range(1, row.act_count + 1)):
            found.append(f"{row.code}: {row.act_count} acts by its column, {sorted(numbers.get(row.pk, []))} written")
        found += [f"{row.code}: column {name} differs from its acts" for name in _stale(row)]
    if len({row.code for row in rows}) < len(rows):
        found.append("a code was given twice")
    for counter in CodeCounter.objects.all():
        given = sum(row.code.startswith(f"{counter.identifier}-{counter.day:%y%m%d}-") for row in rows)
        if given != counter.last:
            found.append(f"{counter}: {given} codes are there")
    for book in Book.objects.everywhere(reason=why):
        lines = sorted(row.number for row in rows if row.book_id == book.pk)
        if lines != list(range(1, book.last + 1)):
            found.append(f"book {book.year}: {book.last} numbers given, {len(lines)} lines")
    broken = broken_link()
    return [*found, f"the trail is broken at {broken.seq}"] if broken else found


def _stale(row: object) -> list[str]:
    """Return the columns of a dossier that are not what its acts come to."""
    from chuan.quality.dossiers.models import Dossier
    from chuan.quality.dossiers.reckoned import COLUMNS, acts_of, bring_up_to_date

    assert isinstance(row, Dossier)
    stored = {name: getattr(row, name) for name in COLUMNS}
    acts = acts_of(row)
    bring_up_to_date(row, acts, acts[-1].entered_at)
    return [name for name in COLUMNS if getattr(row, name) != stored[name]]


def totals() -> dict[str, int]:
    """Return how many dossiers, acts and entries of the trail there are."""
    from chuan.quality.models import Dossier, DossierAct
    from chuan.trail.models import Entry

    why = "the sums of a benchmark"
    return {
        "dossiers": Dossier.objects.everywhere(reason=why).count(),
        "acts": DossierAct.objects.everywhere(reason=why).count(),
        "trail": Entry.objects.count(),
    }
