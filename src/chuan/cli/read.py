"""`chuan read PROCEDURE [--out FILE] [--strict]`: a written procedure as JSON. Never imports Django.

PROCEDURE is a `.docx`, `.xlsx`, `.json` or `.bpmn`, or a folder or zip of such files; `FILE#id` picks one procedure.
0: something was read; 2: nothing was, or, with --strict, something is doubtful. Shape of the JSON: docs/formats.md.
"""

import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from chuan.cli.arguments import Arguments, language_of
from chuan.cli.reasons import reason_of
from chuan.reading.procedure_json import doubts_of, picked, to_json
from chuan.reading.procedures.files import read_procedures
from chuan.reading.procedures.folders import FileReading, is_collection, read_archive, read_file, read_folder
from chuan.rules.procedure.structure import Procedure
from chuan.text.messages import LANGUAGES, BadInput, message


def main(argv: list[str]) -> int:
    """Run the command with its arguments; return the exit code."""
    arguments = _parser(language_of(argv)).parse_args(argv)
    try:
        return _run(arguments.procedure, arguments.out, arguments.strict, arguments.lang)
    except BadInput as refusal:
        _say(refusal.message.text(arguments.lang))
        return 2


def _parser(language: str) -> Arguments:
    def say(option: str) -> str:
        return message(f"cli.{option}").text(language)

    parser = Arguments("chuan read", language=language, description=say("about_read"))
    parser.add_argument("procedure", metavar="PROCEDURE", help=say("read_procedure"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=say("read_out"))
    parser.add_argument("--strict", action="store_true", help=say("read_strict"))
    parser.add_argument("--lang", choices=LANGUAGES, default=language, help=say("help_lang"))
    return parser


def _run(source: str, out: Path | None, strict: bool, language: str) -> int:
    procedures = _procedures(source, language)
    _say_without_steps(procedures, source, language)
    doubts = doubts_of(procedures)
    if strict and doubts:
        _say(message("procedures.strict", count=len(doubts)).text(language))
        for one in procedures:
            _say_doubts(one, language)
        return 2
    text = json.dumps(to_json(procedures, language), ensure_ascii=False, indent=2, default=str) + "\n"
    data = text.encode("utf-8", "replace")
    if out is not None and out.exists() and out.samefile(_split(source)[0]):
        raise BadInput("procedures.out_is_source", name=str(out))
    if out is None:
        sys.stdout.write(data.decode("utf-8"))
    else:
        _write(out, data)
    return 0


def _procedures(source: str, language: str) -> list[Procedure]:
    path, pick = _split(source)
    if path.is_dir():
        return list(picked(_all(read_folder(path), source, language), pick))
    data = read_file(path)
    if is_collection(data):
        return list(picked(_all(read_archive(data), source, language), pick))
    return list(picked(read_procedures(data, path.name).procedures, pick))


def _split(source: str) -> tuple[Path, str]:
    """Return the file and the id behind `#`; a file whose own name has a `#` stays whole."""
    if not source:
        raise BadInput("procedures.file_missing", name=source)
    if "#" not in source or Path(source).exists():
        return Path(source), ""
    name, _, pick = source.rpartition("#")
    return Path(name), pick


def _all(files: Iterable[FileReading], source: str, language: str) -> list[Procedure]:
    """Return the procedures of all readable files, each with the name of its file; list the others."""
    found: list[Procedure] = []
    for file in files:
        if file.problem is not None:
            _say(f"{file.name}: {file.problem.text(language)}")
        elif file.reading is not None:
            found += [replace(one, extra={**one.extra, "file": file.name}) for one in file.reading.procedures]
    if not found:
        raise BadInput("procedures.empty_folder", name=source)
    return found


def _say_without_steps(procedures: Sequence[Procedure], source: str, language: str) -> None:
    """Refuse when no procedure has a step; name those that have none beside others that do."""
    bare = [one for one in procedures if not any(variant.steps for variant in one.variants)]
    if len(bare) == len(procedures):
        raise BadInput("procedures.no_steps_in_json", name=bare[0].id or bare[0].name or source)
    for one in bare:
        _say(message("procedures.no_steps_in_json", name=one.id or one.name).text(language))


def _say_doubts(procedure: Procedure, language: str) -> None:
    """List what is doubtful in a procedure, behind the name of its file where several were read."""
    file = f"{procedure.extra['file']}: " if "file" in procedure.extra else ""
    for doubt in doubts_of([procedure]):
        _say(f"- {file}{doubt.where + ': ' if doubt.where else ''}{doubt.message.text(language)}")


def _write(out: Path, data: bytes) -> None:
    """Write the file beside its place and rename it: complete, or absent with nothing left behind."""
    if out.is_dir():
        raise BadInput("procedures.cannot_write", name=str(out), reason=message("cli.reason_is_directory"))
    beside = None
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as fresh:
            beside = Path(fresh.name)
            fresh.write(data)
        beside.chmod(0o644)
        beside.replace(out)
    except OSError as error:
        raise BadInput("procedures.cannot_write", name=str(out), reason=reason_of(error)) from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _say(line: str) -> None:
    print(line, file=sys.stderr)
