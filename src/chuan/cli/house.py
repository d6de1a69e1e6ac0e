"""Opening an installation for a command: its data directory and Django's settings."""

import argparse
import os
from pathlib import Path

import django

from chuan.text.messages import BadInput

SETTINGS = "chuan.config.settings"


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Add `--data DIR` (default: CHUAN_DATA)."""
    default = os.environ.get("CHUAN_DATA")
    parser.add_argument("--data", type=Path, default=default, required=default is None, metavar="DIR")


def open_house(directory: Path) -> None:
    """Set Django up for the installation in `directory`; one that was never begun raises BadInput."""
    if not (directory / "kind").is_file():
        raise BadInput("cli.no_installation", directory=directory)
    set_up(directory)


def set_up(directory: Path) -> None:
    """Set Django up for `directory`, whatever is in it. Only the first call of a process has an effect."""
    os.environ["CHUAN_DATA"] = str(directory.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
