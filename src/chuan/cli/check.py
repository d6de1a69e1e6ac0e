"""`chuan check PROCEDURE LOG`: is it on time, was it followed, where and by how much not. Never imports Django."""

import argparse
import gc
import sys
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path

from chuan.checking.check import Options, check
from chuan.checking.result import CheckResult
from chuan.checking.result_json import to_json
from chuan.checking.sources import Loaded, load, refuse_unknown_steps
from chuan.cli.arguments import Arguments, language_of
from chuan.cli.output import Progress, refuse_occupied, write_folder
from chuan.reading.calendars import load_calendar
from chuan.reading.eventlogs import LogMapping, read_log, read_mapping
from chuan.rules.deadlines import Counting, PauseRule
from chuan.rules.workdays import VIETNAM
from chuan.text.messages import LANGUAGES, BadInput, message

FILES = ("report.html", "deviations.xlsx", "result.json")


def main(argv: list[str]) -> int:
    """Run the command. 0: it could judge; 2: no usable event or no step, with one clear message."""
    arguments = _parser(language_of(argv)).parse_args(argv)
    gc.disable()  # values without cycles by the million: looking for cycles would cost a fifth of the run
    try:
        return _run(arguments)
    except BadInput as problem:
        print(problem.message.text(arguments.lang), file=sys.stderr)
        return 2
    finally:
        gc.enable()


def _parser(language: str) -> Arguments:
    def say(option: str) -> str:
        return message(f"cli.check_{option}").text(language)

    parser = Arguments("chuan check", language=language, description=message("cli.about_check").text(language))
    parser.add_argument("procedure", metavar="PROCEDURE", help=say("procedure"))
    parser.add_argument("log", metavar="LOG", help=say("log"))
    parser.add_argument("--map", type=Path, metavar="FILE", help=say("map"))
    parser.add_argument("--calendar", default="vn", metavar="NAME", help=say("calendar"))
    parser.add_argument("--as-of", default="", metavar="TIME", help=say("as_of"))
    ways, rules = [str(way) for way in Counting], [str(rule) for rule in PauseRule]
    parser.add_argument("--counting", choices=ways, default=str(Counting.DAYS), help=say("counting"))
    parser.add_argument("--supplement", choices=rules, default=str(PauseRule.RESTART), help=say("supplement"))
    parser.add_argument("--lang", choices=LANGUAGES, default=language, help=message("cli.help_lang").text(language))
    parser.add_argument("--out", type=Path, metavar="DIR", help=say("out"))
    return parser


def _run(arguments: argparse.Namespace) -> int:
    language: str = arguments.lang
    if arguments.out:
        refuse_occupied(arguments.out, FILES)
    mapping = read_mapping(arguments.map) if arguments.map else LogMapping()
    loaded = load(arguments.procedure)
    refuse_unknown_steps(loaded.subjects, mapping.steps)
    options = Options(
        calendar=load_calendar(arguments.calendar),
        as_of=_moment(arguments.as_of) if arguments.as_of else None,
        counting=Counting(arguments.counting),
        supplement=PauseRule(arguments.supplement),
        steps=mapping.steps,
        positions=mapping.positions,
        kinds=mapping.kinds,
        by_service=loaded.by_service,
    )
    _say_unread(loaded, language)
    with Progress(language) as progress:
        joins = any(subject.clock_words for subject in loaded.subjects)
        log = read_log(_existing(arguments.log), mapping, progress.reading, join_equal=joins)
        result = check(loaded.subjects, log, options, progress.judging)
        if arguments.out:
            write_folder(arguments.out, _files(result, loaded, language))
    from chuan.checking.report.summary import summary

    print(summary(result, language, doubts=len(loaded.doubts)))
    if arguments.out:
        print(message("report.summary_out", folder=arguments.out).text(language))
    return 0


def _files(result: CheckResult, loaded: Loaded, language: str) -> Mapping[str, bytes]:
    from chuan.checking.report.page import page
    from chuan.checking.report.workbook import workbook

    written = page(result, loaded.doubts, language).encode(), workbook(result, language), to_json(result, language)
    return dict(zip(FILES, written, strict=True))


def _existing(name: str) -> Path:
    path = Path(name)
    if path.is_dir():
        raise BadInput("checking.log_is_a_folder", name=name)
    if not path.is_file():
        raise BadInput("checking.no_such_file", name=name)
    return path


def _say_unread(loaded: Loaded, language: str) -> None:
    for name, problem in loaded.unread:
        left_out = BadInput("checking.unread_file", name=name, reason=problem.message.text(language))
        print(left_out.message.text(language), file=sys.stderr)


def _moment(text: str) -> datetime:
    """Return the moment; a day alone means its end, since what happened on that day has happened."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 - only the date is read
        except ValueError:
            continue
        return datetime.combine(day, time.max, VIETNAM)
    for form in ("%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput("checking.bad_moment", value=text) from None
    return moment.astimezone(VIETNAM) if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
