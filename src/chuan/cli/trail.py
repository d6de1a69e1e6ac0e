"""`chuan trail verify [--head HASH]` and `chuan trail head`: is the trail whole, and what to keep outside."""

from collections.abc import Sequence

from chuan.cli.arguments import Arguments
from chuan.cli.house import add_data_option, open_house
from chuan.text.messages import LANGUAGES, message


def main(argv: Sequence[str]) -> int:
    """Return 0 when the trail holds, 1 when it is broken or the kept head is gone."""
    parser = Arguments("chuan trail", description=message("cli.about_trail").text())
    actions = parser.add_subparsers(dest="action", required=True)
    for name in ("verify", "head"):
        action = actions.add_parser(name)
        add_data_option(action)
        action.add_argument("--lang", choices=LANGUAGES, default="vi")
    actions.choices["verify"].add_argument("--head", metavar="HASH")
    options = parser.parse_args(argv)
    open_house(options.data)
    return print_head(options.lang) if options.action == "head" else verify(options.head, options.lang)


def print_head(language: str) -> int:
    """Print the hash of the newest entry, its number and its moment."""
    from chuan.trail.queries import head  # a model: only after open_house()

    newest = head()
    if newest is None:
        print(message("trail.empty").text(language))
    else:
        print(f"{newest.hash} {newest.seq} {newest.at.isoformat()}")
    return 0


def verify(kept_head: str | None, language: str) -> int:
    """Print whether the chain holds, naming the first broken link, and whether `kept_head` is still in it."""
    from chuan.trail.queries import broken_link, head, holds  # models: only after open_house()

    broken = broken_link()
    if broken is not None:
        print(message(f"trail.broken_{broken.reason}", seq=broken.seq).text(language))
        print(message("trail.mend").text(language))
        return 1
    newest = head()
    print(message("trail.holds", count=newest.seq if newest else 0).text(language))
    if kept_head is None:
        return 0
    seq = holds(kept_head)
    found = message("trail.head_gone", hash=kept_head) if seq is None else message("trail.head_found", seq=seq)
    print(found.text(language))
    return 1 if seq is None else 0
