"""The people of the demo city. They exist only there, and sign in with one shared password."""

from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password

from portal.accounts.models import Appointment, Department, Role, User

HOST = "demo.hamkke"


class Player(NamedTuple):
    """One of the cast: address before the @, name, role and department where there is one."""

    key: str
    name: str
    role: str = Role.CITIZEN
    department: str = ""


CAST = [
    Player("citizen1", "김하늘"),
    Player("citizen2", "이바다"),
    Player("citizen3", "박산들"),
    Player("official.traffic", "최교통", Role.OFFICIAL, "traffic"),
    Player("official.smart", "정지능", Role.OFFICIAL, "smart-city"),
    Player("approver", "강결재", Role.APPROVER, "traffic"),
    Player("clerk", "조창구", Role.CLERK, "council-office"),
    *[
        Player(f"member{n}", name)
        for n, name in enumerate(
            [
                "윤가람",
                "장나래",
                "임다온",
                "한라온",
                "오마음",
                "서보람",
                "신새길",
                "권아람",
                "황자은",
            ],
            1,
        )
    ],
    Player("secretary", "안간사", Role.SECRETARY, "council-office"),
    Player("auditor", "송감사", Role.AUDITOR, "audit"),
    Player("expert", "류전문", Role.EXPERT),
    Player("moderator", "문지기", Role.MODERATOR, "smart-city"),
    Player("operator", "홍운영", Role.OPERATOR, "smart-city"),
    Player("official.roads", "노도로", Role.OFFICIAL, "traffic"),
    Player("approver.smart", "배결재", Role.APPROVER, "smart-city"),
    Player("approver.traffic", "도승인", Role.APPROVER, "traffic"),
]


def person(key: str) -> User:
    """One of the cast by the first part of the address."""
    return User.objects.get(email=f"{key}@{HOST}")


def load() -> None:
    """Make the cast, each with a confirmed address and the office of the role."""
    password = make_password(settings.DEMO_PASSWORD)
    operator = None
    for player in reversed(CAST):
        user = User.objects.filter(email=f"{player.key}@{HOST}").first()
        if user is None:
            user = User.objects.create_user(f"{player.key}@{HOST}", name=player.name)
        User.objects.filter(pk=user.pk).update(
            password=password, is_staff=player.role == Role.OPERATOR
        )
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
        operator = operator or user
        if player.role != Role.CITIZEN:
            _appoint(user, player, operator)


def _appoint(user: User, player: Player, operator: User) -> None:
    department = Department.objects.filter(code=player.department).first()
    Appointment.objects.get_or_create(
        user=user, role=player.role, department=department, defaults={"granted_by": operator}
    )
