"""The administration: for operators who came in by the front door, for reference data alone."""

import pytest
from django.contrib import admin
from django.urls import reverse

from portal.accounts.models import Appointment, Department, Holiday, User
from portal.lifecycle import Living

KEPT_BY_OPERATORS = list(admin.site._registry)


@pytest.fixture
def operator(olga):
    """An operator who may open the administration."""
    olga.is_staff = True
    olga.save()
    return olga


def test_signing_in_goes_by_the_front_door(client, db):
    first = client.get("/admin/")
    second = client.get(first.url)

    assert first.url == "/admin/login/?next=/admin/"
    assert second.url == f"{reverse('account_login')}?next=/admin/"


def test_a_password_sent_to_the_administration_is_not_looked_at(client, operator):
    operator.set_password("a-long-enough-phrase")
    operator.save()

    answer = client.post(
        "/admin/login/", {"username": operator.email, "password": "a-long-enough-phrase"}
    )

    assert reverse("account_login") in answer.url
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("person", ["ana", "omar", "olga"])
def test_whoever_is_no_staff_of_the_administration_stays_outside(client, request, person):
    client.force_login(request.getfixturevalue(person))

    assert client.get("/admin/", follow=True).status_code == 403


def test_staff_without_the_operators_office_keep_nothing(client, omar):
    omar.is_staff = True
    omar.save()
    client.force_login(omar)

    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/accounts/department/").status_code == 403


def test_an_operator_sees_the_reference_data(client, operator):
    client.force_login(operator)

    page = client.get("/admin/")

    assert page.status_code == 200
    assert "/admin/accounts/department/" in page.text
    assert "/admin/proposals/area/" in page.text
    assert "/admin/django_celery_beat/periodictask/" in page.text


@pytest.mark.parametrize("model", KEPT_BY_OPERATORS, ids=lambda model: model._meta.label)
@pytest.mark.filterwarnings("ignore:The default scheme will be changed")
def test_every_list_and_form_opens(client, operator, model):
    client.force_login(operator)
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"

    assert client.get(base).status_code == 200
    assert client.get(f"{base}add/").status_code in {200, 403}


@pytest.mark.parametrize("model", KEPT_BY_OPERATORS, ids=lambda model: model._meta.label)
def test_nothing_that_passes_through_states_is_kept_there(model):
    assert not issubclass(model, Living)
    assert not issubclass(model, User)
    assert "state" not in {field.name for field in model._meta.fields}
    assert model._meta.app_label not in {"account", "mfa", "usersessions", "auth", "audit"}


def test_an_operator_adds_a_department(client, operator):
    client.force_login(operator)

    client.post(
        "/admin/accounts/department/add/",
        {"code": "night", "name_ko": "야간행정과", "name_en": "Night Office", "is_open": "on"},
    )

    assert Department.objects.get(code="night").name_ko == "야간행정과"


def test_an_operator_appoints_and_is_named_for_it(client, operator, ana):
    client.force_login(operator)

    client.post(
        "/admin/accounts/appointment/add/",
        {"user": ana.pk, "role": "clerk", "department": "", "starts_on": "2026-01-01"},
    )

    assert ana.appointments.get().granted_by == operator


def test_an_office_that_needs_a_department_is_refused_with_a_sentence(client, operator, ana):
    client.force_login(operator)

    page = client.post(
        "/admin/accounts/appointment/add/",
        {"user": ana.pk, "role": "official", "department": "", "starts_on": "2026-01-01"},
    )

    assert page.status_code == 200
    assert not ana.appointments.exists()


def test_an_operator_revokes_an_office_and_keeps_the_row(client, operator, clara):
    client.force_login(operator)
    held = clara.appointments.get()

    client.post(
        "/admin/accounts/appointment/",
        {"action": "revoke", "_selected_action": [held.pk]},
    )

    held.refresh_from_db()
    assert held.revoked_at
    assert not User.objects.get(pk=clara.pk).holds("clerk")


def test_an_appointment_is_never_deleted(client, operator, clara):
    client.force_login(operator)
    held = clara.appointments.get()

    answer = client.post(f"/admin/accounts/appointment/{held.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    assert Appointment.objects.filter(pk=held.pk).exists()


def test_an_operator_proclaims_a_holiday(client, operator):
    client.force_login(operator)

    client.post(
        "/admin/accounts/holiday/add/",
        {"date": "2027-05-06", "kind": "extraordinary", "name_ko": "임시공휴일"},
    )

    assert Holiday.objects.filter(date="2027-05-06").exists()


def test_the_password_is_changed_where_everyone_changes_it(client, operator):
    client.force_login(operator)

    assert client.get("/admin/password_change/").url == reverse("account_change_password")
