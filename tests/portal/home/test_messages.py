"""The command that keeps translations whole, on a small portal of its own."""

import pytest
from django.core.management import CommandError, call_command

from portal.home.management.commands import messages

CODE = '_("Hello, %(name)s") and _n("one vote", "%(n)s votes", 3) and _("left {days}")\n'
CODE += """f"  {_('Inside')}: {1}"\n"""
PAGE = """
  {% blocktranslate trimmed %}
      It's {{ time }}
  {% endblocktranslate %}
     {{ x|default:_("none") }} {% include "y" with title=_("A title") only %}
"""


@pytest.fixture
def small(tmp_path, settings, monkeypatch):
    """A portal of one module and one template, whose catalogue is empty."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "code.py").write_text(CODE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    monkeypatch.setattr(messages, "homes_of_messages", lambda: {"portal": tmp_path / "portal"})
    return messages.po_file(tmp_path / "portal")


def translate(po, **words):
    catalog = messages.read(po)
    for message in catalog:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            same = (message.id[1],) if isinstance(message.id, tuple) else message.id
            message.string = words.get(key, same)
    po.write_text(messages.as_po(catalog, prune=False))


def test_collect_finds_code_and_templates(small):
    call_command("messages", "collect")

    found = {m.id for m in messages.read(small) if m.id}
    assert found == {
        "Hello, %(name)s",
        ("one vote", "%(n)s votes"),
        "left {days}",
        "Inside",
        "It's %(time)s",
        "none",
        "A title",
    }


def test_collect_twice_writes_the_same_bytes(small):
    call_command("messages", "collect")
    before = small.read_bytes()

    call_command("messages", "collect")

    assert small.read_bytes() == before
    assert b"Date" not in before


def test_collect_keeps_translations_no_longer_used_until_pruned(small, tmp_path):
    call_command("messages", "collect")
    translate(small)
    (tmp_path / "portal" / "code.py").write_text("")

    call_command("messages", "collect")
    assert "#~ msgid" in small.read_text()

    call_command("messages", "collect", "--prune")
    assert "#~ msgid" not in small.read_text()


def test_check_names_what_is_missing(small):
    call_command("messages", "collect")

    with pytest.raises(CommandError, match="untranslated: none"):
        call_command("messages", "check")


def test_check_passes_when_all_is_translated(small, capsys):
    call_command("messages", "collect")
    translate(small)

    call_command("messages", "check")

    assert "Every message" in capsys.readouterr().out


def test_check_refuses_other_placeholders(small):
    call_command("messages", "collect")
    translate(small, **{"left {days}": "{day} 남음"})

    with pytest.raises(CommandError, match="placeholders"):
        call_command("messages", "check")


def test_compile_leaves_out_what_has_no_translation(small):
    call_command("messages", "collect")

    call_command("messages", "compile")

    assert b"one vote" not in small.with_suffix(".mo").read_bytes()


def test_unknown_app_is_refused(small):
    with pytest.raises(CommandError, match="No such app"):
        call_command("messages", "collect", "nowhere")
