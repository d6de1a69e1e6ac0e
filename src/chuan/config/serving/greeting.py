"""What the terminal says when the server answers: the address, and who may sign in."""

from django.conf import settings

from chuan.jobs.demo_cast import demo_accounts
from chuan.organisations.people.models import Account
from chuan.text.messages import message


def greet(address: str) -> None:
    """Print the address ("" when nothing is served), then the demo accounts or the way to the first administrator."""
    if address:
        print(message("cli.running_at", address=address).text(), flush=True)
    if settings.DEMO:
        print(message("cli.demo_accounts").text())
        for account in demo_accounts():
            print(f"  {account.username:<12} {account.password:<18} {account.about}")
    elif not Account.objects.exists():
        print(message("cli.no_administrator", directory=settings.DATA_DIR).text())
    print(flush=True)
