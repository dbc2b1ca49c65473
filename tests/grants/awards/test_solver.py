"""No selection that the solver gives breaks a limit, and none is better."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from grants.awards.solver import Answer, Candidate, Conflict, Limit, Problem, conflict, solve

POTS = [(2026, "capital"), (2026, "revenue"), (2027, "revenue")]
EVERYBODY = frozenset(range(5))
candidates = st.lists(
    st.builds(
        Candidate,
        bid_id=st.just(0),
        worth=st.integers(0, 10_000),
        pence=st.dictionaries(
            st.sampled_from(POTS), st.integers(1, 50_000_07), min_size=1, max_size=3
        ),
        least=st.sampled_from([100, 100, 98]),
    ),
    min_size=5,
    max_size=5,
)
wishes = st.lists(
    st.tuples(
        st.frozensets(st.integers(0, 4), min_size=1, max_size=3),
        st.sampled_from(["least", "most"]),
        st.booleans(),
        st.integers(0, 2),
    ),
    max_size=4,
)
lines = st.lists(st.integers(0, 90_000_00), min_size=3, max_size=3)


def problem(rows, money, wished):
    bids = tuple(Candidate(n, row.worth, row.pence, row.least) for n, row in enumerate(rows))
    limits = [
        Limit(f"line:{pot}", str(pot), EVERYBODY, most=most, in_pence=True, pot=pot)
        for pot, most in zip(POTS, money, strict=True)
    ]
    for number, (members, side, in_pence, size) in enumerate(wished):
        bound = {side: size * 20_000_00 if in_pence else size}
        limits.append(
            Limit(f"wish:{number}", f"wish {number}", members, in_pence=in_pence, **bound)
        )
    return Problem(bids, tuple(limits))


def by_trying(of):
    """The highest worth among all selections that keep every limit; None without any."""
    shares = [(0, *range(c.least, 101)) for c in of.candidates]
    found = [
        sum(c.worth * s for c, s in zip(of.candidates, tried, strict=True))
        for tried in product(*shares)
        if not any(of.broken({n: s for n, s in enumerate(tried) if s}))
    ]
    return max(found, default=None)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(rows=candidates, money=lines, wished=wishes)
def test_no_accepted_selection_breaks_a_limit_and_none_is_better(rows, money, wished):
    asked = problem(rows, money, wished)
    best = by_trying(asked)
    try:
        answer = solve(asked)
    except Conflict:
        assert best is None
        kept = conflict(asked)
        assert by_trying(asked.only(kept)) is None
        assert all(by_trying(asked.only([k for k in kept if k != key])) is not None for key in kept)
        return
    assert list(asked.broken(answer.shares)) == []
    assert all(answer.shares[c.bid_id] >= c.least for c in rows_in(asked, answer))
    assert answer.proven
    assert answer.worth == best
    assert solve(asked) == answer


def rows_in(asked: Problem, answer: Answer):
    return [c for c in asked.candidates if c.bid_id in answer.shares]
