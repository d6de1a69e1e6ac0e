"""Vietnamese is the source; English is complete; what is compiled is what was written."""

import gettext
import re

import pytest

from .catalogue import LOCALE, catalogue, sentences

_BLANKS = re.compile(r"%\(\w+\)\d*[sd]|\{\w+\}")
_VIETNAMESE_LETTERS = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
NAMES_THAT_STAY = re.compile(
    r"Chuẩn|tỉnh Mẫu|Đơn vị, Vị trí, Nhân sự|“(?:ngày|ngày lịch|ngày làm việc|giờ làm việc)”", re.I
)


def test_every_sentence_has_its_english() -> None:
    english = catalogue("en")
    missing = {sentence: place for sentence, place in sentences().items() if not all(english.get(sentence, [""]))}
    assert missing == {}, "add them to src/chuan/locale/en, see docs/guides/pages.md"


def test_the_english_catalogue_holds_nothing_that_is_no_longer_said() -> None:
    assert set(catalogue("en")) - set(sentences()) == set()


def test_translations_keep_the_blanks_to_fill() -> None:
    for language in ("vi", "en"):
        for sentence, translations in catalogue(language).items():
            for translation in translations:
                assert set(_BLANKS.findall(translation)) == set(_BLANKS.findall(sentence)), sentence


def test_no_vietnamese_is_left_in_the_english() -> None:
    left = [text for texts in catalogue("en").values() for text in texts]
    assert [text for text in left if _VIETNAMESE_LETTERS.search(NAMES_THAT_STAY.sub("", text))] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    for sentence, written in catalogue(language).items():
        if len(written) == 1:
            assert translations.gettext(sentence) == written[0] or translations.ngettext(sentence, "", 1) == written[0]
        else:
            assert [translations.ngettext(sentence, "", count) for count in (1, 2)] == written
