"""`chuan upgrade --data DIR`: a backup, then the migrations of this version. `chuan serve` does the same by itself."""

from collections.abc import Sequence

from chuan.cli.arguments import Arguments
from chuan.cli.house import add_data_option, open_house
from chuan.config.serving.lock import locked
from chuan.text.messages import message


def main(argv: Sequence[str]) -> int:
    """Return 0 when the database fits this version. A server at work on the data raises BadInput."""
    parser = Arguments("chuan upgrade", description=message("cli.about_upgrade").text())
    add_data_option(parser)
    options = parser.parse_args(argv)
    open_house(options.data)

    from chuan.config.serving.prepare import bring_up_to_date  # imports models: only after open_house()

    with locked(options.data):
        copy = bring_up_to_date(back_up=True)
    print((message("cli.upgrade_done", file=copy) if copy else message("cli.upgrade_nothing")).text())
    return 0
