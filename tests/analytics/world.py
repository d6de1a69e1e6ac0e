"""A commune with a procedure in force, a public service, and a log of it as CSV.

Procedure: B1 Tiếp nhận, B2 Thẩm định, B3 Ký duyệt (2 working days committed), B4 Trả kết quả (not counted).
November 2026: 2 is a Monday; the moment of the tests is Monday 16.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chuan.analytics.findings.actions import read_again
from chuan.analytics.logs.actions import add_source, hand_in, set_mapping, take_in
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload
from chuan.kernel.actor import machine
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure, ProcedureVersion, PublicService
from chuan.quality.procedures.actions import approve, bring_into_force, start_procedure, submit
from chuan.quality.services.actions import add_service

from ..cast import HERE, NOW, Cast

BY = machine("tests", NOW)
CODE = "9.000001"
HEADINGS = "Mã hồ sơ;Mã thủ tục;Công việc;Thời gian hoàn thành;Vị trí thực hiện;Người nộp"
STEPS = ("Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Ký duyệt", "Trả kết quả")
ROLES = ("Công chức một cửa", "Chuyên viên", "Lãnh đạo UBND xã", "Công chức một cửa")


def content(**changes: Any) -> dict[str, Any]:
    """The procedure as stored."""
    times = ((4, "working_hour"), (1, "working_day"), (4, "working_hour"), (None, None))
    steps = [
        {"no": f"B{place}", "title": title, "role": role, "time": amount, "time_unit": unit, "counted": bool(amount)}
        for place, (title, role, (amount, unit)) in enumerate(zip(STEPS, ROLES, times, strict=True), start=1)
    ]
    written = {"name_vi": "Cấp giấy xác nhận thử", "service_code": CODE, "variants": [{"steps": steps}]}
    committed = {"committed_time": {"amount": 2, "unit": "working_day"}}
    return written | committed | changes


def row(code: str, day: str, step: str, position: str = "", service: str = f"{CODE}.H99") -> str:
    """One line of the log: `row("H1", "02/11/2026 08:00", STEPS[0])`."""
    return f"{code};{service};{step};{day};{position};Trần Thị Dân"


def story(code: str, *moments: str, steps: tuple[str, ...] = STEPS) -> list[str]:
    """The rows of one dossier; a moment is "02 08:00" of November 2026."""
    said = [f"{moment[:2]}/11/2026 {moment[3:]}" for moment in moments]
    return [row(code, at, step) for at, step in zip(said, steps, strict=True)]


RIGHT = story("H1", "02 08:00", "02 16:00", "03 10:00", "03 14:00")
LATE = story("H2", "02 08:00", "02 16:00", "06 10:00", "06 14:00")
SKIPS = story("H3", "03 08:00", "04 10:00", "04 14:00", steps=(STEPS[0], STEPS[2], STEPS[3]))
OPEN = story("H4", "05 08:00", steps=STEPS[:1])
ALL = [*RIGHT, *LATE, *SKIPS, *OPEN]


def csv(rows: list[str]) -> bytes:
    """The rows below their headings."""
    return "\n".join([HEADINGS, *rows]).encode()


@dataclass
class World:
    """What there is before a log comes."""

    agency: Agency
    procedure: Procedure
    version: ProcedureVersion
    source: LogSource

    def hand_in(self, rows: list[str], name: str = "hoso.csv") -> LogUpload:
        """Hand a log in."""
        return hand_in(self.source, csv(rows), name, by=BY, at=NOW)

    def take_in(self, rows: list[str], name: str = "hoso.csv") -> LogUpload:
        """Hand a log in and take it in, without the queue."""
        upload = self.hand_in(rows, name)
        take_in(upload, told=lambda done, total, codes: None, by=BY, at=NOW)
        return upload

    def read(self) -> int:
        """Judge all dossiers."""
        return read_again(self.procedure, by=BY, at=NOW)

    def dossiers(self) -> dict[str, LoggedDossier]:
        """All dossiers by code."""
        return {one.code: one for one in LoggedDossier.objects.within(self.agency)}

    def state(self) -> list[tuple[Any, ...]]:
        """Everything that is recorded."""
        rows = LoggedDossier.objects.within(self.agency).order_by("code")
        return list(rows.values_list("code", "service_code", "facts", "events"))


def in_force(agency: Agency, code: str = "QT.01", effective: date = date(2026, 1, 5), **changes: Any) -> Procedure:
    """A procedure of `agency` in force since `effective`, serving CODE."""
    service = PublicService.objects.everywhere(reason="tests").filter(code=CODE).first() or add_service(
        PublicService(agency=agency, code=CODE, name="Cấp giấy xác nhận thử", valid_from=date(2025, 7, 1)),
        by=BY,
        at=NOW,
    )
    version = start_procedure(agency=agency, code=code, content=content(**changes), services=[service], by=BY, at=NOW)
    submit(version, by=BY, at=NOW)
    number = "12/QĐ-UBND"
    approve(version, effective_on=effective, decision=number, decided_on=effective, signed_before=True, by=BY, at=NOW)
    bring_into_force(version, by=BY, at=NOW)
    return version.procedure


def world(cast: Cast) -> World:
    """Thanh Bình with its procedure in force and a source whose columns are confirmed."""
    agency = cast.an.agency
    procedure = in_force(agency)
    source = add_source(agency=agency, name="Một cửa", by=BY, at=NOW)
    set_mapping(source, {"columns": {}}, by=BY, at=NOW)
    version = ProcedureVersion.objects.within(agency).get(procedure=procedure)
    return World(agency, procedure, version, source)


def at(moment: str) -> datetime:
    """`at("02 08:00")` is 08:00 on 2 November 2026."""
    return datetime.strptime(f"2026-11-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=HERE)


def furnish() -> None:
    """What the pages of the registry show: Đông Hạ with procedure "thucte", dossier "hoso2", source "nguon"."""
    agency = Agency.objects.everywhere(reason="tests").get(key="dongha")
    procedure = in_force(agency, "QT.99")
    source = add_source(agency=agency, name="Một cửa", by=BY, at=NOW)
    set_mapping(source, {"columns": {}}, by=BY, at=NOW)
    upload = hand_in(source, csv([*ALL, row("H9", "31/02/2026 08:00", STEPS[0])]), "hoso.csv", by=BY, at=NOW)
    take_in(upload, told=lambda done, total, codes: None, by=BY, at=NOW)
    upload.change(activities=[*upload.activities, [CODE, "Trình ký duyệt", "", 3], [CODE, "Vào sổ", "", 1]])
    read_again(procedure, by=BY, at=NOW)
    waiting = add_source(agency=agency, name="Một cửa mới", by=BY, at=NOW)
    new = hand_in(waiting, csv(ALL), "moi.csv", by=BY, at=NOW)
    for thing, key in ((procedure, "thucte"), (source, "nguon"), (upload, "tep"), (new, "tepmoi")):
        type(thing).objects.everywhere(reason="tests").filter(pk=thing.pk).update(key=key)
    LoggedDossier.objects.within(agency).filter(code="H2").update(key="hoso2")
