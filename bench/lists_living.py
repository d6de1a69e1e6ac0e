"""Dossiers that are run here, in the province of `lists.py`: a living one for twenty recorded ones, many of the busy
commune, four in five of them ended.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db.models import QuerySet
from rows import add

from chuan.organisations.models import Agency
from chuan.organisations.people.models import Position
from chuan.quality.dossiers.models import Book, Dossier
from chuan.quality.dossiers.queries import handled_by, open_ones, soon_for, with_urgency
from chuan.text.vietnamese import fold

DOSSIERS_OF_LIVING, SHARE, FIRST_OF_BUSY, OPEN = 20, 4, 30, 5
STATES = ("handling", "handling", "handling", "handling", "supplement", "ready", "paused")
STEPS = ("Phân công xử lý", "Thẩm định hồ sơ", "Ký giấy phép")
REASON = "a benchmark fills the database"


def fill_living(dossiers: int, agencies: list[Agency], services: list[int], now: datetime, random: Random) -> None:
    """Bring the living dossiers to one for twenty of `dossiers`; the busy commune is the second of `agencies`."""
    start = Dossier.objects.everywhere(reason=REASON).count()
    books = _books(agencies, now)
    positions: dict[int, list[int]] = {}
    for agency, position in Position.objects.everywhere(reason=REASON).values_list("agency_id", "pk"):
        positions.setdefault(agency, []).append(position)

    def made(n: int) -> dict[str, Any]:
        agency = agencies[1 if n < FIRST_OF_BUSY or n % SHARE == 0 else 1 + n % (len(agencies) - 1)].pk
        code, request = f"H99.132.05-261101-BX{n:06d}", "Cấp giấy phép xây dựng nhà ở riêng lẻ tại thôn Đông"
        received = now - timedelta(hours=random.randint(1, 24 * 20))
        place: dict[str, Any] = {
            "agency_id": agency,
            "reception_id": agency,
            "book_id": books[agency],
            "volume": 1,
            "number": n + 1,
        }
        place |= {"service_id": random.choice(services), "created_at": received, "received_at": received}
        said: dict[str, Any] = {
            "code": code,
            "request": request,
            "search_text": fold(f"{code} {request}"),
            "act_count": 2,
        }
        said |= {"calendar": "vn", "calendar_version": "1", "counting": "days", "supplement": "restart"}
        if n % OPEN and n >= FIRST_OF_BUSY:
            return place | said | {"state": "returned", "ended_at": received + timedelta(days=random.randint(1, 9))}
        holder = random.choice([*positions.get(agency, []), None])
        return place | said | {"holder_id": holder} | _standing(received, random)

    add(Dossier, (made(n) for n in range(start, dossiers // DOSSIERS_OF_LIVING)))


def _standing(received: datetime, random: Random) -> dict[str, Any]:
    state, step = random.choice(STATES), random.randrange(len(STEPS))
    found: dict[str, Any] = {"state": state, "step": step + 1, "step_title": STEPS[step], "step_since_at": received}
    if state == "ready":
        return found | {"ready_at": received + timedelta(days=2)}
    ends = {
        "step_due_at": received + timedelta(hours=random.randint(4, 200)),
        "due_at": received + timedelta(days=8),
        "legal_due_at": received + timedelta(days=20),
    }
    stands = {"waiting_since": received + timedelta(days=1)} if state != "handling" else {}
    return found | ends | stands | {"next_due_at": min(ends.values())}


def _books(agencies: list[Agency], now: datetime) -> dict[int, int]:
    known = set(Book.objects.everywhere(reason=REASON).values_list("agency_id", flat=True))
    fresh = (one.pk for one in agencies if one.pk not in known)
    add(Book, ({"agency_id": pk, "year": now.year, "volumes": "[1]", "created_at": now} for pk in fresh))
    return dict(Book.objects.everywhere(reason=REASON).values_list("agency_id", "pk"))


def plain_rows(agency: Agency, now: datetime) -> "QuerySet[Any, Any]":
    """Return the open dossiers of `agency` in the order of the queue: what a plain list shows of them."""
    rows = with_urgency(open_ones(handled_by([agency.pk])), now, soon_for(agency, now))
    return rows.select_related("service", "holder").order_by("urgency", "ends", "pk")
