"""What the operator made of the alert rules: on or off, and other numbers. One text each, in the file and as an
option: `idle-long=120s`, `streak=5x`, `exit-unseen=off`."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

from tui.core.alerts import (
    EXIT_UNSEEN,
    EXITED_LONG,
    IDLE_LONG,
    NEVER_US,
    RULES,
    SECOND_US,
    STALE,
    STREAK,
    Limits,
    Rule,
)

LEAST = {"s": 1, "x": 2}
MOST = {"s": 604_800, "x": 1_000}
"""The largest number by unit: a week, and more failures than anybody waits for."""

_SETTING = re.compile(r"(?:(on|off)\b)?\s*(?:(\d{1,9})\s*([a-z]*))?\Z")
_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3_600}


class TuningError(ValueError):
    """A text is no setting of a rule; the message says what to write instead."""


class Setting(Struct, frozen=True):
    """One rule as it is in force."""

    on: bool = True
    number: int = 0

    def text(self, rule: Rule) -> str:
        """`120s`, `off`, `off 120s`: what `read_setting` reads."""
        shown = f"{self.number}{rule.unit}" if rule.unit and self.number != rule.number else ""
        return " ".join(part for part in ("" if self.on else "off", shown) if part) or "on"


class Tuning(Struct, frozen=True):
    """All rules as they are in force; what is not named is as it came."""

    settings: Mapping[str, Setting] = MappingProxyType({})

    def of(self, rule: str) -> Setting:
        """One of `RULES`."""
        return self.settings.get(rule) or Setting(number=RULES[rule].number)

    def switch(self, rule: str) -> "Tuning":
        """On becomes off, and back; what has to be on stays on."""
        now = self.of(rule)
        return self._with(rule, Setting(RULES[rule].always or not now.on, now.number))

    def count(self, rule: str, number: int) -> "Tuning":
        """Another number, within reason; nothing for a rule that has none."""
        unit = RULES[rule].unit
        if not unit:
            return self
        return self._with(rule, Setting(self.of(rule).on, min(max(LEAST[unit], number), MOST[unit])))

    def texts(self) -> dict[str, str]:
        """What differs from the product, by rule, for `read_tuning`."""
        told = ((rule, self.of(rule).text(RULES[rule])) for rule in RULES)
        return {rule: text for rule, text in told if text != "on"}

    def limits(self) -> Limits:
        """The same, ready to be compared."""
        off = frozenset(rule for rule in RULES if not self.of(rule).on)

        def number(rule: str, unit: int, never: int) -> int:
            return never if rule in off else self.of(rule).number * unit

        return Limits(
            off,
            number(STREAK, 1, NEVER_US),
            self.of(STALE).number * SECOND_US,
            number(EXITED_LONG, SECOND_US, NEVER_US),
            number(IDLE_LONG, SECOND_US, NEVER_US),
            number(EXIT_UNSEEN, SECOND_US, -NEVER_US),
        )

    def predicate(self, rule: str) -> str:
        """The rule in the one language, with its number."""
        return RULES[rule].predicate.format(n=self.of(rule).number)

    def _with(self, rule: str, setting: Setting) -> "Tuning":
        return Tuning({**self.settings, rule: setting})


def read_tuning(texts: Mapping[str, str], before: Tuning | None = None) -> Tuning:
    """`before` with these settings by rule.

    Raises:
        TuningError: a rule or a setting is none.
    """
    tuning = before or Tuning()
    for rule, text in texts.items():
        tuning = Tuning({**tuning.settings, rule: read_setting(rule, text, tuning)})
    return tuning


def read_options(options: Iterable[str], before: Tuning | None = None) -> Tuning:
    """`before` with settings as on a command line: `idle-long=120s`.

    Raises:
        TuningError: one of them is none.
    """
    tuning = before or Tuning()
    for option in options:
        rule, equals, text = option.partition("=")
        if not equals:
            raise TuningError(f"{option!r} sets nothing: write RULE=NUMBER, RULE=on or RULE=off")
        tuning = read_tuning({rule.strip(): text}, tuning)
    return tuning


def read_setting(rule: str, text: str, before: Tuning) -> Setting:
    """What `text` makes of a rule: `on`, `off`, a number with or without its unit, `off 120s`.

    Raises:
        TuningError: there is no such rule, or it cannot be set so.
    """
    known = _known(rule)
    found = _SETTING.match(text.strip())
    if not text.strip() or found is None:
        raise TuningError(f"{text!r} is no setting of {rule}: write {_example(known)}")
    switch, digits, unit = found.groups()
    if switch == "off" and known.always:
        raise TuningError(f"{rule} cannot be switched off: {known.words}")
    number = before.of(rule).number if digits is None else _number(known, text, int(digits), unit)
    return Setting(on=switch != "off", number=number)


def _number(rule: Rule, text: str, number: int, unit: str) -> int:
    factors = _SECONDS if rule.unit == "s" else {"x": 1}
    number *= factors.get(unit or rule.unit, 0)
    if not rule.unit or not LEAST[rule.unit] <= number <= MOST[rule.unit]:
        raise TuningError(f"{text!r} is no setting of {rule.id}: write {_example(rule)}")
    return number


def _example(rule: Rule) -> str:
    if rule.unit:
        return f"{rule.number}{rule.unit} ({LEAST[rule.unit]} to {MOST[rule.unit]}), on or off"
    return "on" if rule.always else "on or off"


def _known(rule: str) -> Rule:
    if rule in RULES:
        return RULES[rule]
    from difflib import get_close_matches  # noqa: PLC0415 - only for who has mistyped

    near = get_close_matches(rule, RULES, 1, 0.4)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(RULES)}"
    raise TuningError(f"there is no alert rule {rule[:40]!r}: {hint}")
