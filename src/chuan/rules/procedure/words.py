"""The words by which the rules on written procedures recognise things (`chuan/data/procedure/words.toml`)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from chuan.text.vietnamese import fold_words


@cache
def recognised() -> Mapping[str, Any]:
    """Return the file as it stands: keys "citizen", "general_titles", "no_limit", "outputs", "one_stop"."""
    text = (files("chuan.data") / "procedure" / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def folded(key: str) -> frozenset[str]:
    """Return a list of the file, each entry folded for comparison."""
    return frozenset(fold_words(entry) for entry in recognised()[key])
