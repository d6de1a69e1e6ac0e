"""A task: something that a person should do, with its day, its reason and exactly one button.

Each room's page module offers a provider `(Actor) -> Iterable[Task]`; the home page gathers them all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from django.utils import timezone

from chuan.kernel.actor import Actor


class Urgency(StrEnum):
    """How a task stands; the value is the state it is shown with."""

    LATE = "late"
    SOON = "soon"
    LATER = "todo"


@dataclass(frozen=True, slots=True)
class Task:
    """`due_on` is the last day to do it, or None when it has none; `article` the law or clause, "" when there is none.

    `since` is the day from which somebody waits for it: shown where there is no last day.

    The button leads to `url`; with `posts` it sends a form there, for what is done by the press itself.
    """

    due_on: date | None
    urgency: Urgency
    title: str
    why: str
    verb: str
    url: str
    article: str = ""
    posts: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Tasks by when they are due, each list in order; `first` is the one that gets the filled button."""

    today: Sequence[Task]
    this_week: Sequence[Task]
    later: Sequence[Task]

    @property
    def all(self) -> Sequence[Task]:
        """Return all tasks, the next one first."""
        return [*self.today, *self.this_week, *self.later]

    @property
    def first(self) -> Task | None:
        """Return the first late task, else none: only what is red is pressed upon people."""
        return next((task for task in self.all if task.urgency is Urgency.LATE), None)


ALIKE = 3  # tasks of one kind without a day that stand on the page one by one


def in_short(tasks: Iterable[Task], as_one: Callable[[int], Task]) -> Sequence[Task]:
    """Return alike tasks as they are; more than ALIKE of them as the one that opens their list, told how many."""
    every = list(tasks)
    return every if len(every) <= ALIKE else [as_one(len(every))]


Provider: TypeAlias = Callable[[Actor], Iterable[Task]]


def gather(actor: Actor, providers: Iterable[Provider]) -> Gathered:
    """Return the tasks of all `providers` for `actor`, sorted and grouped by the day of `actor.at`."""
    today = timezone.localdate(actor.at)
    week_end = today + timedelta(days=6 - today.weekday())
    tasks = sorted((task for provider in providers for task in provider(actor)), key=_order)
    return Gathered(
        today=[task for task in tasks if _is_today(task, today)],
        this_week=[t for t in tasks if not _is_today(t, today) and t.due_on is not None and t.due_on <= week_end],
        later=[t for t in tasks if not _is_today(t, today) and (t.due_on is None or t.due_on > week_end)],
    )


def _is_today(task: Task, today: date) -> bool:
    return task.urgency is Urgency.LATE or (task.due_on is not None and task.due_on <= today)


def _order(task: Task) -> tuple[int, date, date, str]:
    return list(Urgency).index(task.urgency), task.due_on or date.max, task.since or date.max, task.title
