"""One living dossier of the demo: received, handled step by step and whatever else, by the people whose turn it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from chuan.demo.office import Office, usual_time
from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency, Position
from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.receiving import Reception, receive
from chuan.quality.dossiers.reckoned import acts_of, course_of, variant_of
from chuan.quality.dossiers.writing import Press, Written
from chuan.quality.models import PublicService
from chuan.rules.handling.acts import ActKind, DossierState, in_effect, unanswered
from chuan.rules.procedure.structure import Limit, Procedure, TimeUnit

A_WEEK = Limit(Fraction(5), TimeUnit.WORKING_DAY)
_PAUSE_BEFORE = timedelta(minutes=40)
_CHANNELS = ("direct", "direct", "online", "online", "postal")


@dataclass(frozen=True, slots=True)
class Case:
    """One dossier to be made: see `data/demo/living.toml`. `key` makes it the same one however often it is made."""

    key: str
    agency: Agency
    reception: Agency
    service: PublicService
    written: Procedure
    ago: int
    steps: int
    pace: float | None
    acts: tuple[str, ...]
    applicant: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class People:
    """Who acts: the actor of a position (by its number), and that of a position by agency and code."""

    of_position: Mapping[int, Actor]
    named: Mapping[tuple[str, str], Actor]
    positions: Mapping[tuple[str, str], Position]


@dataclass(frozen=True, slots=True)
class _Beside:
    """Something that is done beside the steps: `ago` None for right after the last step."""

    verb: str
    ago: int | None
    whom: str


def handle(case: Case, office: Office, people: People, words: Mapping[str, Sequence[str]], random: Random) -> Dossier:
    """Make the dossier of `case` by the real actions, each at a moment of office hours."""
    beside = [_beside(text) for text in case.acts]
    dossier, at = _received(case, office, people, random)
    told = next((office.at(one.ago, 0.3) for one in beside if one.ago is not None), None)
    dossier, at = _stepped(dossier, case, office, people, at, told or office.end)
    for number, one in enumerate(beside):
        planned = office.at(one.ago, random.uniform(0.3, 0.9)) if one.ago is not None else None
        at = max(at, planned) if planned else office.later(at, _PAUSE_BEFORE)
        story = _Story(case, dossier, people, words, random, f"{case.key}-v{number}")
        dossier = story.done(one, at).dossier
    return dossier


def _beside(text: str) -> _Beside:
    verb, _colon, whom = text.partition(":")
    verb, _at, ago = verb.partition("@")
    return _Beside(verb, int(ago) if ago else None, whom)


def received_at(case: Case, office: Office, random: Random) -> datetime:
    """Return when the dossier of `case` is received."""
    return office.at(case.ago, random.uniform(0.05, 0.5))


def _received(case: Case, office: Office, people: People, random: Random) -> tuple[Dossier, datetime]:
    at = received_at(case, office, random)
    channel = random.choice(_CHANNELS)
    papers = case.written.components
    what = Reception(
        service=case.service,
        agency=case.agency,
        reception=case.reception,
        received_at=at,
        channel=channel,
        filed_at=at - timedelta(minutes=random.randrange(20, 150)) if channel == "online" else None,
        components=[{"name": one.name, "copies": 1, "given": True} for one in papers],
        applicant=dict(case.applicant),
    )
    clerk = people.named[case.reception.code, "MC"]
    return receive(what, key=case.key, by=clerk, at=at), at


def _stepped(
    dossier: Dossier, case: Case, office: Office, people: People, at: datetime, until: datetime
) -> tuple[Dossier, datetime]:
    """Do the steps that are left, at the pace of the case or spread up to `until`."""
    variant = variant_of(dossier)
    course = course_of(variant)
    if variant is None or course is None:
        return dossier, at
    done = [one.step for one in in_effect(acts_of(dossier)) if one.step is not None]
    ahead = _usual_way(course, len(variant.steps), done, case.steps)
    times = [usual_time(variant.steps[step]) for step in ahead]
    share = case.pace or min(
        0.95, office.worked(at, until) * 0.92 / max(sum(times, timedelta(0)), timedelta(minutes=1))
    )
    for step, time in zip(ahead, times, strict=True):
        if dossier.state == DossierState.READY:
            break
        at = office.later(at, time * share)
        by = people.of_position[dossier.holder_id] if dossier.holder_id else people.named[case.agency.code, "MC"]
        press = Press(f"{case.key}-b{step}", dossier.act_count)
        dossier = actions.do_step(dossier, step, press=press, by=by, at=at).dossier
    return dossier, at


def _usual_way(course: Any, most: int, done: Sequence[int], wanted: int) -> list[int]:
    """Return the steps that come next on the usual way until `wanted` are done; -1: to the end."""
    ahead: list[int] = []
    while len(done) + len(ahead) < (most if wanted < 0 else wanted):
        step = course.usual_next((*done, *ahead))
        if step is None:
            break
        ahead.append(step)
    return ahead


@dataclass(frozen=True, slots=True)
class _Story:
    """What is done beside the steps, one verb after the other."""

    case: Case
    dossier: Dossier
    people: People
    words: Mapping[str, Sequence[str]]
    random: Random
    key: str

    def done(self, one: _Beside, at: datetime) -> Written:
        """Do it, by the officer of the handling agency, or by its clerk where the citizen comes."""
        code = self.case.agency.code
        by = replace(self.people.named[code, "CV"], at=at)
        clerk = replace(self.people.named[self.case.reception.code, "MC"], at=at)
        facts: dict[str, Any] = {"press": Press(self.key, self.dossier.act_count), "at": at}
        match one.verb:
            case "return":
                return actions.return_result(self.dossier, by=clerk, **facts)
            case "supplement":
                items = [self._word("item")]
                return actions.ask_supplement(self.dossier, items, why=self._word(one.verb), by=by, **facts)
            case "resubmit":
                return actions.take_supplement(self.dossier, self._asked_items(), by=clerk, **facts)
            case "payment":
                return actions.ask_payment(self.dossier, what=self._word(one.verb), by=by, **facts)
            case "note" if one.whom:
                by = replace(self.people.named[code, one.whom], at=at)
                return actions.note(self.dossier, text=self._word(one.verb), by=by, **facts)
            case "note":
                return actions.note(self.dossier, text=self._word(one.verb), by=by, **facts)
            case "hand":
                to = self.people.positions[code, one.whom]
                return actions.hand_over(self.dossier, to, note=self._word(one.verb), by=by, **facts)
            case "apologise":
                due = (self.dossier.due_at or at) + timedelta(days=7)
                return actions.apologise(self.dossier, why=self._word(one.verb), new_due=due, by=by, **facts)
            case "consult" | "forward":
                asked = self.people.positions[one.whom, "CV"].agency
                ask = actions.consult if one.verb == "consult" else actions.forward
                return ask(self.dossier, agency=asked, content=self._word(one.verb), limit=A_WEEK, by=by, **facts)
            case "answer":
                to_act = unanswered(acts_of(self.dossier))[-1].number
                other = replace(self.people.named[one.whom, "CV"], at=at)
                return actions.answer(self.dossier, to_act, content=self._word(one.verb), by=other, **facts)
        ends = {"pause": actions.pause, "refuse": actions.refuse, "stop": actions.stop, "withdraw": actions.withdraw}
        return ends[one.verb](self.dossier, why=self._word(one.verb), by=by, **facts)

    def _word(self, verb: str) -> str:
        return self.random.choice(self.words[verb])

    def _asked_items(self) -> list[str]:
        asked = [one for one in in_effect(acts_of(self.dossier)) if one.kind is ActKind.SUPPLEMENT]
        return list(asked[-1].details.get("items", ()))
