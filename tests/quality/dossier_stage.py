"""Living dossiers of the cast, in the database of every test.

    hosomo     Thanh Bình   1.013225, received Monday 09/11/2026 08:00 by An, its step of reception done
    hosoxong   Thanh Bình   1.013225, received 02/11, refused 04/11
    hosohoi    Thanh Bình   1.013225, received 12/11; Đông Hạ is asked for its opinion within two working days

Their book is so2026. In the outage matmang Thanh Bình was down from 05/10 10:00 to 07/10 09:00; all slips are entered.

Thanh Bình has the identifier H99.132.05 and keeps applicants; Đông Hạ has H99.133.06 and does not.
"""

from datetime import datetime
from fractions import Fraction

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.organisations.people.models import Account
from chuan.organisations.people.queries import actor_for
from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Book, Dossier
from chuan.quality.dossiers.outages.actions import begin_outage, finish_entering
from chuan.quality.dossiers.outages.models import Outage
from chuan.quality.dossiers.receiving import Reception, receive
from chuan.quality.dossiers.writing import Press
from chuan.quality.models import PublicService
from chuan.rules.procedure.structure import Limit, TimeUnit

from ..cast import HERE
from .stage import BEGAN_AT, BY

COMPONENTS = [
    {"name": "Đơn đề nghị", "copy_type": "bản chính", "copies": 1, "replaced_by_database": "", "given": True},
    {"name": "Bản vẽ", "copy_type": "bản sao", "copies": 2, "replaced_by_database": "", "given": True},
]


def at(day: int, clock: str = "08:00", month: int = 11) -> datetime:
    """Return a moment of 2026."""
    hour, minute = clock.split(":")
    return datetime(2026, month, day, int(hour), int(minute), tzinfo=HERE)


def agency(key: str) -> Agency:
    """Return an agency of the cast."""
    return Agency.objects.everywhere(reason="tests").select_related("province").get(key=key)


def an(moment: datetime) -> Actor:
    """Return An as she is at a moment."""
    return actor_for(Account.objects.get(username="an"), moment)


def dossier(key: str) -> Dossier:
    """Return a living dossier as it is now."""
    return Dossier.objects.everywhere(reason="tests").select_related("agency", "reception").get(key=key)


def received(
    key: str, moment: datetime, *, service: str = "thutuc1", where: str = "thanhbinh", **facts: object
) -> Dossier:
    """Let An receive a dossier at Thanh Bình, handled by `where`, and give it a key of its own."""
    by = an(moment)
    what = Reception(
        service=PublicService.objects.everywhere(reason="tests").get(key=service),
        agency=agency(where),
        reception=agency("thanhbinh"),
        received_at=moment,
        components=COMPONENTS,
        **facts,  # type: ignore[arg-type]
    )
    found = receive(what, key=f"nhan-{key}", by=by, at=moment)
    Dossier.objects.everywhere(reason="tests").filter(pk=found.pk).update(key=key)
    return dossier(key)


def press(one: Dossier, key: str) -> Press:
    """Return the press of a page that had seen all acts so far."""
    return Press(key, dossier(one.key).act_count)


def furnish_dossiers() -> None:
    """Write the stage into the database of the cast."""
    for key, identifier in (("thanhbinh", "H99.132.05"), ("dongha", "H99.133.06")):
        facts = {"identifier": identifier, "system_owner": "BX", "keeps_applicants": key == "thanhbinh"}
        actions.set_one_stop(agency(key), by=BY, at=BEGAN_AT, unit="Bộ phận Một cửa", place="Thanh Bình", **facts)
    received("hosomo", at(9), applicant={"name": "Trần Thị Dân", "phone": "0900 000 001"})
    refused = received("hosoxong", at(2))
    by = an(at(4))
    actions.refuse(refused, why="Không thuộc thẩm quyền", press=press(refused, "tc"), by=by, at=by.at)
    Book.objects.within(agency("thanhbinh")).update(key="so2026")
    asked = received("hosohoi", at(12))
    limit, by = Limit(Fraction(2), TimeUnit.WORKING_DAY), an(at(12, "09:00"))
    actions.consult(
        asked,
        agency=agency("dongha"),
        content="Ranh giới thửa đất giáp xã Đông Hạ",
        limit=limit,
        press=press(asked, "hoi"),
        by=by,
        at=by.at,
    )
    _outage()


def _outage() -> None:
    by = an(at(7, "10:00", month=10))
    began_at, ended_at = at(5, "10:00", month=10), at(7, "09:00", month=10)
    one = begin_outage(agency("thanhbinh"), began_at=began_at, ended_at=ended_at, why="Đứt cáp quang", by=by, at=by.at)
    finish_entering(one, by=by, at=by.at)
    Outage.objects.everywhere(reason="tests").filter(pk=one.pk).update(key="matmang")
