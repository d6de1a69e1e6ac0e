"""The forms of the one-stop shop, known by (issuing text, number) under one stable name: the numbers moved in 2025."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OneStopForm:
    """`form` is the stable name (receipt, control_sheet …); `numbers` maps the issuing text to the number in it."""

    form: str
    name: str
    numbers: tuple[tuple[str, str], ...]
    old_name: str = ""

    def number_in(self, text: str) -> str:
        """Return the form's number in the instrument `text` (normal form), "" when it has none there."""
        return dict(self.numbers).get(text, "")


@dataclass(frozen=True, slots=True)
class FormCatalogue:
    """All forms."""

    forms: tuple[OneStopForm, ...]

    def find(self, text: str, number: str) -> OneStopForm | None:
        """Return the form with `number` ("6" or "06") in the instrument `text`."""
        padded = number.strip().lstrip("0").zfill(2)
        return next((form for form in self.forms if form.number_in(text) == padded), None)

    def renumber(self, text: str, number: str, into: str) -> str:
        """Return the number in `into` of the form that has `number` in `text`; "" when there is none."""
        form = self.find(text, number)
        return form.number_in(into) if form else ""
