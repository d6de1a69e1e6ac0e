"""Words of the pure floors' catalogues in the language of the request."""

from django.utils.translation import get_language

from chuan.rules.authority import Role
from chuan.text.messages import Message

_CITED = (
    Message("citations.civil_code"),
    Message("citations.labour_code"),
    Message("citations.resolution"),
    Message("citations.notice"),
    Message("citations.letter"),
    Message("citations.estimated"),
    Message("citations.article"),
)


def worded(message: Message) -> str:
    """Return the sentence of `message` in the reader's language."""
    return message.text(get_language() or "vi")


def role_name(role: str) -> str:
    """Return the name of a role."""
    return worded(Role(role).label)


def cited(source: str) -> str:
    """Return the citation "BLLĐ 2019, Điều 112(1c)" with the kinds of documents in the reader's language."""
    for word in _CITED:
        source = source.replace(word.text("vi"), worded(word))
    return source
