"""Dossiers that the agencies of the demo run, from `data/demo/living.toml`: in all states, around the time of filling.

Every dossier is one transaction, and its first act has a key of its own: what is there is left alone.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from chuan.demo.agencies import WHY, Told, agencies
from chuan.demo.everyday import open_old_news
from chuan.demo.handled import Case, People, handle, received_at
from chuan.demo.office import Office
from chuan.demo.staff import staff_of
from chuan.demo.work import Work, works, year
from chuan.kernel.actor import Actor
from chuan.norms.holidays.queries import calendar_of
from chuan.organisations.models import Agency, Holding, Position
from chuan.organisations.people.queries import actor_for, on_day
from chuan.quality.dossiers.actions import set_one_stop
from chuan.quality.dossiers.models import DossierAct, OneStop, RoleHolder
from chuan.quality.models import PublicService
from chuan.text.vietnamese import fold_words


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("chuan.data.demo") / "living.toml").read_text(encoding="utf-8"))


def load_living(told: Told, *, by: Actor, at: datetime) -> None:
    """Make what is not there yet."""
    known = agencies()
    for shop in _table()["shop"]:
        _open_shop(known[shop["agency"]], shop, by, at)
    people = _people([known[shop["agency"]] for shop in _table()["shop"]], at)
    offices = {code: Office(calendar_of(known[code], timezone.localdate(at)), at) for code in _table()["holders"]}
    there = _there()
    cases = sorted(
        _cases(known), key=lambda case: (received_at(case, offices[case.agency.code], _chance(case)), case.key)
    )
    for number, case in enumerate(cases, start=1):
        if case.key not in there:
            with transaction.atomic():
                handle(case, offices[case.agency.code], people, _table()["words"], _chance(case))
        told(number, len(cases))
    open_old_news(at)


def _open_shop(agency: Agency, shop: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Set how the one-stop shop works, and who does what procedures give to a role."""
    if OneStop.objects.within(agency).exists():
        return
    facts = {name: value for name, value in shop.items() if name != "agency"}
    positions = {one.code: one for one in Position.objects.within(agency)}
    with transaction.atomic():
        set_one_stop(agency, by=staff_of(agency, at).head, at=at, **facts)
        for role, code in _table()["holders"][agency.code].items():
            RoleHolder(agency=agency, role=fold_words(role)[:300], position=positions[code]).put(by=by, at=at)


def _people(of: list[Agency], at: datetime) -> People:
    """Return who acts in these agencies: of each position the one with an account."""
    of_position: dict[int, Actor] = {}
    named: dict[tuple[str, str], Actor] = {}
    positions: dict[tuple[str, str], Position] = {}
    rows = Holding.objects.everywhere(reason=WHY).filter(on_day(timezone.localdate(at)), position__agency__in=of)
    for one in rows.filter(person__account__isnull=False).select_related("position__agency", "person__account"):
        place = (one.position.agency.code, one.position.code)
        of_position[one.position_id] = named[place] = actor_for(one.person.account, at)
        positions[place] = one.position
    return People(of_position, named, positions)


def _there() -> set[str]:
    rows = DossierAct.objects.everywhere(reason=WHY).filter(number=1, key__startswith="mau-")
    return set(rows.values_list("key", flat=True))


def _cases(known: Mapping[str, Agency]) -> Iterator[Case]:
    """Yield the cases of the table, one for each dossier."""
    of_code = {(work.agency, work.code): work for work in works()}
    number = 0
    for entry in _table()["case"]:
        work = of_code[entry["agency"], entry["code"]]
        service = PublicService.objects.within(known["UBND"]).get(code=work.service)
        for ago in entry["days"]:
            number += 1
            yield _case(entry, work, service, known, ago, f"mau-{number:03}")


def _case(
    entry: Mapping[str, Any], work: Work, service: PublicService, known: Mapping[str, Agency], ago: int, key: str
) -> Case:
    return Case(
        key=key,
        agency=known[entry["agency"]],
        reception=known[entry.get("reception", entry["agency"])],
        service=service,
        written=work.procedure,
        ago=ago,
        steps=entry["steps"],
        pace=entry.get("pace"),
        acts=tuple(entry.get("acts", ())),
        applicant=_applicant(Random(f"{year().seed}/{key}/name")),  # noqa: S311 - an invented name, always the same
    )


def _applicant(random: Random) -> dict[str, str]:
    table = _table()
    return {
        "name": f"{random.choice(table['surnames'])} {random.choice(table['given'])}",
        "phone": f"0900 000 {random.randrange(1000):03}",
        "address": f"{random.choice(table['streets']).capitalize()}, phường Bến Xuân",
    }


def _chance(case: Case) -> Random:
    """Return the chance of a case: the same one whenever it is made."""
    return Random(f"{year().seed}/{case.key}")  # noqa: S311 - a simulation wants repeatable chance
