"""Trees in memory: a source of stored hashes for the prover, and the definition of the RFC."""

from portal.audit.merkle import EMPTY, Frontier, Prover, leaf_hash, node_hash


class Grown:
    """A tree grown leaf by leaf: the stored levels, and the root at every size."""

    def __init__(self, leaves):
        self.levels = {0: [leaf_hash(leaf) for leaf in leaves]}
        tree = Frontier(keep=self._keep)
        self.roots = [EMPTY]
        for value in self.levels[0]:
            tree.append(value)
            self.roots.append(tree.root())
        self.prover = Prover(lambda level, low, high: self.levels.get(level, [])[low:high])

    def _keep(self, level, index, value):
        stored = self.levels.setdefault(level, [])
        assert len(stored) == index
        stored.append(value)

    @property
    def hashes(self):
        return self.levels[0]


def defined(leaves):
    """Compute the root as section 2.1.1 of RFC 9162 defines it."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(defined(leaves[:half]), defined(leaves[half:]))
