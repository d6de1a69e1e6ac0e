"""What can be searched: one line per source, in the order of the results page."""

from chuan.web.agency.search.dossiers import DOSSIERS
from chuan.web.agency.search.improvement import IMPROVEMENTS
from chuan.web.agency.search.law import INSTRUMENTS
from chuan.web.agency.search.living import LIVING
from chuan.web.agency.search.organisation import AGENCIES, PEOPLE, POSITIONS
from chuan.web.agency.search.procedures import PROCEDURES, SERVICES
from chuan.web.kit.searching import SearchSource

SOURCES: tuple[SearchSource, ...] = (
    PROCEDURES,
    SERVICES,
    INSTRUMENTS,
    POSITIONS,
    PEOPLE,
    AGENCIES,
    LIVING,
    DOSSIERS,
    IMPROVEMENTS,
)
