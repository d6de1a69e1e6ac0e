"""`chuan units list` and `chuan units load --province CODE`: the real communes of a province into the tables."""

import getpass
from collections.abc import Sequence

from chuan.cli.arguments import Arguments
from chuan.cli.house import add_data_option, open_house
from chuan.reading.administrative_units import provinces
from chuan.text.messages import LANGUAGES, message


def main(argv: Sequence[str]) -> int:
    """Return 0 when it is done; loading again adds only what is missing."""
    parser = Arguments("chuan units", description=message("cli.about_units").text())
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list")
    load = actions.add_parser("load")
    load.add_argument("--province", required=True, metavar="CODE")
    load.add_argument("--lang", choices=LANGUAGES, default="vi")
    add_data_option(load)
    options = parser.parse_args(argv)
    if options.action == "list":
        print("\n".join(f"{code}  {name}" for code, name in provinces().items()))
        return 0
    open_house(options.data)
    print(load_province(options.province, options.lang))
    return 0


def load_province(province: str, language: str) -> str:
    """Load the units of `province` and return the sentences for the terminal."""
    from django.utils import timezone  # Django and models: only after open_house()

    from chuan.kernel.actor import machine
    from chuan.organisations.agencies.loading import load_units

    now = timezone.now()
    loaded = load_units(province, by=machine(f"terminal:{getpass.getuser()}", now), at=now)
    counts = message("units.loaded", province=loaded.province.name, added=loaded.added, present=loaded.present)
    lines = [counts, *(message("units.differing", line=line) for line in loaded.differing)]
    return "\n".join(line.text(language) for line in lines)
