"""The lot: the same inputs give the same people, and everyone in a stratum is equally likely."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.thresholds.domain import sortition

CODES = st.text("abcdef0123", min_size=1, max_size=6)
POOLS = st.dictionaries(CODES, st.sampled_from(["wonmi", "sosa", "ojeong", ""]), max_size=40)
SEEDS = st.text("abcdef0123", max_size=20)
# The value that chi-square with 19 degrees of freedom passes once in a million draws.
ONE_IN_A_MILLION = 64.0


@given(POOLS, st.integers(0, 50), SEEDS)
def test_the_same_inputs_draw_the_same_people_in_any_order(pool, seats, seed):
    again = dict(reversed(pool.items()))

    assert sortition.draw(pool, seats, seed) == sortition.draw(again, seats, seed)


@given(POOLS, st.integers(0, 50), SEEDS)
def test_a_draw_fills_the_seats_with_different_people_of_the_pool(pool, seats, seed):
    drawn = sortition.draw(pool, seats, seed)

    assert len(drawn) == len(set(drawn)) == min(seats, len(pool))
    assert set(drawn) <= set(pool)


@given(POOLS, st.integers(0, 50), SEEDS)
def test_strata_get_their_share_to_less_than_one_seat(pool, seats, seed):
    given_seats = sortition.seats_of(pool, seats, seed)

    seats = min(seats, len(pool))
    for stratum, size in Counter(pool.values()).items():
        assert abs(given_seats[stratum] - seats * size / len(pool)) < 1


@given(POOLS, st.integers(0, 50), SEEDS)
def test_a_replacement_is_new_and_of_the_same_stratum_where_one_is_left(pool, seats, seed):
    drawn = sortition.draw(pool, seats, seed)

    found = sortition.replacement(pool, seed, used=drawn, stratum="wonmi")

    left = set(pool) - set(drawn)
    assert (found is None) == (not left)
    if any(pool[code] == "wonmi" for code in left):
        assert pool[found] == "wonmi"


@pytest.mark.parametrize("stratum", ["wonmi", "sosa"])
def test_everyone_of_a_stratum_is_equally_likely(stratum):
    pool = {f"w{n}": "wonmi" for n in range(20)} | {f"s{n}": "sosa" for n in range(20)}
    times = Counter()
    for n in range(4_000):
        times.update(sortition.draw(pool, 8, sortition.seed("secret", str(n), "listed")))

    expected = 4_000 * 4 / 20
    chosen = [times[code] for code, where in pool.items() if where == stratum]
    chi_square = sum((seen - expected) ** 2 / expected for seen in chosen)

    assert chi_square < ONE_IN_A_MILLION


def test_secret_numbers_and_candidates_change_the_seed_and_how_numbers_are_typed_does_not():
    seeds = {
        sortition.seed("a", "1", "x"),
        sortition.seed("b", "1", "x"),
        sortition.seed("a", "2", "x"),
        sortition.seed("a", "1", "y"),
        sortition.seed("a1", "", "x"),
    }

    assert len(seeds) == 5
    assert sortition.seed("a", "17, 06 및 2", "x") == sortition.seed("a", "2 6 17", "x")


@given(POOLS, SEEDS)
def test_the_hash_of_candidates_tells_every_change(pool, code):
    other = {**pool, f"{code}g": "wonmi"}

    assert sortition.pool_hash(pool) == sortition.pool_hash(dict(reversed(pool.items())))
    assert sortition.pool_hash(pool) != sortition.pool_hash(other)


@given(POOLS, st.integers(1, 20), st.data())
def test_the_check_accepts_replacements_in_turn_and_nobody_out_of_turn(pool, seats, data):
    listed = sortition.pool_hash(pool)
    facts = {
        "secret": "s",
        "numbers": "1",
        "seats": seats,
        "pool_hash": listed,
        "commitment": sortition.commitment("s"),
        "seed": sortition.seed("s", "1", listed),
    }
    asked = sortition.draw(pool, seats, facts["seed"])
    for code in asked[: data.draw(st.integers(0, 3))]:
        fresh = sortition.replacement(pool, facts["seed"], used=asked, stratum=pool[code])
        asked += [fresh] if fresh else []
    states = {code: "invited" if code in asked else "pool" for code in pool}

    assert sortition.check(facts, states, pool) == []
    left = [c for c in sortition.order(pool, facts["seed"]) if c not in asked]
    same = [code for code in left if left and pool[code] == pool[left[0]]]
    if len(same) > 1:
        assert sortition.check(facts, states | {same[-1]: "invited"}, pool) == [
            "somebody was asked out of turn"
        ]


def test_the_algorithm_stays_as_it_was_published():
    pool = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"}

    drawn = sortition.draw(pool, 3, sortition.seed("secret", "6 17 22", sortition.pool_hash(pool)))

    assert sortition.commitment("secret") == (
        "f311b993c2bcb003a2d71146cf894b80d4ec89dfa0dad2a60bc5ebbd88e2e470"
    )
    assert drawn == ["d", "c", "a"]
