"""The tree: published vectors, every proof of small trees, chance proofs of larger ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.audit.merkle import (
    EMPTY,
    Frontier,
    Prover,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.portal.audit.trees import Grown, defined

# The reference inputs and roots of the Certificate Transparency implementations.
VECTOR_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
VECTOR_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SMALL = 70
NONSENSE = bytes(32)


@pytest.fixture(scope="module")
def small():
    return Grown([str(n).encode() for n in range(SMALL)])


@pytest.fixture(scope="module")
def large():
    return Grown([n.to_bytes(4, "big") for n in range(70_000)])


def mutations(proof):
    """Proofs that are wrong in one place, too short, or too long."""
    for at in range(len(proof)):
        yield [*proof[:at], NONSENSE, *proof[at + 1 :]]
    if proof:
        yield proof[:-1]
    yield [*proof, NONSENSE]


@pytest.mark.parametrize("size", range(1, 9))
def test_root_is_that_of_the_published_vectors(size):
    tree = Grown(VECTOR_LEAVES[:size])

    assert tree.roots[size].hex() == VECTOR_ROOTS[size - 1]


def test_root_is_what_the_standard_defines_at_every_size(small):
    leaves = [str(n).encode() for n in range(SMALL)]

    roots = [defined(leaves[:size]) for size in range(SMALL + 1)]

    assert small.roots == roots
    assert [small.prover.root(size) for size in range(SMALL + 1)] == roots
    assert root_of(small.hashes) == roots[SMALL]


@pytest.mark.parametrize("size", range(1, SMALL + 1))
def test_inclusion_proofs_hold_for_every_leaf_and_for_nothing_else(small, size):
    root = small.roots[size]
    for index in range(size):
        proof = small.prover.inclusion(index, size)
        leaf = small.hashes[index]

        assert verify_inclusion(leaf, index, size, proof, root)
        assert not verify_inclusion(leaf_hash(b"other"), index, size, proof, root)
        assert not verify_inclusion(leaf, index, size, proof, NONSENSE)
        assert not any(verify_inclusion(leaf, index, size, m, root) for m in mutations(proof))
        others = set(range(size + 1)) - {index}
        assert not any(verify_inclusion(leaf, other, size, proof, root) for other in others)


@pytest.mark.parametrize("new", range(SMALL + 1))
def test_consistency_proofs_hold_for_every_older_tree_and_for_nothing_else(small, new):
    root = small.roots[new]
    for old in range(new + 1):
        proof = small.prover.consistency(old, new)
        old_root = small.roots[old]

        assert verify_consistency(old, new, old_root, root, proof)
        assert not verify_consistency(old, new, NONSENSE, root, proof)
        assert not any(verify_consistency(old, new, old_root, root, m) for m in mutations(proof))
        if old:
            assert not verify_consistency(old, new, old_root, NONSENSE, proof)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_proofs_hold_in_larger_trees_across_stored_levels(large, data):
    size = data.draw(st.integers(1, 70_000))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))

    inclusion = large.prover.inclusion(index, size)
    consistency = large.prover.consistency(old, size)

    assert verify_inclusion(large.hashes[index], index, size, inclusion, large.roots[size])
    assert verify_consistency(old, size, large.roots[old], large.roots[size], consistency)
    assert len(inclusion) <= 17
    assert len(consistency) <= 18


def test_only_complete_subtrees_of_every_eighth_level_are_stored(large):
    assert {level: len(stored) for level, stored in large.levels.items()} == {
        0: 70_000,
        8: 70_000 >> 8,
        16: 1,
    }


def test_frontier_goes_on_from_what_was_stored(small):
    tree = Frontier()
    for value in small.hashes[:37]:
        tree.append(value)

    tree = Frontier(37, tree.edge)
    for value in small.hashes[37:]:
        tree.append(value)

    assert tree.root() == small.roots[SMALL]


@pytest.mark.parametrize(("size", "edge"), [(1, b""), (0, bytes(32)), (3, bytes(32)), (1, b"x")])
def test_frontier_is_refused_where_the_edge_does_not_fit(size, edge):
    with pytest.raises(ValueError, match="does not fit"):
        Frontier(size, edge)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 3)])
def test_inclusion_of_a_leaf_outside_the_tree_is_refused(small, index, size):
    with pytest.raises(ValueError, match="no such leaf"):
        small.prover.inclusion(index, size)

    assert not verify_inclusion(small.hashes[0], index, size, [], EMPTY)


@pytest.mark.parametrize(("old", "new"), [(3, 2), (-1, 2)])
def test_consistency_with_a_larger_old_tree_is_refused(small, old, new):
    with pytest.raises(ValueError, match="larger"):
        small.prover.consistency(old, new)

    assert not verify_consistency(old, new, EMPTY, EMPTY, [])


def test_proof_from_a_store_with_a_hole_is_refused():
    with pytest.raises(LookupError):
        Prover(lambda level, low, high: []).inclusion(3, 9)
