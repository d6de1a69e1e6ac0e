"""The process of the job workers: takes up what the last run left unfinished, then becomes django-q2's cluster.

Started by the supervisor as `python -m … SUPERVISOR_PID`.
"""

import sys

import django

from chuan.config.serving.lifeline import die_with_parent


def main(arguments: list[str]) -> None:
    """Work until SIGTERM."""
    die_with_parent(int(arguments[0]))
    django.setup()

    from chuan.config.serving.job_workers import work  # imports models: only after setup()

    work()


if __name__ == "__main__":
    main(sys.argv[1:])
