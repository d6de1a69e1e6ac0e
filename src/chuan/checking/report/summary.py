"""The summary that `chuan check` prints."""

from collections import Counter
from functools import partial

from chuan.checking.report import figures
from chuan.checking.report.words import Words
from chuan.checking.result import KINDS, STATES, CheckResult, excused
from chuan.text import numbers


def summary(result: CheckResult, language: str = "vi", *, doubts: int = 0) -> str:
    """Return a few lines: names, counts, times, deviations, and what the source does not show.

    `doubts` is how many places of the written procedure were understood with a doubt.
    """
    say = Words(language)
    number, rate = partial(numbers.number, language=language), partial(numbers.rate, language=language)
    found = result.dossiers
    states = Counter(one.state for one in found)
    states["not_judged"] += len(result.homeless)
    kinds = Counter(deviation.kind for one in found for deviation in one.deviations)
    followed, in_time = figures.followed(found), figures.in_time(found)
    lines = [*(one.subject.name for one in result.subjects if one.subject.name)]
    lines.append(
        say(
            "summary_dossiers",
            dossiers=number(len(found) + len(result.homeless)),
            events=number(sum(one.events for one in result.subjects) + sum(len(one.events) for one in result.homeless)),
            variants=number(sum(one.variants for one in result.subjects)),
        )
    )
    lines.append(say("summary_in_time", rate=rate(in_time.part, in_time.whole)))
    lines.append(say("summary_states", **{state: number(states[state]) for state in STATES}))
    for reason, count in result.reasons.items():
        lines.append(say("summary_reason", reason=say(f"reason_{reason}"), count=number(count)))
    if followed.whole:
        lines.append(say("summary_followed", rate=rate(followed.part, followed.whole)))
        lines.append(say("summary_deviations", **{kind: number(kinds[kind]) for kind in KINDS}))
        reasons = Counter(why for one in found for why in excused(one).values())
        lines += [say(f"summary_{why}", count=number(count)) for why, count in sorted(reasons.items())]
    if fit := figures.fit(found):
        lines.append(say("summary_cost", cost=number(fit.cost), fitness=number(fit.fitness, 4)))
    if result.log.bad_rows:
        lines.append(say("summary_bad_rows", count=number(len(figures.by_row(result.log.bad_rows)))))
    if doubts:
        lines.append(say("summary_doubts", count=number(doubts)))
    notes = (note.text(language) for note in (*result.notes, *result.log.notes))
    return "\n".join([*lines, *(f"- {note}" for note in notes)])
