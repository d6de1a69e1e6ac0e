"""`chuan manage …`: Django's own commands, for developers (makemigrations, makemessages, shell …)."""

import os
from collections.abc import Sequence

from django.core.management import execute_from_command_line


def main(argv: Sequence[str]) -> int:
    """Run Django's command; return 0 (Django leaves by itself after an error)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuan.config.settings")
    execute_from_command_line(["chuan manage", *argv])
    return 0
