import pytest
from hypothesis import given
from hypothesis import strategies as st

from carefund.core.references import LETTERS, check_letter, is_valid, next_reference

NUMBERS = st.tuples(st.sampled_from(["DSC", "SCD", "PAT"]), st.integers(2000, 2099))


@pytest.mark.django_db
def test_references_count_up_within_their_series():
    first, second = next_reference("DSC", 2026), next_reference("DSC", 2026)
    other = next_reference("DSC", 2027)
    assert first.startswith("DSC-2026-00001-")
    assert second.startswith("DSC-2026-00002-")
    assert other.startswith("DSC-2027-00001-")
    assert all(map(is_valid, (first, second, other)))


@given(NUMBERS, st.integers(1, 99999), st.data())
def test_one_wrong_digit_is_noticed(series, number, data):
    body = f"{series[0]}-{series[1]}-{number:05d}"
    place = data.draw(st.sampled_from([i for i, c in enumerate(body) if c.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != body[place]]))
    wrong = body[:place] + digit + body[place + 1 :]
    assert not is_valid(f"{wrong}-{check_letter(body)}")


@given(NUMBERS, st.integers(1, 99999), st.integers(9, 12))
def test_two_neighbours_swapped_are_noticed(series, number, place):
    body = f"{series[0]}-{series[1]}-{number:05d}"
    swapped = list(body)
    swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    if "".join(swapped) != body:
        assert not is_valid(f"{''.join(swapped)}-{check_letter(body)}")


def test_check_letters_are_not_misread():
    assert set(LETTERS).isdisjoint("IOU")
    assert not is_valid("")
    assert not is_valid("K")
