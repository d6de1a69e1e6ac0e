"""What the demo brings onto the pages is said in words."""

import re

from chuan.demo.work import uncovered, works
from chuan.reading.procedure_json import from_json


def test_no_public_service_of_the_demo_shows_a_code_in_place_of_words() -> None:
    contents = [work.content for work in works()] + [content for _agency, content in uncovered()]
    services = from_json({"procedures": contents})
    shown = {word for one in services for word in (one.field, one.level, one.fee, one.online_level)}
    assert {"Cấp xã", "Cấp tỉnh"} <= shown
    assert not [word for word in shown if re.fullmatch(r"[a-z_]+", word)]
