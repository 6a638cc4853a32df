"""The plainest valid rows of the ground floor."""

import factory
from factory.django import DjangoModelFactory

from portal.accounts.models import Appointment, User


class UserFactory(DjangoModelFactory):
    """A citizen who has confirmed the e-mail address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = "홍길동"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        password = kwargs.pop("password", None)
        user = model_class.objects.create_user(password=password, **kwargs)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user


def appoint(user, role, department=None, **fields):
    """Appoint ``user`` to an office from today on."""
    Appointment.objects.create(user=user, role=role, department=department, **fields)
    user.__dict__.pop("current_appointments", None)
    return user
