"""The web server's process: brings the database up to date, says where it listens, then becomes gunicorn.

Started by the supervisor as `python -m … SUPERVISOR_PID LISTENER READY`; the handles are inherited, READY -1: no news.
"""

import sys

import django

from chuan.config.serving.lifeline import die_with_parent
from chuan.text.messages import BadInput


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM."""
    supervisor, listener, ready = (int(argument) for argument in arguments)
    die_with_parent(supervisor)
    django.setup()

    from chuan.config.serving.web_server import serve  # imports models: only after setup()

    try:
        serve(listener, ready)
    except BadInput as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
