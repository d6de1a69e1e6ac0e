"""`chuan account …`: what the administrator of the machine does when somebody cannot sign in, without e-mail."""

import getpass
from collections.abc import Sequence

from django.utils import timezone

from chuan.cli.arguments import Arguments
from chuan.cli.house import add_data_option, open_house
from chuan.text.messages import BadInput, message


def main(argv: Sequence[str]) -> int:
    """Return 0 when it is done; the trail says who did it on this machine."""
    parser = Arguments("chuan account", description=message("cli.about_account").text())
    actions = parser.add_subparsers(dest="action", required=True)
    for name in ("reset-password", "reset-mfa"):
        action = actions.add_parser(name, help=message(f"cli.about_{name.replace('-', '_')}").text())
        action.add_argument("username", metavar="USER")
        add_data_option(action)
    options = parser.parse_args(argv)
    open_house(options.data)
    print(reset(options.action, options.username))
    return 0


def reset(what: str, username: str) -> str:
    """Reset the password or the second factor of `username` and return the sentence for the terminal."""
    from chuan.kernel.actor import machine  # models: only after open_house()
    from chuan.organisations.people.accounts import reset_password, reset_second_factor
    from chuan.organisations.people.models import Account

    account = Account.objects.filter(username=username).first()
    if account is None:
        raise BadInput("cli.no_such_account", username=username)
    now = timezone.now()
    by = machine(f"terminal:{getpass.getuser()}", now)
    if what == "reset-mfa":
        count = reset_second_factor(account, by=by, at=now)
        return message("cli.second_factor_reset", username=username, count=count).text()
    password = reset_password(account, by=by, at=now)
    return message("cli.password_reset", username=username, password=password).text()
