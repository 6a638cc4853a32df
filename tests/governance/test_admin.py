"""Reference data in the administration."""

import json

from governance.admin import CouncilForm
from governance.domain import tally
from governance.models import Body


def filled(rule):
    body = Body.objects.get(code="executive")
    names = {"code": "new", "name_ko": "새 협의체", "name_en": "New council"}
    return CouncilForm({**names, "body": body.pk, "rule": rule, "notice_days": 7})


def test_council_with_a_rule_that_decides_is_accepted(db):
    form = filled(json.dumps(tally.preset("two_thirds")))

    assert "rule" not in form.errors


def test_council_with_a_rule_that_cannot_decide_is_refused(db):
    form = filled(json.dumps({"id": "nonsense"}))

    assert "lacks" in form.errors["rule"][0]
