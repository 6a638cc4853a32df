"""Who may do what with the trail."""

import pytest

CAST = ["ana", "omar", "petra", "clara", "sam", "olga", "eric", "audrey"]


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("perm", ["audit.export_trail", "audit.see_values"])
def test_only_the_auditor_reads_what_is_private(request, who, perm):
    person = request.getfixturevalue(who)

    assert person.has_perm(perm) == (who == "audrey")
