"""The arguments of a command: what is wrong with them is said in one sentence, in the language of the caller."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from chuan.text.messages import LANGUAGES, Message

_COMPLAINTS = (
    (re.compile(r"unrecognized arguments: (?P<what>.*)"), "unknown_arguments"),
    (re.compile(r"the following arguments are required: (?P<what>.*)"), "missing_arguments"),
    (re.compile(r"argument (?P<what>.*): expected .*argument"), "value_missing"),
    (re.compile(r"argument (?P<what>.*): ignored explicit argument (?P<value>.*)"), "value_not_wanted"),
    (re.compile(r"argument (?P<what>.*): invalid choice: (?P<value>.*) \(choose from (?P<known>.*)\)"), "not_a_choice"),
    (re.compile(r"argument (?P<what>.*): invalid \S+ value: (?P<value>.*)"), "not_a_value"),
    (re.compile(r"argument (?P<what>.*?): (?P<reason>.*)"), "value_refused"),  # our own words for a value
)
"""What argparse says in English, and the message of ours that says it."""


def language_of(argv: Sequence[str]) -> str:
    """Return the language that `--lang` (else CHUAN_LANG) asks for; Vietnamese for anything else."""
    wanted = os.environ.get("CHUAN_LANG", "vi")
    for place, argument in enumerate(argv):
        if argument == "--lang":
            wanted = argv[place + 1] if place + 1 < len(argv) else ""
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return wanted if wanted in LANGUAGES else "vi"


class Arguments(argparse.ArgumentParser):
    """A parser whose help and complaints are in `language`; options are never abbreviated."""

    def __init__(self, prog: str, *, language: str = "vi", description: str = "") -> None:
        super().__init__(prog, description=description, add_help=False, allow_abbrev=False)
        self._language = language
        self._positionals.title = self._say("help_arguments")
        self._optionals.title = self._say("help_options")
        self.add_argument("-h", "--help", action="help", help=self._say("help_help"))

    def format_help(self) -> str:
        """Return the help, with our own word for "usage"."""
        return super().format_help().replace("usage:", self._say("help_usage"), 1)

    def error(self, message: str) -> NoReturn:
        """Leave with 2 after one sentence on the error output."""
        print(self._worded(message), file=sys.stderr)
        self.exit(2)

    def _worded(self, complaint: str) -> str:
        for pattern, code in _COMPLAINTS:
            if found := pattern.fullmatch(complaint):
                return self._say(code, **found.groupdict(), command=self.prog)
        return self._say("wrong_arguments", what=complaint, command=self.prog)

    def _say(self, name: str, **values: object) -> str:
        return Message(f"cli.{name}", values).text(self._language)
