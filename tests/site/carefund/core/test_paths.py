import pytest
from django.urls import NoReverseMatch, reverse

from carefund.core.paths import path_to

NUMBER_OF_A_FILE = "7b0a1f0e-6f1f-4f6e-9d43-0c2f5d1f6a11"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("bids:manage_list", []),
        ("bids:case_answers", ["SCDIP-2018-00001-X"]),
        ("bids:case_answers", ["Ü {}%"]),
        ("delivery:return", ["PRJ-1", 7]),
        ("benefits:benefit", [12]),
        ("benefits:benefit", ["12"]),
        ("files:download", [NUMBER_OF_A_FILE]),
        ("funds:virement", ["fund-2020", 3]),
    ],
)
def test_a_path_is_what_reverse_gives(name, args):
    for _ in range(2):
        assert path_to(name, *args) == reverse(name, args=args)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("bids:no_such_page", []),
        ("bids:case_answers", []),
        ("bids:case_answers", ["A", "B"]),
        ("benefits:benefit", [-1]),
        ("benefits:benefit", ["twelve"]),
        ("files:download", ["no-identifier"]),
    ],
)
def test_a_page_that_is_not_there_has_no_path(name, args):
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            path_to(name, *args)
