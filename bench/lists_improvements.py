"""The improvement registers in the province of `lists.py`: an entry for ten procedures, many of the busy commune."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rows import add

from chuan.organisations.models import Agency
from chuan.quality.models import Improvement, ImprovementMove, Procedure
from chuan.text.vietnamese import fold

PROCEDURES_OF_ENTRY, SHARE, FIRST_OF_BUSY = 10, 10, 30
REASON = "a benchmark fills the database"


def fill_improvements(procedures: int, agencies: list[Agency], now: datetime, random: Random) -> None:
    """Bring the registers to one entry for ten of `procedures`; the busy commune is the second of `agencies`."""
    known = list(Improvement.objects.everywhere(reason=REASON).values_list("agency_id", flat=True))
    given = Counter(known)
    by_agency: dict[int, list[int]] = {}
    for agency, procedure in Procedure.objects.everywhere(reason=REASON).values_list("agency_id", "pk"):
        by_agency.setdefault(agency, []).append(procedure)

    def made(n: int) -> dict[str, Any]:
        busy = n < FIRST_OF_BUSY or n % SHARE == 0
        agency = agencies[1 if busy else 1 + n % (len(agencies) - 1)].pk
        given[agency] += 1
        found, state = now.date() - timedelta(days=random.randint(0, 300)), ("open", "corrected", "closed")[n % 3]
        about = f"Kết quả số {n} ghi sai ngày sinh, người dân báo lại ở quầy một cửa"
        said = {"about": about, "search_text": fold(about), "found_on": found, "clause": ("8.7", "8.5.1")[n % 2]}
        said |= {"source": ("dossier", "citizen", "own_check")[n % 3], "kind": ("late", "wrong_output")[n % 2]}
        place = {"agency_id": agency, "year": now.year, "number": given[agency], "created_at": now}
        place["procedure_id"] = random.choice((*by_agency.get(agency, ()), None))
        done = {"correction": "Cấp lại", "corrected_on": found, "closed_on": found} if state != "open" else {}
        return place | said | done | {"state": state, "due_on": found + timedelta(days=30), "dossier_code": f"H{n}"}

    add(Improvement, (made(n) for n in range(len(known), procedures // PROCEDURES_OF_ENTRY)))
    add(ImprovementMove, _begun(now))


def _begun(now: datetime) -> Iterator[dict[str, Any]]:
    rows = Improvement.objects.everywhere(reason=REASON).filter(moves=None).values_list("pk", flat=True)
    return ({"of_id": pk, "target": "open", "at": now, "by_name": "Thư ký ISO"} for pk in list(rows))
