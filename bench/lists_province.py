"""A seeded province for `lists.py`: written in bulk, without forms; the same rows for the same numbers, run after run.

One commune is busy: it has 1 in 100 of the procedures and 1 in 10 of the dossiers. `fill` may be called again with
larger numbers: it adds what is missing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import models, transaction

from chuan.analytics.findings.actions import sum_up
from chuan.analytics.findings.models import ProcedureReading
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload
from chuan.kernel.actor import machine
from chuan.kernel.models import Scoped
from chuan.norms.models import LegalInstrument
from chuan.organisations.founding import found_province
from chuan.organisations.models import Agency
from chuan.organisations.people.models import Account, Holding, Person, Position, RoleAssignment
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
from chuan.text.vietnamese import fold
from chuan.trail.chain import seal
from chuan.trail.models import NO_HASH, Entry

SEED = 20261121
NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
SINCE = date(2025, 7, 1)
DEPARTMENTS, PEOPLE_OF_AGENCY, FIELDS = 20, 20, 40
EVENTS = 7
CHUNK = 2000
NO_PASSWORD = "!"  # noqa: S105 - nobody signs in with it; sessions are made by the benchmark
STATES = ("early", "on_time", "late", "open_in_time", "open_late")
STEPS = ("Tiếp nhận hồ sơ", "Phân công thụ lý", "Thẩm định hồ sơ", "Xác minh thực tế", "Trình ký", "Ký duyệt", "Trả")
WORDS = "đất đai hộ tịch cấp giấy phép xây dựng môi trường chứng thực đăng ký kinh doanh thẩm định công trình"
_WORDS = WORDS.split()
REASON = "a benchmark fills the database"


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
FULL = Size(
    agencies=500,
    procedures=50_000,
    dossiers=200_000,
    services=2_000,
    uploads=400,
    files=400,
    instruments=400,
    entries=10_000,
)


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
        _instruments(size, agencies[0])
        _trail(size)


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


def _add(model: type[Any], rows: Iterator[Any]) -> None:
    """Insert rows chunk by chunk, so that no more than a chunk is in memory."""
    manager = model.objects.everywhere(reason=REASON) if issubclass(model, Scoped) else model.objects
    while chunk := list(islice(rows, CHUNK)):
        manager.bulk_create(chunk)


def _all(model: type[Any]) -> models.QuerySet[Any]:
    return (model.objects.everywhere(reason=REASON) if issubclass(model, Scoped) else model.objects.all()).order_by(
        "pk"
    )


def _agencies(size: Size) -> list[Agency]:
    first, *known = _all(Agency)

    def made(n: int) -> Agency:
        above = n in range(2, DEPARTMENTS + 2)
        name = f"Sở số {n}" if above else f"UBND xã Số {n}"
        kind = {"kind": "department", "commune_type": ""} if above else {"kind": "commune", "commune_type": "xa"}
        search = fold(f"{name} CQ{n}")
        where = {"province_id": first.province_id, "parent": first, "valid_from": SINCE}
        return Agency(key=f"cq{n}", code=f"CQ{n}", name=name, search_text=search, created_at=NOW, **kind, **where)

    _add(Agency, (made(n) for n in range(len(known) + 1, size.agencies)))
    return list(_all(Agency))


def _people(agencies: list[Agency]) -> None:
    """Give every new agency its positions, people and accounts.

    User names: "cq1-0" is the ISO secretary of the busy commune, "cq2-1" the inspector in a department.
    """
    known = set(_all(Person).values_list("agency_id", flat=True))
    fresh = [(agency, n) for agency in agencies if agency.pk not in known for n in range(PEOPLE_OF_AGENCY)]
    random = _seeded()
    roles = {0: Role.ISO_SECRETARY, 1: Role.HEAD, 2: Role.CLERK}

    def person(agency: Agency, n: int) -> Person:
        name = f"Nguyễn {random.choice(_WORDS).title()} {random.choice(_WORDS).title()}"
        one = Person(agency=agency, key=f"ng{agency.pk}-{n}", staff_code=f"{agency.code}-{n}", created_at=NOW)
        one.call(name)
        return one

    def position(agency: Agency, n: int) -> Position:
        return Position(key=f"vt{agency.pk}-{n}", agency=agency, code=f"VT{n:02d}", title=f"Vị trí {n}", created_at=NOW)

    _add(Person, (person(*one) for one in fresh))
    _add(Position, (position(*one) for one in fresh))
    people = {one.key[2:]: one for one in _all(Person)}
    places = {one.key[2:]: one.pk for one in _all(Position)}
    pairs = [(people[f"{agency.pk}-{n}"], places[f"{agency.pk}-{n}"], agency, n) for agency, n in fresh]
    _add(
        Account,
        (
            Account(person=who, username=who.staff_code.lower(), password=NO_PASSWORD, opened_at=NOW)
            for who, *_ in pairs
        ),
    )
    common = {"from_on": SINCE, "created_at": NOW}
    _add(Holding, (Holding(person=who, position_id=place, **common) for who, place, *_ in pairs))

    def role(agency: Agency, n: int) -> Role:
        return Role.PROVINCE_INSPECTOR if agency.kind == "department" and n == 1 else roles.get(n, Role.OFFICER)

    _add(
        RoleAssignment,
        (RoleAssignment(position_id=place, role=role(agency, n).value, **common) for _who, place, agency, n in pairs),
    )


def _services(size: Size, keeper: Agency) -> list[PublicService]:
    random = _seeded()

    def made(n: int) -> PublicService:
        name, code = _name(random), f"1.{n:06d}.H56"
        values = {"field": f"Lĩnh vực {n % FIELDS}", "legal_amount": "15", "legal_unit": "working_day"}
        values |= {"committed_amount": "12", "committed_unit": "working_day", "search_text": fold(f"{name} {code}")}
        return PublicService(agency=keeper, code=code, name=name, valid_from=SINCE, created_at=NOW, **values)

    _add(PublicService, (made(n) for n in range(_all(PublicService).count(), size.services)))
    return list(_all(PublicService))


def _seeded(start: int = 0) -> Random:
    return Random(SEED + start)  # noqa: S311 - a benchmark


def _name(random: Random) -> str:
    return f"Thủ tục {' '.join(random.choices(_WORDS, k=9))}"


def _place(n: int, agencies: list[Agency], share: int) -> Agency:
    """Return the agency of row `n`: the busy commune for the first rows and for one row in `share`."""
    return agencies[1 if n < 30 or n % share == 0 else 1 + n % (len(agencies) - 1)]


def _procedures(size: Size, agencies: list[Agency], services: list[PublicService]) -> None:
    start = _all(Procedure).count()
    random = _seeded(start)

    def procedure(n: int) -> Procedure:
        agency, name = _place(n, agencies, 100), _name(random)
        values = {"field": f"Lĩnh vực {n % FIELDS}", "in_force": n % 5 != 4}
        names = {"key": f"qt{n}", "code": f"QT-{n:05d}", "name": name, "search_text": fold(f"{name} QT-{n:05d}")}
        return Procedure(agency=agency, created_at=NOW, **values, **names)

    _add(Procedure, (procedure(n) for n in range(start, size.procedures)))
    fresh = [(int(one.key[2:]), one) for one in _all(Procedure) if int(one.key[2:]) >= start]
    _add(ProcedureVersion, (row for n, one in fresh for row in _versions(n, one, random)))
    _add(
        ProcedureService,
        (ProcedureService(procedure=one, service=services[n // 3 % len(services)]) for n, one in fresh),
    )
    given = set(_all(ServiceDuty).values_list("agency_id", "service_id"))
    wanted = {(one.agency_id, services[(n // 3 + extra) % len(services)].pk) for n, one in fresh for extra in (0, 1)}
    common = {"from_on": SINCE, "created_at": NOW}
    _add(ServiceDuty, (ServiceDuty(agency_id=a, service_id=s, **common) for a, s in sorted(wanted - given)))
    readers = list(Account.objects.filter(person__agency=agencies[1]).order_by("pk")[1:10])
    read = _all(ProcedureVersion).filter(state="in_force", procedure__agency=agencies[1], acknowledgements=None)
    rows = [Acknowledgement(version=one, account=who, created_at=NOW) for one in read.only("pk") for who in readers]
    _add(Acknowledgement, iter(rows))


def _versions(n: int, procedure: Procedure, random: Random) -> Iterator[ProcedureVersion]:
    steps = [
        {"no": f"B{at}", "title": step, "role": f"Vị trí {at}", "time": {"amount": "2", "unit": "working_day"}}
        | {"note": _name(random), "output_or_form": f"BM-{n}.{at}"}
        for at, step in enumerate(STEPS, start=1)
    ]
    common = {"procedure": procedure, "step_count": len(steps), "created_at": NOW}
    content = {"name": procedure.name, "variants": [{"name": "", "steps": steps}]}
    if procedure.in_force:
        yield ProcedureVersion(number=1, content=content, state="in_force", effective_on=SINCE, **common)
    if not procedure.in_force or n % 20 == 0:
        yield ProcedureVersion(number=2, content=content, state="draft", **common)


def _readings() -> None:
    """Give one version in five a reading, and every one of the busy commune."""
    rows = _all(ProcedureVersion).filter(state="in_force", log_readings=None).only("pk", "procedure__agency_id")
    random = _seeded()
    content = {"questions": [], "states": dict.fromkeys(STATES, 10), "ways": [{"way": "x" * 32, "missing": []}] * 20}

    def made(version: ProcedureVersion) -> ProcedureReading:
        dossiers = random.randint(5, 400)
        followed, in_time = random.randint(0, dossiers), random.randint(0, dossiers)
        counts: dict[str, float] = {"dossiers": dossiers, "judged_steps": dossiers, "judged_time": dossiers}
        counts |= {"followed": followed, "in_time": in_time}
        common = {"computed_at": NOW, "created_at": NOW, "calendar": "vn", "content": content}
        counts |= {"leads": True, "trouble": 2 - (followed + in_time) / dossiers}
        return ProcedureReading(agency_id=version.procedure.agency_id, version=version, **counts, **common)

    chosen = [one for one in rows.select_related("procedure") if one.pk % 5 == 0 or one.procedure.agency_id == 2]
    _add(ProcedureReading, map(made, chosen))
    for agency in _all(Agency):
        sum_up(agency, by=machine("bench", NOW), at=NOW)


def _logs(size: Size, agencies: list[Agency]) -> None:
    known = set(_all(LogSource).values_list("agency_id", flat=True))
    until = {"recorded_until": NOW, "created_at": NOW}
    fresh = (LogSource(agency=one, name="Hệ thống một cửa", **until) for one in agencies[1:] if one.pk not in known)
    _add(LogSource, fresh)
    sources = {one.agency_id: one for one in _all(LogSource).select_related("agency")}
    own = sources[agencies[1].pk]

    def upload(n: int) -> LogUpload:
        at = NOW - timedelta(hours=n)
        said = {"status": "done", "dossiers": 50, "events": 350, "added": 20, "finished_at": at, "created_at": at}
        return LogUpload(source=own, name=f"ho-so-{n}.xlsx", checksum=f"{n:064d}", **said)

    _add(LogUpload, (upload(n) for n in range(_all(LogUpload).count(), size.uploads)))
    versions: dict[int, list[tuple[int, int]]] = {}
    in_force = _all(ProcedureVersion).filter(state="in_force")
    for agency, version, procedure in in_force.values_list("procedure__agency", "pk", "procedure"):
        versions.setdefault(agency, []).append((version, procedure))
    start = _all(LoggedDossier).count()
    random = _seeded(start)
    made = _dossier_maker(agencies, versions, sources, random)
    _add(LoggedDossier, (made(n) for n in range(start, size.dossiers)))
    for source in sources.values():
        count = LoggedDossier.objects.within(source.agency).filter(source=source).count()
        _all(LogSource).filter(pk=source.pk).update(dossier_count=count)


def _dossier_maker(
    agencies: list[Agency],
    versions: dict[int, list[tuple[int, int]]],
    sources: dict[int, LogSource],
    random: Random,
) -> Callable[[int], LoggedDossier]:
    def made(n: int) -> LoggedDossier:
        agency = _place(n, agencies, 10)
        version, procedure = random.choice(versions.get(agency.pk) or [(None, None)])
        received = NOW - timedelta(minutes=random.randint(1, 60 * 24 * 600))
        finished = received + timedelta(hours=random.randint(4, 400))
        events = [
            {"at": (received + (finished - received) * at / EVENTS).isoformat(), "activity": step}
            | {"number": f"B{at + 1}", "position": f"Vị trí {at + 1}", "id": f"{n}-{at}"}
            for at, step in enumerate(STEPS)
        ]
        cost = random.choice((0, 0, 0, 1, 2))
        moments = {"received_at": received, "due_at": received + timedelta(days=8), "finished_at": finished}
        return LoggedDossier(
            agency=agency,
            source=sources[agency.pk],
            code=f"000.00.{n:06d}",
            service_code=f"1.{n % 2000:06d}",
            facts={name: at.isoformat() for name, at in moments.items()},
            events=events,
            procedure_id=procedure,
            version_id=version,
            state=random.choice(STATES),
            fitness=1 - cost / 10,
            cost=cost,
            verdict={"deviations": [{"kind": "skipped", "step": "B4"}] * cost},
            marks="|skipped:B4|" if cost else "",
            way=f"{random.randint(1, 12):032x}",
            created_at=received,
            **moments,
        )

    return made


def _imports(size: Size, agency: Agency) -> None:
    common = {"agency": agency, "created_at": NOW}
    batch = _all(ImportBatch).first() or ImportBatch.objects.create(key="tep", name="Quy trình cũ.zip", **common)
    steps = [{"no": f"B{at}", "title": step, "role": f"Vị trí {at}"} for at, step in enumerate(STEPS, start=1)]
    variants = [{"name": "", "steps": steps}]

    def made(n: int) -> ImportedFile:
        found = {"name": "Thủ tục", "procedure_code": f"QT-N{n}", "variants": variants}
        reading = {"procedures": [found], "outline": [STEPS] * 20}
        return ImportedFile(batch=batch, name=f"qt-{n:04d}.docx", status="read", reading=reading, created_at=NOW)

    _add(ImportedFile, (made(n) for n in range(_all(ImportedFile).count(), size.files)))


def _instruments(size: Size, keeper: Agency) -> None:
    known = LegalInstrument.objects.exclude(province=None).count()
    random = _seeded(known)

    def made(n: int) -> LegalInstrument:
        said = {"kind": "decision", "issuer": "UBND", "year": 2025, "title": _name(random), "confidence": "high"}
        number = f"{n + 1}/2025/QĐ-UBND"
        days = {"issued_on": SINCE, "effective_on": SINCE, "created_at": NOW}
        return LegalInstrument(province_id=keeper.province_id, number=number, **said, **days)

    _add(LegalInstrument, (made(n) for n in range(known, size.instruments)))


def _trail(size: Size) -> None:
    last = Entry.objects.order_by("-seq").first()
    start, previous = (last.seq, last.hash) if last else (0, NO_HASH)

    def entries() -> Iterator[Entry]:
        link = previous
        for seq in range(start + 1, size.entries + 1):
            subject = {"action": "person.change", "subject": f"person:ng2-{seq % 20}", "facts": "{}"}
            entry = Entry(seq=seq, at=NOW, by=f"account:cq1-{seq % 20}", previous=link, **subject)
            entry.hash = link = seal(entry)
            yield entry

    _add(Entry, entries())
