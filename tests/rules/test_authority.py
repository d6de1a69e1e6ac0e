"""The table of authority: complete, worded, and the same as its page."""

from pathlib import Path

import pytest

from chuan.cli.authority import page
from chuan.rules.authority import GRANTS, Permission, Reach, Role, permissions
from chuan.text.messages import LANGUAGES

PAGE = Path(__file__).parents[2] / "docs" / "authority.md"


def test_the_page_is_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page("vi"), "run: chuan authority --out docs/authority.md"


def test_every_role_has_its_grant_and_every_permission_somebody() -> None:
    assert set(GRANTS) == set(Role)
    assert set(Permission) == frozenset().union(*(grant.permissions for grant in GRANTS.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_permission_and_reach_has_its_words(language: str) -> None:
    words = [role.label for role in Role] + [role.about for role in Role] + [one.label for one in Permission]
    assert all(word.text(language) for word in words)
    assert page(language).count("\n|") == len(Role) + len(Permission) + 4


def test_citizens_may_do_nothing() -> None:
    assert GRANTS[Role.CITIZEN].permissions == frozenset()


def test_the_province_never_sees_the_inner_matter_of_agencies() -> None:
    wide = [grant for grant in GRANTS.values() if grant.reach is Reach.PROVINCE]
    assert wide
    assert not any(Permission.SEE_AGENCY in grant.permissions for grant in wide)


def test_who_writes_procedures_does_not_approve_them_alone() -> None:
    for role, grant in GRANTS.items():
        both = {Permission.WRITE_PROCEDURE, Permission.APPROVE_PROCEDURE} <= grant.permissions
        assert not both, role


def test_roles_of_one_position_add_up_at_equal_reach() -> None:
    both = [Role.CLERK, Role.PROVINCE_INSPECTOR]
    assert Permission.IMPORT_LOG in permissions(both, Reach.AGENCY)
    assert Permission.SEE_PUBLISHED not in permissions(both, Reach.AGENCY)
    assert permissions(both, Reach.PROVINCE) == GRANTS[Role.PROVINCE_INSPECTOR].permissions
