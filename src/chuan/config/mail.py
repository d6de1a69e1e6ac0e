"""CHUAN_MAIL -> where e-mail goes: an SMTP server by address, or the log when there is none."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

_TO_LOG = "django.core.mail.backends.console.EmailBackend"
_SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Django's EMAIL settings in one value."""

    backend: str = _TO_LOG
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    sender: str = "chuan@localhost"


def mail(url: str) -> MailServer:
    """Return the server of `smtp://user:password@host:port/?from=address&tls=1`; "" prints mail instead of sending."""
    if not url:
        return MailServer()
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if parts.scheme != "smtp" or not parts.hostname or "from" not in options:
        raise ValueError("CHUAN_MAIL: write smtp://user:password@host:port/?from=address&tls=1")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    port, tls = parts.port or 25, options.get("tls") == "1"
    return MailServer(_SMTP, parts.hostname, port, user, password, tls, options["from"])
