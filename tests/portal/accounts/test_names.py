"""No name is read where it should be covered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.names import masked

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12)
LETTERS = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("홍길동", "홍*동"),
        ("홍길", "홍*"),
        ("남궁민수", "남**수"),
        ("홍", "*"),
        ("", "*"),
        ("  홍길동 ", "홍*동"),
        ("Ana Gomez", "A** G****"),
        ("Ana", "A*a"),
    ],
)
def test_masked_shows_first_and_last(name, shown):
    assert masked(name) == shown


@given(SYLLABLES)
def test_masked_never_reveals_the_middle(name):
    shown = masked(name)

    assert set(shown[1:-1]) <= {"*"}
    assert "*" in shown
    assert len(shown) == max(1, len(name))


@given(st.lists(LETTERS, min_size=2, max_size=4))
def test_masked_shows_of_words_the_first_letters_alone(words):
    shown = masked(" ".join(words)).split(" ")

    assert [word[0] for word in shown] == [word[0] for word in words]
    assert all(set(word[1:]) <= {"*"} for word in shown)


@given(st.text(max_size=60))
def test_masked_takes_whatever_people_type(name):
    assert masked(name)
