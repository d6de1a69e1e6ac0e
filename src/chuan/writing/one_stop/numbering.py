"""Under which number and name a form is printed: by the text whose numbering the agency uses."""

from dataclasses import dataclass

from chuan.rules.one_stop_forms import FormCatalogue, OneStopForm
from chuan.text.messages import BadInput


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of the instrument `text` (normal form, "03/2025/TT-VPCP")."""

    catalogue: FormCatalogue
    text: str

    def __post_init__(self) -> None:
        if not any(form.number_in(self.text) for form in self.catalogue.forms):
            known = sorted({text for form in self.catalogue.forms for text, _ in form.numbers})
            raise BadInput("one_stop.no_numbering", text=self.text, known=", ".join(known))

    def number(self, form: str) -> str:
        """Return the number of the form named `form` ("control_sheet"), "" where the text has no such form."""
        return self._find(form).number_in(self.text)

    def name(self, form: str) -> str:
        """Return the name of the form in this text: the old name goes with the oldest text that has the form."""
        found = self._find(form)
        oldest = found.numbers[0][0]
        return found.old_name if found.old_name and self.text == oldest else found.name

    def _find(self, form: str) -> OneStopForm:
        return next(found for found in self.catalogue.forms if found.form == form)
