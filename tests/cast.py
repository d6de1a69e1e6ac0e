"""The fixed cast of the tests, in "tỉnh Mẫu", which does not exist.

    An      clerk of the one-stop centre     UBND xã Thanh Bình
    Bình    reader                           UBND xã Thanh Bình
    Giang   ISO secretary                    UBND xã Thanh Bình
    Hà      head                             UBND xã Thanh Bình
    Chi     ISO secretary of another agency  UBND xã Đông Hạ
    Dung    inspector of the province        Sở Khoa học và Công nghệ
    Khánh   system administrator             UBND tỉnh Mẫu

They are in the database of every test. `cast.an` is An as found there: her account, person and actor. Thanh Bình has a
declared quality system, which the Sở applies too; `without_system` takes it away.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client

from chuan.kernel.actor import Actor, machine
from chuan.organisations.agencies.actions import (
    add_agency,
    add_unit,
    declare,
    found_quality_system,
    join,
    move_quality_system,
)
from chuan.organisations.agencies.models import (
    Agency,
    AgencyKind,
    CommuneType,
    Membership,
    QualitySystem,
    Unit,
    UnitKind,
)
from chuan.organisations.founding import found_province
from chuan.organisations.people.accounts import open_account
from chuan.organisations.people.actions import add_person, add_position, assign_role, hold
from chuan.organisations.people.models import Account, Holding, Person, Position
from chuan.organisations.people.queries import actor_for
from chuan.rules.authority import Role

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=HERE)
"""The moment of every test: a Monday morning."""

FOUNDED_AT = datetime(2026, 1, 5, 8, 0, tzinfo=HERE)
SINCE = date(2025, 7, 1)
PASSWORD = "mat-khau-cua-dan-dien-vien"
NAMES = ("an", "binh", "giang", "ha", "chi", "dung", "khanh")

_AGENCIES = {
    "thanhbinh": ("UBND xã Thanh Bình", AgencyKind.COMMUNE, CommuneType.COMMUNE),
    "dongha": ("UBND xã Đông Hạ", AgencyKind.COMMUNE, CommuneType.COMMUNE),
    "khcn": ("Sở Khoa học và Công nghệ", AgencyKind.DEPARTMENT, ""),
}


class Part(NamedTuple):
    """A part to be played: user name, full name, agency, position, role."""

    username: str
    full_name: str
    agency: str
    title: str
    role: Role


_PARTS = (
    Part("an", "Nguyễn Thị An", "thanhbinh", "Công chức tiếp nhận và trả kết quả", Role.CLERK),
    Part("binh", "Trần Văn Bình", "thanhbinh", "Công chức văn hóa - xã hội", Role.READER),
    Part("giang", "Lê Hương Giang", "thanhbinh", "Thư ký ISO", Role.ISO_SECRETARY),
    Part("ha", "Phạm Thu Hà", "thanhbinh", "Chủ tịch UBND xã", Role.HEAD),
    Part("chi", "Đỗ Kim Chi", "dongha", "Thư ký ISO", Role.ISO_SECRETARY),
    Part("dung", "Hoàng Trung Dũng", "khcn", "Trưởng đoàn kiểm tra", Role.PROVINCE_INSPECTOR),
)


@dataclass(frozen=True)
class Player:
    """One of the cast, as found in the database of this test."""

    account: Account
    person: Person
    actor: Actor
    holding: Holding

    @property
    def agency(self) -> Agency:
        """The agency of the player."""
        return self.person.agency

    @property
    def position(self) -> Position:
        """The position that the player holds."""
        return self.holding.position


class Cast:
    """The players by name: `cast.an`, `cast.binh` …, and `cast.everybody()`."""

    def __getattr__(self, name: str) -> Player:
        if name not in NAMES:
            raise AttributeError(name)
        return _player(name)

    def everybody(self) -> dict[str, Player]:
        """Return all players by user name."""
        return {name: _player(name) for name in NAMES}


def sessions() -> dict[str, str]:
    """Sign everybody in and return their session keys by user name."""
    keys = {}
    for name, player in Cast().everybody().items():
        client = Client()
        client.force_login(player.account)
        keys[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return keys


def _player(name: str) -> Player:
    account = Account.objects.select_related("person__agency__province").get(username=name)
    holdings = Holding.objects.everywhere(reason="tests").select_related("position__agency")
    holding = holdings.filter(person=account.person).earliest("pk")
    return Player(account, account.person, actor_for(account, NOW), holding)


def assemble() -> None:
    """Write the cast into an empty database."""
    by, at = machine("tests", FOUNDED_AT), FOUNDED_AT
    founded = found_province(
        code="MAU",
        name="tỉnh Mẫu",
        fictitious=True,
        administrator="Vũ Duy Khánh",
        username="khanh",
        password=PASSWORD,
        must_change=False,
        since=SINCE,
        by=by,
        at=at,
    )
    agencies = {}
    for key, (name, kind, commune_type) in _AGENCIES.items():
        agency = Agency(
            key=key,
            province=founded.province,
            parent=founded.agency,
            kind=kind,
            commune_type=commune_type,
            code=key.upper(),
            name=name,
            valid_from=SINCE,
        )
        agencies[key] = add_agency(agency, by=by, at=at)
    centre = Unit(
        key="motcua",
        agency=agencies["thanhbinh"],
        kind=UnitKind.ONE_STOP,
        code="TTPVHCC",
        name="Trung tâm Phục vụ hành chính công xã Thanh Bình",
        valid_from=SINCE,
    )
    add_unit(centre, by=by, at=at)
    for part in _PARTS:
        _enter(part, agencies[part.agency], by, at)
    _declare_system(agencies["thanhbinh"], agencies["khcn"], by, at)


def _declare_system(owner: Agency, member: Agency, by: Actor, at: datetime) -> None:
    system = QualitySystem(key="hethong", owner=owner, name="HTQLCL xã Thanh Bình", scope_note="Mọi thủ tục hành chính")
    found_quality_system(system, by=by, at=at)
    join(system, member, from_on=at.date(), by=by, at=at).change(key="thanhvien")
    for state in ("building", "applying", "confirmed_effective"):
        move_quality_system(system, state, by=by, at=at)
    declare(system, decision="02/QĐ-UBND", declared_on=at.date(), by=by, at=at)


def without_system() -> None:
    """Take the quality system of the cast away, for tests that begin without one."""
    Membership.objects.everywhere(reason="tests").all().delete()
    QualitySystem.objects.everywhere(reason="tests").all().delete()


def _enter(part: Part, agency: Agency, by: Actor, at: datetime) -> None:
    code = part.username.upper()
    position = Position(key=f"vitri-{part.username}", agency=agency, code=f"VT-{code}", title=part.title)
    add_position(position, by=by, at=at)
    assign_role(position, part.role, from_on=SINCE, by=by, at=at)
    person = Person(
        key=part.username,
        agency=agency,
        staff_code=f"CC-{code}",
        full_name=part.full_name,
        email=f"{part.username}@mau.invalid",
    )
    add_person(person, by=by, at=at)
    hold(position, person, from_on=SINCE, by=by, at=at)
    open_account(person, username=part.username, password=PASSWORD, must_change=False, by=by, at=at)
