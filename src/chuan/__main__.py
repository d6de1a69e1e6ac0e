"""`chuan COMMAND …`, also `python -m chuan`: finds the command, runs it, and words its refusals."""

import importlib
import os
import sys

from chuan.cli.arguments import language_of
from chuan.cli.commands import COMMANDS, WITH_NAME
from chuan.cli.reasons import refusal_of
from chuan.text.messages import BadInput, message


def main() -> None:
    """Leave with the command's exit code; 2 after a refusal, 130 after Ctrl-C."""
    sys.exit(run(sys.argv[1:]))


def run(argv: list[str]) -> int:
    """Run `argv` (without the program's name) and return the exit code."""
    language = language_of(argv)
    if not argv or argv[0] in ("-h", "--help", "help"):
        print(overview(language))
        return 0 if argv else 2
    command = argv[0]
    if command not in COMMANDS:
        print(message("cli.unknown_command", command=command).text(language), file=sys.stderr)
        print(overview(language), file=sys.stderr)
        return 2
    try:
        module = importlib.import_module(COMMANDS[command])
        return int(module.main(argv if command in WITH_NAME else argv[1:]))
    except BadInput as refusal:
        print(refusal.message.text(language), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output went away: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as problem:
        refused = refusal_of(problem)
        if refused is None:
            raise
        print(refused.text(language), file=sys.stderr)
        return 2


def overview(language: str) -> str:
    """Return the list of commands with a line on each."""
    lines = [f"  {name:<10} {message(f'cli.about_{name}').text(language)}" for name in COMMANDS]
    return "\n".join([message("cli.usage").text(language), *lines])


if __name__ == "__main__":
    main()
