"""Set-up's decisions: what is skipped, where sockets and data lie, whose folder is refused."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tools import environment, frontend, manage, places, stamps
from tools.check import checks
from tools.children import SetupError, run
from tools.servers import utf8_locale

ROOT = Path(__file__).parents[2]


def test_step_is_fresh_until_its_file_changes(tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text("Django==5.2\n")
    stamps.put("packages", stamps.digest([file]), folder=tmp_path / "stamps")

    before = stamps.is_fresh("packages", stamps.digest([file]), folder=tmp_path / "stamps")
    file.write_text("Django==5.2.1\n")
    after = stamps.is_fresh("packages", stamps.digest([file]), folder=tmp_path / "stamps")

    assert (before, after) == (True, False)


def test_step_that_was_never_done_is_not_fresh(tmp_path):
    assert not stamps.is_fresh("packages", "any", folder=tmp_path)


def test_digest_does_not_depend_on_the_order_of_files(tmp_path):
    files = [tmp_path / "a", tmp_path / "b"]
    for file in files:
        file.write_text(file.name)

    assert stamps.digest(files) == stamps.digest(reversed(files))


def test_sockets_lie_with_the_data_where_the_path_is_short(tmp_path):
    home = Path("/srv/hamkke/.local")

    assert places.socket_folder(home) == home / "run"


@pytest.mark.parametrize("deeper", [60, 120])
def test_sockets_of_a_deep_folder_have_short_paths(deeper):
    home = Path("/srv") / ("가" * deeper) / ".local"

    folder = places.socket_folder(home)

    assert folder != home / "run"
    assert len(os.fsencode(folder / places.LONGEST_SOCKET_NAME)) <= places.SOCKET_PATH_BYTES
    assert folder == places.socket_folder(home)


def test_data_stay_in_the_project_where_the_database_may_enter(tmp_path):
    wanted = tmp_path / "project" / ".local"

    assert places.server_home(wanted, account=None) == wanted


def test_data_lie_elsewhere_where_the_database_may_not_enter(tmp_path):
    wanted = tmp_path / "closed" / ".local"
    wanted.mkdir(parents=True)
    wanted.parent.chmod(0o700)

    home = places.server_home(wanted, places.Account(65534, 65534))

    assert home == Path("/", "var", "tmp") / places.short_name(wanted)


def test_folder_behind_a_link_is_refused(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")

    with pytest.raises(PermissionError, match="somebody else"):
        places.own_folder(tmp_path / "link")


@pytest.mark.parametrize("value", ["no", "0", "65536", "-1", "80 80"])
def test_port_that_is_none_is_refused_in_a_sentence(monkeypatch, value):
    monkeypatch.setenv("PORT", value)

    with pytest.raises(SetupError, match="PORT must be a number from 1 to 65535"):
        environment.port()


def test_port_is_8000_unless_named(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)

    assert environment.port() == 8000


def test_database_without_the_way_for_migrations_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal_app@/hamkke")
    monkeypatch.delenv("DATABASE_MIGRATOR_URL", raising=False)

    with pytest.raises(SetupError, match="portal_migrator"):
        environment.needs_postgres()


def test_settings_like_production_turn_debugging_off():
    assert environment.like_production({"DEBUG": "yes"})["DEBUG"] == "no"


def test_failed_step_says_what_failed():
    with pytest.raises(SetupError, match=r"out of paper[\s\S]*This step failed: sh -c"):
        run(["sh", "-c", "echo out of paper; exit 3"])


def test_locale_of_the_database_knows_hangul():
    assert utf8_locale().endswith("UTF-8")


def test_lock_file_names_no_place_to_download_from():
    lock = (ROOT / "package-lock.json").read_text()

    hosts = set(re.findall(r'"resolved": "https?://([^/"]+)', lock))

    assert hosts <= {"registry.npmjs.org"}


def test_front_end_packages_are_pinned_exactly():
    package = (ROOT / "package.json").read_text()

    versions = re.findall(r'": "([\d^~*x.<>= ]+)"', package)

    assert versions
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_copied_files_leave_out_what_breaks_hashed_names():
    sources = " ".join(frontend.COPIES)

    assert "/cdn/" not in sources
    assert "component.css" not in sources


def test_front_end_files_replace_the_ones_of_before(tmp_path):
    modules, static = tmp_path / "modules", tmp_path / "static"
    for source in frontend.COPIES:
        file = modules / source
        target = file / "icon.svg" if not file.suffix and file.name in {"img", "images"} else file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("new")
    static.mkdir()
    (static / "old.css").write_text("old")

    frontend.copy(modules, static)

    assert not (static / "old.css").exists()
    assert (static / "krds/css/component/output.css").read_text() == "new"
    assert (static / "krds/fonts/PretendardGOV-Bold.subset.woff2").is_file()


def test_help_lists_every_command():
    printed = subprocess.run(
        ["/usr/bin/env", "make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    listed = {line.split()[1] for line in printed.splitlines()}

    assert listed >= {"run", "test", "check", "bench", "clean"}


def test_checks_cover_what_the_help_promises():
    assert {check.name for check in checks()} == {
        "format", "lint", "types", "layering", "migrations", "templates", "translations",
        "deployment",
    }  # fmt: skip


def test_other_commands_find_the_servers_that_were_started(tmp_path):
    file = tmp_path / "servers.json"

    nothing = environment.kept_servers(at=file)
    environment.keep_servers({"REDIS_URL": "unix:///run/redis.sock"}, at=file)

    assert nothing == {}
    assert environment.kept_servers(at=file) == {"REDIS_URL": "unix:///run/redis.sock"}


def test_command_without_a_running_portal_is_told_to_start_it(monkeypatch):
    monkeypatch.setattr(manage, "is_running", lambda: False)
    monkeypatch.delenv("REDIS_URL", raising=False)

    with pytest.raises(SetupError, match="start it with make run"):
        manage.manage()
