"""The navigation: words by the person's job, each shown only to those who may use the page behind it.

An entry whose page is not installed is left out, so a room can bring its pages later without an empty door.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuan.rules.authority import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the navigation: the name of its page, who sees it, its short word when it stands at the foot of a
    phone, and the beginnings of other addresses that belong under it."""

    word: Promise
    page: str
    permission: Permission | None = None
    foot: Promise | None = None
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; the first group has none."""

    heading: Promise | str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it stands on a page."""

    word: Promise
    url: str
    foot: Promise | None
    here: bool


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The links of a group that the actor may follow."""

    heading: Promise | str
    entries: tuple[Link, ...]


Reachable: TypeAlias = tuple[tuple[Group, tuple[tuple[Entry, str], ...]], ...]
P = Permission
_PAPER = ("/ban-thao/", "/nhap-quy-trinh/", "/tep-nhap/", "/phien-ban/", "/do-phu/")
_REALITY = ("/so-lieu/", "/thuc-te/", "/nguon-ho-so/", "/tep-ho-so/", "/lua-chon/")
_DESK = ("/xu-ly-bang/", "/mot-cua/", "/tiep-nhan/", "/giay-to/", "/so-theo-doi/")
NAVIGATION = (
    Group(
        "",
        (
            Entry(_("Việc của tôi"), "home", foot=_("Việc của tôi")),
            Entry(_("Xử lý hồ sơ"), "my_dossiers", P.SEE_AGENCY, foot=_("Xử lý"), under=_DESK),
            Entry(_("Tài liệu & quy trình"), "procedures", P.SEE_AGENCY, foot=_("Quy trình"), under=_PAPER),
            Entry(_("Hồ sơ"), "dossiers", P.SEE_AGENCY, foot=_("Hồ sơ"), under=_REALITY),
            Entry(_("Đánh giá & cải tiến"), "improvements", P.SEE_AGENCY),
            Entry(_("Con người"), "people", P.SEE_PEOPLE, foot=_("Con người"), under=("/vi-tri/",)),
        ),
    ),
    Group(
        _("Các cơ quan"),
        (
            Entry(_("Quy trình các cơ quan"), "agencies_procedures", P.SEE_PUBLISHED),
            Entry(_("Độ phủ các cơ quan"), "agencies_coverage", P.SEE_PUBLISHED, foot=_("Độ phủ")),
            Entry(
                _("Thực tế các cơ quan"),
                "reality_agencies",
                P.SEE_PUBLISHED,
                foot=_("Thực tế"),
                under=("/so-lieu-co-quan/",),
            ),
        ),
    ),
    Group(
        _("Nền chung"),
        (
            Entry(_("Cơ quan"), "agencies", P.SEE_ORGANISATION),
            Entry(_("Hệ thống quản lý chất lượng"), "quality_systems", P.SEE_ORGANISATION),
            Entry(_("Dịch vụ công"), "services", P.SEE_ORGANISATION),
            Entry(_("Văn bản pháp luật"), "instruments", P.SEE_ORGANISATION),
            Entry(_("Lịch làm việc"), "calendars", P.SEE_ORGANISATION),
            Entry(_("Tính hạn"), "due", P.SEE_ORGANISATION),
            Entry(_("Tiêu chuẩn ISO 9001"), "standards", P.SEE_ORGANISATION),
        ),
    ),
    Group(
        _("Quản trị"),
        (
            Entry(_("Tài khoản đăng nhập"), "accounts", P.MANAGE_ACCOUNTS),
            Entry(_("Vai trò và quyền"), "authority", P.SEE_ORGANISATION),
            Entry(_("Nhật ký hệ thống"), "trail", P.SEE_TRAIL),
        ),
    ),
)
FOOT_WORDS = 3  # beside "Mục khác"


def place(permitted: frozenset[Permission], path: str) -> str:
    """Return the address of the entry that best fits `path`, "" when none does."""
    entries = [one for _group, entries in _reachable(permitted) for one in entries]
    fitting = [url for entry, url in entries if _fits(url, path) or path.startswith(entry.under)]
    return max(fitting, key=len, default="")


def links(permitted: frozenset[Permission], here: str) -> tuple[LinkGroup, ...]:
    """Return the navigation of who is `permitted` this; the entry with the address `here` is marked."""
    return tuple(
        LinkGroup(group.heading, tuple(Link(entry.word, url, entry.foot, url == here) for entry, url in entries))
        for group, entries in _reachable(permitted)
        if entries
    )


def foot(groups: tuple[LinkGroup, ...]) -> tuple[Link, ...]:
    """Return the words for the foot of a phone."""
    return tuple(link for group in groups for link in group.entries if link.foot)[:FOOT_WORDS]


@lru_cache(maxsize=100)
def _reachable(permitted: frozenset[Permission]) -> Reachable:
    return tuple(
        (
            group,
            tuple(
                (entry, address)
                for entry in group.entries
                if (entry.permission is None or entry.permission in permitted)
                and (address := _address(entry.page)) is not None
            ),
        )
        for group in NAVIGATION
    )


@cache
def _address(page: str) -> str | None:
    """Return where `page` is, None when it is not installed: the same as long as the program runs."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return None


def _fits(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
