"""`chuan authority [--lang en] [--out FILE]`: the table of authority as a page (docs/authority.md)."""

from collections.abc import Sequence
from pathlib import Path

from chuan.cli.arguments import Arguments
from chuan.rules.authority import GRANTS, Permission, Reach, Role
from chuan.text.messages import LANGUAGES, message


def main(argv: Sequence[str]) -> int:
    """Print the page or write it to a file; return 0."""
    parser = Arguments("chuan authority", description=message("cli.about_authority").text())
    parser.add_argument("--lang", choices=LANGUAGES, default="vi")
    parser.add_argument("--out", type=Path, metavar="FILE")
    options = parser.parse_args(argv)
    text = page(options.lang)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


def page(language: str = "vi") -> str:
    """Return the page in Markdown: what each role is for, then who may do what."""

    def word(name: str) -> str:
        return message(f"authority.{name}").text(language)

    about = [
        [role.label.text(language), role.about.text(language), word(f"reach_{GRANTS[role].reach}")] for role in Role
    ]
    columns = [role for role in Role if GRANTS[role].reach is not Reach.NOWHERE]
    grants = [
        [permission.label.text(language), *("✓" if permission in GRANTS[role].permissions else "" for role in columns)]
        for permission in Permission
    ]
    parts = [
        f"# {word('page_title')}",
        word("page_note"),
        f"## {word('page_roles')}",
        _table([word("page_role"), word("page_about"), word("page_reach")], about),
        f"## {word('page_permissions')}",
        _table([word("page_permission"), *(role.label.text(language) for role in columns)], grants),
    ]
    return "\n\n".join(parts) + "\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
