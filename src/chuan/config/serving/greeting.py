"""What the terminal says when the server answers: the address, and who may sign in to a demo."""

from django.conf import settings

from chuan.jobs.demo_cast import demo_accounts
from chuan.text.messages import message


def greet(address: str) -> None:
    """Print the address ("" when nothing is served) and, in a demo, its accounts."""
    if address:
        print(message("cli.running_at", address=address).text())
    if settings.DEMO:
        print(message("cli.demo_accounts").text())
        for account in demo_accounts():
            print(f"  {account.username:<8} {account.password}   {account.about}")
    print(flush=True)
