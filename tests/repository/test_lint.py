"""What ruff and mypy do not see: sizes, names, strangers' addresses, catalogues."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from .tree import ROOT, SOURCE, committed, name_of, python_files

MESSAGES = SOURCE / "data" / "messages"
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "manager", "service"}
# Written in two parts, so that this file does not find itself.
HOSTS = ["pypi" + r"\.org", "pythonhosted" + r"\.", "index" + "-url"]
STRANGERS = re.compile("|".join(["/" + "work/", "/" + "root/", "/" + "home/", *HOSTS]))
TEXT = {".py", ".toml", ".txt", ".md", ".html", ".css", ".js", ".cfg", ".ini", ".json", ".yml", ""}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def test_no_file_is_longer_than_400_lines() -> None:
    assert [name_of(path) for path in python_files() if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_no_function_is_longer_than_60_lines() -> None:
    assert [
        f"{name_of(path)}: {function.name}"
        for path in python_files()
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= 60
    ] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name_of(path) for path in python_files() if FORBIDDEN_NAMES & {path.stem, *path.parent.parts}] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    assert [
        f"{name_of(path)}: {found.group()}"
        for path in committed()
        if path.suffix in TEXT and (found := STRANGERS.search(path.read_text(encoding="utf-8")))
    ] == []


def test_nothing_is_left_to_do_in_the_code() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert [name_of(path) for path in python_files() if marks.search(path.read_text(encoding="utf-8"))] == []


def test_both_requirement_files_pin_the_same_versions() -> None:
    def pins(name: str) -> dict[str, str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return dict(line.split(" ")[0].split("==") for line in lines if re.match(r"[a-z0-9].*==", line))

    runtime, testing = pins("requirements.txt"), pins("requirements-test.txt")
    assert {name: testing.get(name) for name in runtime} == runtime


def rooms(language: str) -> set[str]:
    return {path.stem for path in (MESSAGES / language).glob("*.toml")}


def catalogue(language: str, room: str) -> dict[str, str]:
    return tomllib.loads((MESSAGES / language / f"{room}.toml").read_text(encoding="utf-8"))


def braces(sentence: str) -> set[str]:
    return {field.split(".")[0].split("[")[0] for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def test_the_catalogues_have_the_same_rooms_in_both_languages() -> None:
    assert rooms("vi") == rooms("en")


@pytest.mark.parametrize("room", sorted(rooms("vi")))
def test_a_catalogue_says_the_same_in_both_languages(room: str) -> None:
    vietnamese, english = catalogue("vi", room), catalogue("en", room)
    assert vietnamese.keys() == english.keys()
    assert [code for code, sentence in vietnamese.items() if braces(sentence) != braces(english[code])] == []


def messages_in_code() -> Iterator[tuple[str, ast.Call, str]]:
    """Yield (place, call, code) of every `message("room.code", …)`, `Message(…)`, `BadInput(…)` with a fixed code."""
    for path in python_files():
        if SOURCE not in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called, code = getattr(node.func, "id", getattr(node.func, "attr", "")), node.args[0].value
            if called in {"message", "Message", "BadInput"} and isinstance(code, str):
                yield f"{name_of(path)}:{node.lineno}", node, code


def test_every_message_in_the_code_is_in_the_catalogues_with_the_values_it_needs() -> None:
    wrong = []
    for place, call, code in messages_in_code():
        room, _, name = code.partition(".")
        sentence = catalogue("vi", room).get(name) if room in rooms("vi") else None
        given = {keyword.arg for keyword in call.keywords}
        if sentence is None:
            wrong.append(f"{place}: {code} is in no catalogue")
        elif None not in given and getattr(call.func, "id", "") != "Message" and not braces(sentence) <= given:
            wrong.append(f"{place}: {code} lacks {sorted(braces(sentence) - {str(name) for name in given})}")
    assert wrong == []
