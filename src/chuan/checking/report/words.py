"""The words of the report, from the catalogue `report`."""

from dataclasses import dataclass
from datetime import datetime

from chuan.checking import clock
from chuan.checking.report import figures
from chuan.checking.result import DossierResult
from chuan.rules.deadlines import Pause, PauseRule
from chuan.rules.procedure.structure import Limit
from chuan.text.messages import Message
from chuan.text.numbers import day, moment, number


@dataclass(frozen=True, slots=True)
class Words:
    """Call with a name of the catalogue and its values: the sentence in `language`."""

    language: str

    def __call__(self, name: str, /, **values: object) -> str:
        return Message(f"report.{name}", values).text(self.language)


def limit_words(limit: Limit, language: str) -> str:
    """Return a limit in words: "12 ngày làm việc"; thirds and the like as fractions."""
    amount = limit.amount
    exact = amount.denominator in (1, 2, 4, 5, 8, 10, 20)
    return Words(language)(
        f"limit_{limit.unit}", amount=number(float(amount), language=language) if exact else str(amount)
    )


def moment_or_day(at: datetime) -> str:
    """Return the moment; midnight is how sources write a day without a time, and shows as the day."""
    return moment(at) if (at.hour, at.minute, at.second) != (0, 0, 0) else day(at)


def due_words(found: DossierResult, say: Words) -> list[str]:
    """Return what must be known of the due date: what moved it, what the source says instead; mostly nothing."""
    words = [_wait_words(wait, found, say) for wait in clock.until_ready(found.pauses, found.finished_at)]
    said = found.dossier.source_due_at
    if said is not None and figures.source_disagrees(found):
        words.append(say("due_of_source", at=moment_or_day(said)))
    if found.dossier.earlier_due_at:
        earlier = ", ".join(map(moment_or_day, found.dossier.earlier_due_at))
        words.append(say("due_moved_by_source", earlier=earlier, at=moment_or_day(said) if said else "–"))
    return words


def _wait_words(wait: Pause, found: DossierResult, say: Words) -> str:
    since, until = moment_or_day(wait.start), moment_or_day(wait.end) if wait.end else ""
    if found.due_at is not None and wait.start > found.due_at:
        return say("wait_after_due", since=since, until=until or say("wait_not_over"))
    if not until:
        return say("wait_open", since=since)
    name = "wait_restarts" if wait.rule is PauseRule.RESTART else "wait_pauses"
    return say(name, since=since, until=until)
