"""Words of the pure floors' catalogues in the language of the request."""

from django.utils.translation import get_language

from chuan.rules.authority import Role
from chuan.text.messages import Message


def worded(message: Message) -> str:
    """Return the sentence of `message` in the reader's language."""
    return message.text(get_language() or "vi")


def role_name(role: str) -> str:
    """Return the name of a role."""
    return worded(Role(role).label)
