"""The people who may sign in to the demo."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A demo account as the terminal and the sign-in page show it."""

    username: str
    password: str
    about: str


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Return the accounts of the demo, one or more of each role."""
    return ()
