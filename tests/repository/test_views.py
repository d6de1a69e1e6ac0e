"""What holds for every address: its view declares its effect and who may use it."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from chuan.kernel.effects import declared

OTHERS = {
    "allauth": "sign-in, second factors and sessions: guarded by allauth itself",
    "django.views.i18n": "the words of scripts: public",
}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        else:
            yield address, entry


VIEWS = dict(patterns(get_resolver()))


def module_of(pattern: URLPattern) -> str:
    return getattr(getattr(pattern.callback, "view_class", pattern.callback), "__module__", "")


@pytest.mark.parametrize("address", VIEWS)
def test_every_view_declares_its_effect_and_its_permission(address: str) -> None:
    pattern = VIEWS[address]
    module = module_of(pattern)
    if not any(module == other or module.startswith(other + ".") for other in OTHERS):
        assert declared(pattern.callback) is not None, f"{module}: use @reads or @writes of chuan.kernel.effects"
