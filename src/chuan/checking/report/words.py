"""The words of the report, from the catalogue `report`."""

from dataclasses import dataclass

from chuan.rules.procedure.structure import Limit
from chuan.text.messages import Message
from chuan.text.numbers import number


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
