"""A seeded province for `lists.py`, written past forms and models (`rows.py`): the same rows for the same numbers.

One commune is busy: 1 in 100 of the procedures, 1 in 10 of the dossiers. `fill` called again adds what is missing.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from random import Random
from typing import Any

from django.db import models, transaction
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from lists_improvements import fill_improvements
from lists_living import fill_living
from rows import add

from chuan.analytics.findings.models import AgencyReading, ProcedureReading
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload
from chuan.kernel.actor import machine
from chuan.kernel.models import Scoped
from chuan.norms.models import LegalInstrument
from chuan.organisations.founding import found_province
from chuan.organisations.models import Agency
from chuan.organisations.people.models import SORTED_BY, Account, Holding, Person, Position, RoleAssignment
from chuan.quality.procedures.coverages import count_again
from chuan.quality.procedures.models import (
    Acknowledgement,
    ImportBatch,
    ImportedFile,
    Procedure,
    ProcedureService,
    ProcedureVersion,
)
from chuan.quality.services.models import PublicService, ServiceDuty
from chuan.rules.authority import Role
from chuan.text.vietnamese import fold, person_sort_text
from chuan.trail.chain import seal
from chuan.trail.models import NO_HASH, Entry

SEED = 20261121
NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
SINCE = date(2025, 7, 1)
DEPARTMENTS, PEOPLE_OF_AGENCY, FIELDS = 20, 20, 40
EVENTS = 7
CONTENTS = 200  # texts of versions and of dossiers: each is used again and again
NO_PASSWORD = "!"  # noqa: S105 - nobody signs in with it; sessions are made by the benchmark
STATES = ("early", "on_time", "late", "open_in_time", "open_late")
STEPS = ("Tiếp nhận hồ sơ", "Phân công thụ lý", "Thẩm định hồ sơ", "Xác minh thực tế", "Trình ký", "Ký duyệt", "Trả")
WORDS = "đất đai hộ tịch cấp giấy phép xây dựng môi trường chứng thực đăng ký kinh doanh thẩm định công trình"
_WORDS = WORDS.split()
REASON = "a benchmark fills the database"
SUMMED = ("dossiers", "judged_steps", "followed", "judged_time", "in_time")
Row = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How many rows there are to be.

    Uploads and files (of a batch of written procedures) are those of the busy commune, instruments those that the
    province added, entries those in the trail.
    """

    agencies: int
    procedures: int
    dossiers: int
    services: int
    uploads: int
    files: int
    instruments: int
    entries: int

    def __str__(self) -> str:
        return f"{self.agencies:,} agencies, {self.procedures:,} procedures, {self.dossiers:,} dossiers"


FEW = Size(agencies=25, procedures=60, dossiers=60, services=12, uploads=6, files=6, instruments=6, entries=20)
SMALL = Size(
    agencies=60, procedures=2_000, dossiers=5_000, services=300, uploads=80, files=80, instruments=80, entries=500
)
FULL = Size(500, 50_000, 200_000, services=2_000, uploads=400, files=400, instruments=400, entries=10_000)


def fill(size: Size) -> None:
    """Bring the database to `size`."""
    with transaction.atomic():
        if not Agency.objects.everywhere(reason=REASON).exists():
            _found()
        agencies = _agencies(size)
        _people(agencies)
        services = _services(size, agencies[0])
        _procedures(size, agencies, services)
        _readings()
        _logs(size, agencies)
        _imports(size, agencies[1])
        fill_improvements(size.procedures, agencies, NOW, _seeded())
        fill_living(size.dossiers, agencies, services, NOW, _seeded())
        _instruments(size, agencies[0])
        _trail(size)
    count_again(timezone.localdate())


def busy() -> Agency:
    """Return the busy commune."""
    return Agency.objects.everywhere(reason=REASON).get(key="cq1")


def key(name: str) -> str:
    """Return what stands in an address: "source" and "batch" are those of the busy commune, all else is itself."""
    found = {"source": LogSource, "batch": ImportBatch}.get(name)
    return str(found.objects.within(busy()).get().key) if found else name


def account(username: str) -> Account:
    """Return an account; a commune's and a department's members are named by `_people`."""
    return Account.objects.get(username=username)


def _found() -> None:
    by = machine("bench", NOW)
    names = {"code": "MAU", "name": "tỉnh Mẫu", "administrator": "Vũ Duy Khánh", "username": "khanh"}
    password = "mat-khau-de-do-toc-do"  # noqa: S105 - of a database that is thrown away
    found_province(**names, password=password, since=SINCE, by=by, at=NOW, fictitious=True, must_change=False)


def _all(model: type[Any]) -> models.QuerySet[Any]:
    rows = model.objects.everywhere(reason=REASON) if issubclass(model, Scoped) else model.objects.all()
    return rows.order_by("pk")


def _agencies(size: Size) -> list[Agency]:
    first, *known = _all(Agency)

    def made(n: int) -> Row:
        above = n in range(2, DEPARTMENTS + 2)
        name = f"Sở số {n}" if above else f"UBND xã Số {n}"
        kind = {"kind": "department", "commune_type": ""} if above else {"kind": "commune", "commune_type": "xa"}
        search = fold(f"{name} CQ{n}")
        where = {"province_id": first.province_id, "parent_id": first.pk, "valid_from": SINCE}
        return (
            {"key": f"cq{n}", "code": f"CQ{n}", "name": name, "search_text": search, "created_at": NOW} | kind | where
        )

    add(Agency, (made(n) for n in range(len(known) + 1, size.agencies)))
    return list(_all(Agency))


_sorted_by = cache(person_sort_text)


def _people(agencies: list[Agency]) -> None:
    """Give every new agency its positions, people and accounts.

    User names: "cq1-0" is the ISO secretary of the busy commune, "cq2-1" the inspector in a department.
    """
    known = set(_all(Person).values_list("agency_id", flat=True))
    fresh = [(agency, n) for agency in agencies if agency.pk not in known for n in range(PEOPLE_OF_AGENCY)]
    random = _seeded()
    roles = {0: Role.ISO_SECRETARY, 1: Role.HEAD, 2: Role.CLERK}

    def person(agency: Agency, n: int) -> Row:
        name, code = f"Nguyễn {random.choice(_WORDS).title()} {random.choice(_WORDS).title()}", f"{agency.code}-{n}"
        found_by = {"search_text": fold(f"{name} {code}"), "sort_text": _sorted_by(name)[:SORTED_BY]}
        names = {"key": f"ng{agency.pk}-{n}", "staff_code": code, "full_name": name}
        return {"agency_id": agency.pk, "created_at": NOW} | names | found_by

    def position(agency: Agency, n: int) -> Row:
        names = {"key": f"vt{agency.pk}-{n}", "code": f"VT{n:02d}", "title": f"Vị trí {n}"}
        return {"agency_id": agency.pk, "created_at": NOW} | names

    add(Person, (person(*one) for one in fresh))
    add(Position, (position(*one) for one in fresh))
    people = dict(_all(Person).values_list("key", "pk"))
    places = dict(_all(Position).values_list("key", "pk"))
    pairs = [(people[f"ng{one.pk}-{n}"], places[f"vt{one.pk}-{n}"], one, n) for one, n in fresh]
    since = {"from_on": SINCE, "created_at": NOW}

    def role(agency: Agency, n: int) -> Role:
        return Role.PROVINCE_INSPECTOR if agency.kind == "department" and n == 1 else roles.get(n, Role.OFFICER)

    def account(person: int, agency: Agency, n: int) -> Row:
        name = f"{agency.code}-{n}".lower()
        return {"person_id": person, "username": name, "password": NO_PASSWORD, "opened_at": NOW}

    add(Account, (account(who, agency, n) for who, _place, agency, n in pairs))
    add(Holding, ({"person_id": who, "position_id": place} | since for who, place, *_ in pairs))
    add(RoleAssignment, ({"position_id": place, "role": role(one, n).value} | since for _who, place, one, n in pairs))


def _services(size: Size, keeper: Agency) -> list[int]:
    random = _seeded()

    def made(n: int) -> Row:
        name, code = _name(random), f"1.{n:06d}.H56"
        values = {"field": f"Lĩnh vực {n % FIELDS}", "legal_amount": "15", "legal_unit": "working_day"}
        values |= {"committed_amount": "12", "committed_unit": "working_day", "search_text": fold(f"{name} {code}")}
        return {"agency_id": keeper.pk, "code": code, "name": name, "valid_from": SINCE, "created_at": NOW} | values

    add(PublicService, (made(n) for n in range(_all(PublicService).count(), size.services)))
    return list(_all(PublicService).values_list("pk", flat=True))


def _seeded(start: int = 0) -> Random:
    return Random(SEED + start)  # noqa: S311 - a benchmark


def _name(random: Random) -> str:
    return f"Thủ tục {' '.join(random.choices(_WORDS, k=9))}"


def _place(n: int, agencies: list[Agency], share: int) -> Agency:
    """Return the agency of row `n`: the busy commune for the first rows and for one row in `share`."""
    return agencies[1 if n < 30 or n % share == 0 else 1 + n % (len(agencies) - 1)]


def _procedures(size: Size, agencies: list[Agency], services: list[int]) -> None:
    start = _all(Procedure).count()
    random = _seeded(start)

    def procedure(n: int) -> Row:
        agency, name = _place(n, agencies, 100), _name(random)
        values = {"field": f"Lĩnh vực {n % FIELDS}", "in_force": n % 5 != 4}
        names = {"key": f"qt{n}", "code": f"QT-{n:05d}", "name": name, "search_text": fold(f"{name} QT-{n:05d}")}
        return {"agency_id": agency.pk, "created_at": NOW} | values | names

    add(Procedure, (procedure(n) for n in range(start, size.procedures)))
    known = _all(Procedure).values_list("key", "pk", "agency_id", "in_force")
    fresh = [(int(name[2:]), *rest) for name, *rest in known if int(name[2:]) >= start]
    contents = [_content(n, random) for n in range(CONTENTS)]
    add(ProcedureVersion, (row for n, pk, _agency, in_force in fresh for row in _versions(n, pk, in_force, contents)))
    served = [(pk, agency, n // 3) for n, pk, agency, _in_force in fresh]
    add(
        ProcedureService, ({"procedure_id": pk, "service_id": services[n % len(services)]} for pk, _agency, n in served)
    )
    wanted = {(agency, services[(n + extra) % len(services)]) for _pk, agency, n in served for extra in (0, 1)}
    wanted -= set(_all(ServiceDuty).values_list("agency_id", "service_id"))
    since = {"from_on": SINCE, "created_at": NOW}
    add(ServiceDuty, ({"agency_id": agency, "service_id": service} | since for agency, service in sorted(wanted)))
    _read_by_the_busy(agencies[1])


def _read_by_the_busy(agency: Agency) -> None:
    """Let half of the agency acknowledge each of its versions in force."""
    readers = Account.objects.filter(person__agency=agency).order_by("pk").values_list("pk", flat=True)[1:10]
    read = _all(ProcedureVersion).filter(state="in_force", procedure__agency=agency, acknowledgements=None)
    pairs = product(read.values_list("pk", flat=True), list(readers))
    add(Acknowledgement, ({"version_id": pk, "account_id": who, "created_at": NOW} for pk, who in pairs))


def _content(n: int, random: Random) -> str:
    steps = [
        {"no": f"B{at}", "title": step, "role": f"Vị trí {at}", "time": {"amount": "2", "unit": "working_day"}}
        | {"note": _name(random), "output_or_form": f"BM-{n}.{at}"}
        for at, step in enumerate(STEPS, start=1)
    ]
    return json.dumps({"name": _name(random), "variants": [{"name": "", "steps": steps}]})


def _versions(n: int, procedure: int, in_force: bool, contents: Sequence[str]) -> Iterator[Row]:
    common = {"procedure_id": procedure, "step_count": len(STEPS), "created_at": NOW, "content": contents[n % CONTENTS]}
    if in_force:
        yield {"number": 1, "state": "in_force", "effective_on": SINCE} | common
    if not in_force or n % 20 == 0:
        yield {"number": 2, "state": "draft"} | common


def _readings() -> None:
    """Give one version in five a reading, and every one of the busy commune; sum them up for each agency."""
    rows = _all(ProcedureVersion).filter(state="in_force", log_readings=None)
    random = _seeded()
    ways = [{"way": "x" * 32, "missing": []}] * 20
    content = json.dumps({"questions": [], "states": dict.fromkeys(STATES, 10), "ways": ways})
    computed = {"computed_at": NOW, "created_at": NOW}

    def made(version: int, agency: int) -> Row:
        dossiers = random.randint(5, 400)
        followed, in_time = random.randint(0, dossiers), random.randint(0, dossiers)
        counts = {"dossiers": dossiers, "judged_steps": dossiers, "judged_time": dossiers}
        counts |= {"followed": followed, "in_time": in_time, "leads": True}
        place = {"agency_id": agency, "version_id": version, "calendar": "vn", "content": content}
        return place | counts | computed | {"trouble": 2 - (followed + in_time) / dossiers}

    of_busy = busy().pk
    chosen = [one for one in rows.values_list("pk", "procedure__agency") if one[0] % 5 == 0 or one[1] == of_busy]
    add(ProcedureReading, (made(*one) for one in chosen))
    _all(AgencyReading).delete()
    sums: dict[str, Any] = {name: Sum(name) for name in SUMMED}
    found = _all(ProcedureReading).order_by().values("agency_id").annotate(procedures=Count("pk"), **sums)
    by_agency = {one["agency_id"]: one for one in found}
    none = dict.fromkeys(("procedures", *SUMMED), 0)
    add(
        AgencyReading,
        (by_agency.get(pk, none | {"agency_id": pk}) | computed for pk in _all(Agency).values_list("pk", flat=True)),
    )


def _logs(size: Size, agencies: list[Agency]) -> None:
    until = {"recorded_until": NOW, "created_at": NOW}
    known = set(_all(LogSource).values_list("agency_id", flat=True))
    fresh = (one.pk for one in agencies[1:] if one.pk not in known)
    add(LogSource, ({"agency_id": pk, "name": "Hệ thống một cửa"} | until for pk in fresh))
    sources = dict(_all(LogSource).values_list("agency_id", "pk"))

    def upload(n: int) -> Row:
        at = NOW - timedelta(hours=n)
        said = {"status": "done", "dossiers": 50, "events": 350, "added": 20, "finished_at": at, "created_at": at}
        return {"source_id": sources[agencies[1].pk], "name": f"ho-so-{n}.xlsx", "checksum": f"{n:064d}"} | said

    add(LogUpload, (upload(n) for n in range(_all(LogUpload).count(), size.uploads)))
    versions: dict[int, list[tuple[int, int]]] = {}
    in_force = _all(ProcedureVersion).filter(state="in_force")
    for agency, version, procedure in in_force.values_list("procedure__agency", "pk", "procedure"):
        versions.setdefault(agency, []).append((version, procedure))
    start = _all(LoggedDossier).count()
    made = _dossier_maker(agencies, versions, sources, _seeded(start))
    add(LoggedDossier, (made(n) for n in range(start, size.dossiers)))
    counted = _all(LoggedDossier).order_by().values("source").annotate(rows=Count("pk")).values("rows")
    _all(LogSource).update(dossier_count=Coalesce(Subquery(counted.filter(source=OuterRef("pk"))), 0))


def _dossier_maker(
    agencies: list[Agency],
    versions: dict[int, list[tuple[int, int]]],
    sources: dict[int, int],
    random: Random,
) -> Callable[[int], Row]:
    events = [_events(n, random) for n in range(CONTENTS)]
    verdicts = [json.dumps({"deviations": [{"kind": "skipped", "step": "B4"}] * cost}) for cost in range(3)]

    def made(n: int) -> Row:
        agency = _place(n, agencies, 10).pk
        version, procedure = random.choice(versions.get(agency) or [(None, None)])
        received = NOW - timedelta(minutes=random.randint(1, 60 * 24 * 600))
        finished, cost = received + timedelta(hours=random.randint(4, 400)), random.choice((0, 0, 0, 1, 2))
        moments = {"received_at": received, "due_at": received + timedelta(days=8), "finished_at": finished}
        place = {"agency_id": agency, "source_id": sources[agency], "procedure_id": procedure, "version_id": version}
        judged = {"state": random.choice(STATES), "fitness": 1 - cost / 10, "cost": cost, "verdict": verdicts[cost]}
        judged |= {"marks": "|skipped:B4|" if cost else "", "way": f"{random.randint(1, 12):032x}"}
        said = {"code": f"000.00.{n:06d}", "service_code": f"1.{n % 2000:06d}", "events": events[n % CONTENTS]}
        said["facts"] = f'{{"received_at": "{received.isoformat()}", "finished_at": "{finished.isoformat()}"}}'
        return place | moments | judged | said | {"created_at": received}

    return made


def _events(n: int, random: Random) -> str:
    received, hours = NOW - timedelta(days=random.randint(1, 600)), random.randint(4, 400)
    events = [
        {"at": (received + timedelta(hours=hours) * at / EVENTS).isoformat(), "activity": step}
        | {"number": f"B{at + 1}", "position": f"Vị trí {at + 1}", "id": f"{n}-{at}"}
        for at, step in enumerate(STEPS)
    ]
    return json.dumps(events)


def _imports(size: Size, agency: Agency) -> None:
    common = {"agency": agency, "created_at": NOW}
    batch = _all(ImportBatch).first() or ImportBatch.objects.create(key="tep", name="Quy trình cũ.zip", **common)
    steps = [{"no": f"B{at}", "title": step, "role": f"Vị trí {at}"} for at, step in enumerate(STEPS, start=1)]

    def made(n: int) -> Row:
        found = {"name": "Thủ tục", "procedure_code": f"QT-N{n}", "variants": [{"name": "", "steps": steps}]}
        reading = json.dumps({"procedures": [found], "outline": [STEPS] * 20})
        names = {"batch_id": batch.pk, "name": f"qt-{n:04d}.docx", "created_at": NOW}
        return {"status": "read", "reading": reading} | names

    add(ImportedFile, (made(n) for n in range(_all(ImportedFile).count(), size.files)))


def _instruments(size: Size, keeper: Agency) -> None:
    known = LegalInstrument.objects.exclude(province=None).count()
    random = _seeded(known)

    def made(n: int) -> Row:
        said = {"kind": "decision", "issuer": "UBND", "year": 2025, "title": _name(random), "confidence": "high"}
        days = {"issued_on": SINCE, "effective_on": SINCE, "created_at": NOW}
        return {"province_id": keeper.province_id, "number": f"{n + 1}/2025/QĐ-UBND"} | said | days

    add(LegalInstrument, (made(n) for n in range(known, size.instruments)))


def _trail(size: Size) -> None:
    last = Entry.objects.order_by("-seq").first()
    start, previous = (last.seq, last.hash) if last else (0, NO_HASH)

    def entries() -> Iterator[Row]:
        link = previous
        for seq in range(start + 1, size.entries + 1):
            values = {"seq": seq, "at": NOW, "by": f"account:cq1-{seq % 20}", "previous": link, "facts": "{}"}
            values |= {"action": "person.change", "subject": f"person:ng2-{seq % 20}"}
            link = seal(Entry(**values))
            yield values | {"hash": link}

    add(Entry, entries())
