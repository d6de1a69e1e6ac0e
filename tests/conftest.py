"""What holds for every test: the cast is in the database, the clock stands still, sockets reach this machine only."""

import ipaddress
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from chuan.notices.models import Mail, Notice

from .analytics.world import furnish as furnish_logs
from .cast import NOW, Cast, assemble, sessions, without_system
from .database_copy import copied, template
from .quality.dossier_stage import furnish_dossiers
from .quality.import_stage import furnish_imports
from .quality.improvement_stage import furnish_improvements
from .quality.stage import furnish

_CONFIGURED = settings.DATABASES["default"]["NAME"]
_SLOWEST_FIRST = (
    "test_every_page.py",
    "test_who_may_see_what.py",
    "operations",
    "demo",
    "test_editor.py",
    "browser",
    "writing",
    "procedures",
    "cli",
)
_EACH_PAGE = ("test_every_page.py", "test_who_may_see_what.py")
_SESSIONS: dict[str, str] = {}
_FILES = Path(tempfile.mkdtemp(prefix="chuan-test-files-"))


def pytest_configure(config: pytest.Config) -> None:
    """Register markers; store files in a place of their own; hash passwords fast.

    Examples of properties are the same in every run; CHUAN_EXPLORE=1 looks for new ones.
    """
    hypothesis.settings.register_profile("chuan", deadline=None, derandomize="CHUAN_EXPLORE" not in os.environ)
    hypothesis.settings.load_profile("chuan")
    config.addinivalue_line("markers", "real_clock: the clock goes on (processes, waiting, browsers)")
    settings.FILES_DIR = _FILES
    settings.WHITENOISE_AUTOREFRESH = True  # every client makes its middleware anew: not the list of static files
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class _ByFile(LoadScopeScheduling):  # type: ignore[misc]  # without types
    """The tests of a file go to one worker, which makes what they share once; those of a long file to both."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        if path.startswith("tests/operations/"):
            return "operations"  # one demo for all of them
        return f"{path} {crc32(nodeid.encode()) % 12}" if path.endswith(_EACH_PAGE) else path


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _ByFile:
    """Tell xdist which tests go together."""
    return _ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: the workers end together then."""
    items.sort(key=lambda item: _place(item.path))


def _place(path: Path) -> int:
    names = [name for name in (path.name, path.parent.name) if name in _SLOWEST_FIRST]
    return _SLOWEST_FIRST.index(names[0]) if names else len(_SLOWEST_FIRST)


def pytest_unconfigure() -> None:
    """Remove the stored files."""
    shutil.rmtree(_FILES, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make the database once, with the cast and its stage in it; the configured one is never written to."""
    if settings.DATABASES["default"]["NAME"] == _CONFIGURED:  # no test wants a database
        yield
        return
    with django_db_blocker.unblock():
        assemble()
        furnish()
        furnish_imports()
        furnish_improvements()
        furnish_dossiers()
        furnish_logs()
        for told in (Notice, Mail):
            told.objects.all().delete()  # the curtain rises: nobody was told anything yet
        with time_machine.travel(NOW, tick=False):
            _SESSIONS.update(sessions())
    with template():
        yield


@pytest.fixture
def database_copy(db: None, tmp_path: Path) -> Iterator[str]:
    """The DATABASE_URL of a copy of the test database, for tests that start processes."""
    with copied(tmp_path) as url:
        yield url


@pytest.fixture
def cast(db: None) -> Cast:
    """The players, as found in the database of this test."""
    return Cast()


@pytest.fixture
def no_system(db: None) -> None:
    """Nobody of the cast has a quality system yet."""
    without_system()


@pytest.fixture
def signed_in(db: None) -> Callable[[str], Client]:
    """Return a client in which the named player is signed in: `signed_in("an").get("/")`."""

    def client_of(name: str) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = _SESSIONS[name]
        return client

    return client_of


@pytest.fixture(autouse=True)
def _clock_stands_still(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("real_clock") or request.node.get_closest_marker("browser"):
        yield
        return
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True, scope="session")
def _sockets_reach_this_machine_only() -> Iterator[None]:
    connect = socket.socket.connect

    def checked(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise RuntimeError(f"a test wanted to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked)
        yield


def _is_here(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback
