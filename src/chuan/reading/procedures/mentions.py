"""Ways on that the words of a step tell: "nếu không đạt, quay lại bước B2", "đủ → B6". No step is looked up here.

A way is told where the number of a step stands behind words of going back or on, or behind a verdict ("không đạt: B2").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chuan.reading.procedures.words import load, pattern
from chuan.text.messages import Message, message
from chuan.text.vietnamese import clean, fold

PREVIOUS, FIRST = "previous", "first"
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_CLAUSE = re.compile(r"[.;,:]\s")
_EDGE = re.compile(r"(?:\s*(?:→|->|=>|⇒|[-–:(,]|\bthì))+\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """One way: the words that tell it, the number they name, and when it is taken.

    `to` is a number as written, `PREVIOUS` or `FIRST`; "" where going back is told but no step is named. Unless `sure`
    the number may be that of something else, as of a form ("M01").
    """

    words: str
    to: str
    when: str = ""
    sure: bool = True


def told_ways(text: str) -> Iterator[Told]:
    """Yield the ways that the text tells, in order."""
    for sentence in _SENTENCE.split(clean(text)):
        found = list(_in_sentence(sentence))
        yield from found
        if not found and _goes_back_somewhere(sentence):
            yield Told(sentence, "")


def outside_of_steps(text: str) -> list[Message]:
    """Return the doubts on ways that a remark below the steps tells: it does not say from which step they lead."""
    return [
        message("procedures.link_outside", words=text, way=way.words) for way in told_ways(text) if way.to and way.sure
    ]


def _in_sentence(sentence: str) -> Iterator[Told]:
    since, end, lead = 0, 0, None  # behind the last way, behind the last number, and what led to it
    for named in pattern("step_named").finditer(sentence):
        between = sentence[end : named.start()]
        if lead and pattern("range_of_steps").fullmatch(between):
            end = named.end()
            continue
        if not (lead and pattern("list_of_steps").fullmatch(between)):
            since = end if lead else since
            lead = _lead(sentence, end, named.start())
        end = named.end()
        if lead and (not named["digits"] or lead.re is pattern("goes_back")):
            words = sentence[lead.start() : end].strip(" ,:(")
            perhaps = named["other"] or named["digits"]
            yield Told(words, _number(named), _when(sentence, since, lead, end), not perhaps)


def _lead(sentence: str, start: int, end: int) -> re.Match[str] | None:
    """Return the words in front of a number that make it the end of a way, None when it is only mentioned."""
    for name, between in (("goes_back", "between_back_and_step"), ("goes_on", "between_on_and_step")):
        for match in reversed(list(pattern(name).finditer(sentence, start, end))):
            if pattern(between).fullmatch(sentence, match.end(), end):
                return match
    mentioned = pattern("only_mentioned").search(sentence, start, end)
    return None if mentioned else pattern("verdict").search(sentence, start, end)


def _number(named: re.Match[str]) -> str:
    if named["relative"]:
        return FIRST if fold(named["relative"]).startswith("dau") else PREVIOUS
    if named["spoken"]:
        return str(load("spoken_numbers")[fold(named["spoken"])])
    return clean(named["no"] or named["code"] or named["other"] or named["digits"])


def _when(sentence: str, since: int, lead: re.Match[str], end: int) -> str:
    """Return the condition of a way: the clause in front of it, or the words behind it that begin with "nếu"."""
    told = sentence[since : lead.end() if lead.re is pattern("verdict") else lead.start()]
    clauses = [clause for part in _CLAUSE.split(told) if (clause := _EDGE.sub("", clean(part)))]
    for clause in reversed(clauses[-2:]):
        if pattern("conditional").search(clause):
            return clause
    if clauses and lead.re is pattern("goes_on"):
        return clauses[-1]
    behind = pattern("condition_behind").match(sentence, end)
    return clean(behind["when"]) if behind else ""


def _goes_back_somewhere(sentence: str) -> bool:
    """Whether going back inside the procedure is told of, without the number of a step.

    A dossier given back to who handed it in ends the procedure and is no way back.
    """
    back = pattern("goes_back").search(sentence)
    if back is None:
        return False
    after = sentence[back.end() :]
    if pattern("unnamed_step").match(after):
        return True
    if pattern("to_applicant").match(after):
        return False
    refused, judged = pattern("refusal").search(sentence), pattern("verdict").search(sentence)
    return bool(refused or (judged and pattern("to_colleague").match(after)))
