"""Gunicorn over the inherited socket: everything is loaded once, then two workers are forked that share it."""

import gc
import os
from pathlib import Path
from typing import Any

from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from chuan.config.serving.greeting import greet
from chuan.config.serving.prepare import prepare
from chuan.config.wsgi import application

WORKERS = 2
_MEMORY = Path("/dev/shm")  # noqa: S108  # the workers' heartbeat files: nothing is kept in them


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with settings from here, not from a file or the environment."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Take the settings over."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the WSGI application."""
        return application


def serve(listener: int, ready: int) -> None:
    """Prepare the database, then answer on the socket `listener` until SIGTERM; tell `ready` (if ≥ 0) when it does."""
    prepare()
    get_resolver().url_patterns  # noqa: B018  # loads every page once, before the workers are forked
    connections.close_all()
    gc.freeze()  # what is loaded now is shared by the workers: the collector must not touch it
    Server(_settings(listener, ready)).run()


def _settings(listener: int, ready: int) -> dict[str, Any]:
    def tell(server: Any) -> None:
        if ready >= 0:
            greet(os.environ["CHUAN_ADDRESS"])
            connections.close_all()
            os.write(ready, b"1")
            os.close(ready)

    return {
        "bind": f"fd://{listener}",
        "workers": WORKERS,
        "preload_app": True,
        "timeout": 120,
        "graceful_timeout": 3,
        "loglevel": "warning",
        "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
        "control_socket_disable": True,
        "proc_name": "chuan",
        "when_ready": tell,
    }
