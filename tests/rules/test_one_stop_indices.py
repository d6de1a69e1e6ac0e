"""Indices of the one-stop shop: worked by hand, missing data is not zero, more good dossiers never cost points."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.rules.one_stop_indices import (
    Index,
    Levels,
    Mean,
    Share,
    Value,
    evaluate,
    indices,
    rank_of,
    rounded,
    sets,
    total,
)

NINE, REALTIME = sets()["nine"], sets()["realtime"]
COUNTS = st.integers(0, 100_000)


def index(of: str, code: str) -> Index:
    return next(one for one in indices() if one.of.key == of and one.code == code)


def points_index(*, shorter: int, equal: int, longer: int) -> Value:
    return evaluate(index("nine", "1"), Levels({"shorter": shorter, "equal": equal, "longer": longer}))


def test_the_score_of_an_index_is_the_mean_of_its_points_to_one_decimal() -> None:
    found = points_index(shorter=7, equal=2, longer=3)
    assert (found.part, found.whole, found.value) == (Fraction(16), 12, Fraction(4, 3))
    assert (found.score, found.most) == (Fraction(13, 10), Fraction(2))


def test_half_a_tenth_is_rounded_up() -> None:
    assert points_index(shorter=5, equal=3, longer=2).score == Fraction(13, 10)
    assert points_index(shorter=1, equal=0, longer=39).score == Fraction(1, 10), "0.05"
    assert points_index(shorter=0, equal=3, longer=61).score == 0, "0.046…"
    assert rounded(Fraction(25, 1000), 2) == Fraction(3, 100)


def test_time_in_hand_earns_its_share_of_twenty_points() -> None:
    found = evaluate(index("realtime", "2.1"), Share(106, 124))
    assert found.value == Fraction(106, 124)
    assert (found.score, found.most) == (Fraction(1710, 100), Fraction(20)), "106 / 124 × 20 = 17.096…"


def test_a_target_that_is_reached_earns_all_points_and_half_of_it_half_of_them() -> None:
    paid_online = index("realtime", "3.5b")
    assert paid_online.target == 80
    assert evaluate(paid_online, Share(8, 10)).score == 2
    assert evaluate(paid_online, Share(10, 10)).score == 2
    assert evaluate(paid_online, Share(4, 10)).score == 1


def test_an_average_earns_nothing_and_keeps_its_parts() -> None:
    found = evaluate(index("realtime", "2.2"), Mean(Fraction(2900), 3))
    assert (found.part, found.whole, found.value) == (Fraction(2900), 3, Fraction(2900, 3))
    assert (found.score, found.most) == (None, None)


@pytest.mark.parametrize("tally", [None, Levels({}), Levels({"shorter": 0})])
def test_missing_data_is_not_zero(tally: Levels | None) -> None:
    missing = evaluate(index("nine", "2"), tally)
    assert not missing.is_fed
    assert missing.score is None
    summed = total([points_index(shorter=1, equal=0, longer=0), missing], NINE)
    assert (summed.score, summed.most, summed.fed, summed.scored) == (Fraction(2), Fraction(2), 1, 2)


def test_all_late_is_zero_and_counts() -> None:
    late = points_index(shorter=0, equal=0, longer=4)
    assert late.is_fed
    assert late.score == 0
    assert total([late], NINE).most == 2


def test_a_total_adds_the_rounded_scores_of_its_own_set_alone() -> None:
    values = [
        points_index(shorter=7, equal=2, longer=3),
        evaluate(index("nine", "3"), Levels({"none": 40, "once": 5, "more": 5})),
        evaluate(index("realtime", "2.1"), Share(1, 1)),
    ]
    summed = total(values, NINE)
    assert (summed.score, summed.most) == (Fraction(3), Fraction(4)), "1.3 and 1.7"


def test_there_is_a_rank_only_when_the_whole_set_is_fed() -> None:
    of_nine = [one for one in indices() if one.of == NINE]
    best = [evaluate(one, Levels({max(one.points, key=lambda level: one.points[level]): 1})) for one in of_nine]
    whole = total(best, NINE)
    assert (whole.score, whole.most, whole.fed) == (Fraction(18), Fraction(18), 9)
    assert whole.rank is not None
    assert whole.rank.name.vi == "Xuất sắc"
    assert total([*best[1:], evaluate(of_nine[0], None)], NINE).rank is None


@pytest.mark.parametrize(
    ("points", "name"),
    [("18", "Xuất sắc"), ("15", "Xuất sắc"), ("149/10", "Tốt"), ("9", "Khá"), ("6", "Trung bình"), ("5", "Yếu")],
)
def test_agencies_are_ranked_as_the_circular_says(points: str, name: str) -> None:
    found = rank_of(Fraction(points), NINE)
    assert found is not None
    assert found.name.vi == name


def test_a_tally_of_another_kind_or_level_is_refused() -> None:
    with pytest.raises(ValueError, match="nine 1 is of the kind points, not Share"):
        evaluate(index("nine", "1"), Share(1, 2))
    with pytest.raises(ValueError, match="nine 1 knows no level early"):
        evaluate(index("nine", "1"), Levels({"early": 1}))


def test_the_data_are_whole() -> None:
    assert len([one for one in indices() if one.of == NINE]) == 9
    assert sum(group.most for group in REALTIME.groups) == 100
    assert len({(one.of.key, one.code) for one in indices()}) == len(indices())
    for one in indices():
        said = (one.name, one.formula, one.ours if one.fed_by else one.needs)
        assert all(words.vi and words.en for words in said), one.code
        assert one.article
        assert one.confidence in ("high", "medium", "low")
        assert bool(one.points) == (one.kind == "points")
    for of in (NINE, REALTIME):
        assert list(of.ranks) == sorted(of.ranks, key=lambda rank: -rank.points)
        assert of.ranks[-1].points == 0


def test_what_is_not_fed_stands_behind_what_is() -> None:
    fed = [bool(one.fed_by) for one in indices()]
    assert fed == sorted(fed, reverse=True)


@given(shorter=COUNTS, equal=COUNTS, longer=COUNTS)
def test_a_dossier_that_was_quicker_never_costs_points(shorter: int, equal: int, longer: int) -> None:
    before = points_index(shorter=shorter, equal=equal, longer=longer + 1)
    after = points_index(shorter=shorter, equal=equal + 1, longer=longer)
    best = points_index(shorter=shorter + 1, equal=equal, longer=longer)
    assert before.value is not None
    assert after.value is not None
    assert best.value is not None
    assert before.value < after.value < best.value
    assert 0 <= before.value <= best.value <= 2
    assert before.score is not None
    assert abs(before.score - before.value) <= Fraction(1, 20)


@given(part=COUNTS, rest=COUNTS)
def test_a_share_and_its_rest_are_one(part: int, rest: int) -> None:
    here, there = (evaluate(index("realtime", "2.1"), Share(one, part + rest)) for one in (part, rest))
    if part + rest == 0:
        assert (here.value, there.value) == (None, None)
    else:
        assert here.value is not None
        assert there.value is not None
        assert here.value + there.value == 1
