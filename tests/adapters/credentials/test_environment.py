import pytest

from tests.stores import KEY, SECRET_ID, SECRET_KEY, TOKEN
from tui.adapters.credentials.environment import credential, take
from tui.adapters.credentials.errors import BadKey

PAIR = {"TENCENTCLOUD_SECRET_ID": SECRET_ID, "TENCENTCLOUD_SECRET_KEY": SECRET_KEY}


def test_a_pair_is_taken_and_removed() -> None:
    environ = {**PAIR, "TENCENTCLOUD_REGION": "ap-singapore", "PATH": "/bin"}
    key = credential(take(environ))
    assert key is not None
    assert (key.secret_id, key.secret_key, key.token) == (KEY.secret_id, KEY.secret_key, None)
    assert key.source == "environment"
    assert environ == {"TENCENTCLOUD_REGION": "ap-singapore", "PATH": "/bin"}


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ({"TENCENTCLOUD_TOKEN": TOKEN}, TOKEN),
        ({"TENCENTCLOUD_SECURITY_TOKEN": TOKEN}, TOKEN),
        ({"TENCENTCLOUD_TOKEN": "", "TENCENTCLOUD_SECURITY_TOKEN": TOKEN}, TOKEN),
        ({"TENCENTCLOUD_TOKEN": TOKEN, "TENCENTCLOUD_SECURITY_TOKEN": "second"}, TOKEN),
    ],
)
def test_a_token_by_either_name(tokens: dict[str, str], expected: str) -> None:
    environ = PAIR | tokens
    key = credential(take(environ))
    assert key is not None
    assert key.token is not None
    assert key.token.reveal() == expected
    assert environ == {}


@pytest.mark.parametrize("environ", [{}, {"TENCENTCLOUD_SECRET_ID": "", "TENCENTCLOUD_SECRET_KEY": ""}])
def test_unset_and_empty_are_none(environ: dict[str, str]) -> None:
    assert credential(take(environ)) is None
    assert environ == {}


@pytest.mark.parametrize("name", PAIR)
def test_half_a_pair_names_the_other_half(name: str) -> None:
    missing = next(other for other in PAIR if other != name)
    taken = take({name: PAIR[name]})
    with pytest.raises(BadKey, match=f"{name} is set but {missing} is not"):
        credential(taken)


@pytest.mark.parametrize("name", [*PAIR, "TENCENTCLOUD_SECURITY_TOKEN"])
@pytest.mark.parametrize("template", [" {}", "{}\n", "{}\r", "\t{}"])
def test_blanks_around_a_value_are_refused_and_the_value_not_shown(name: str, template: str) -> None:
    environ = PAIR | {name: template.format("Canary")}
    taken = take(environ)
    with pytest.raises(BadKey, match=f"^{name} has blanks around it") as caught:
        credential(taken)
    assert "Canary" not in str(caught.value)
    assert environ == {}


def test_what_was_taken_has_no_secret_in_its_repr() -> None:
    assert SECRET_KEY not in repr(take(dict(PAIR)))
