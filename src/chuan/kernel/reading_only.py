"""A block in which the database is only read."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

_READS = re.compile(r"[\s(]*(SELECT|EXPLAIN|EXECUTE|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)
_MAY_READ = re.compile(r"\s*(WITH|PREPARE)\b", re.IGNORECASE)
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE)\b(?!\s+OF\b)", re.IGNORECASE)
_CACHE_TABLE = '"shared_cache"'  # the cache keeps house by itself; it holds nothing that was said by anybody


class WroteWhileReading(RuntimeError):
    """Something declared to read sent SQL that writes: a defect of ours."""


@contextmanager
def reads_only() -> Iterator[None]:
    """Raise WroteWhileReading when any SQL other than a SELECT is sent inside the block."""
    waiting = list(connections.all())
    with _all_watched(waiting):
        yield


@contextmanager
def _all_watched(waiting: list[Any]) -> Iterator[None]:
    if not waiting:
        yield
        return
    with waiting[0].execute_wrapper(_refuse_writes), _all_watched(waiting[1:]):
        yield


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not (_READS.match(sql) or (_MAY_READ.match(sql) and not _WRITES.search(sql)) or _CACHE_TABLE in sql):
        raise WroteWhileReading(sql)
    return execute(sql, params, many, context)
