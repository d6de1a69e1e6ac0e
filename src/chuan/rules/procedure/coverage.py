"""Coverage: public services of the agency − those with a procedure in force. 100 % is the law.

Source: QĐ 19/2014/QĐ-TTg, Article 3; facts D7. A code with the province's suffix (1.013225.H61) is the same service.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NATIONAL = re.compile(r"\d\.\d{6}")
_CODE = re.compile(r"\d\.\d{6}(?:\.000\.00\.00)?(?:\.H\d{2})?")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Codes in the order of the agency's list: all, those with a procedure in force, those without.

    `beyond` are codes of procedures in force that are not on the agency's list.
    """

    services: tuple[str, ...]
    covered: tuple[str, ...]
    missing: tuple[str, ...]
    beyond: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every service has a procedure in force."""
        return not self.missing


def is_service_code(code: str) -> bool:
    """Whether it is written as the national catalogue writes codes: "1.013225", "1.013225.000.00.00.H61", "…H61"."""
    return _CODE.fullmatch(code.strip()) is not None


def national_code(code: str) -> str:
    """Return the code without the suffix of a province: "1.013225.H61" → "1.013225"; other text as it is."""
    match = _NATIONAL.match(code.strip())
    return match[0] if match else code.strip()


def coverage(services: Iterable[str], in_force: Iterable[str]) -> Coverage:
    """Return the coverage of the codes `services` by the codes that procedures `in_force` answer for."""
    listed = {national_code(code): code for code in services}
    answered = {national_code(code): code for code in in_force if code.strip()}
    return Coverage(
        services=tuple(listed.values()),
        covered=tuple(code for key, code in listed.items() if key in answered),
        missing=tuple(code for key, code in listed.items() if key not in answered),
        beyond=tuple(code for key, code in answered.items() if key not in listed),
    )
