"""Tab 3: what was signed, recomputed line by line, and the key."""

from collections.abc import Iterator

from tui.protocol.checks import (
    BODY,
    CANONICAL,
    REQUEST_LINE,
    SCOPE,
    SECRET_ID,
    SIGNATURE,
    SIGNED_HEADERS,
    TIMESTAMP,
    Verdict,
)
from tui.protocol.inspection import Inspection
from tui.render.inspector.parts import head, heading, judged
from tui.render.line import Line, fit, line

_SHORT_HASH = 12


def sign_lines(inspection: Inspection, cells: int) -> Iterator[Line]:
    """String to sign, canonical request, key. Each line bears the verdict on what it was made of."""
    canon = inspection.canon
    algorithm, timestamp, scope, hashed = canon.string_to_sign.split("\n")
    _, _, _, content_type, host, _, names, payload = canon.canonical_request.split("\n")
    yield from head(inspection, cells)
    yield heading("string to sign" + _rebuilt(inspection), cells)
    yield fit(line("  ", algorithm), cells)
    yield from _judged(inspection, timestamp, TIMESTAMP, cells)
    yield from _judged(inspection, scope, SCOPE, cells)
    yield from _judged(inspection, _short(hashed, cells), CANONICAL, cells, prefix="hash of canonical request, ")
    yield heading("canonical request" + _rebuilt(inspection), cells)
    yield from _judged(inspection, "POST / (empty query)", REQUEST_LINE, cells)
    yield from _judged(inspection, content_type, "Content-Type", cells)
    yield from _judged(inspection, host, "Host", cells)
    yield from _judged(inspection, names, SIGNED_HEADERS, cells, prefix="signed headers, ")
    yield from _judged(inspection, _short(payload, cells), BODY, cells, prefix="SHA-256 of the body, ")
    yield heading("key", cells)
    yield from _key(inspection, cells)


def _judged(inspection: Inspection, text: str, subject: str, cells: int, prefix: str = "") -> Iterator[Line]:
    check = inspection.check(subject)
    yield from judged(text, check, cells, f"{prefix}{check.why}" if check is not None else "")


def _key(inspection: Inspection, cells: int) -> Iterator[Line]:
    left = inspection.evidence
    if left is None:
        yield fit(line("  nothing is kept of the key it was signed with"), cells)
        return
    token = inspection.check("X-TC-Token")
    changed = token is not None and token.verdict is Verdict.BAD
    whose = f"SecretId {left.meant.key} ({left.meant.key_source})"
    hidden = "SecretKey never shown   Token -" if token is None else "SecretKey and Token never shown"
    yield from judged(f"{whose}   {hidden}", inspection.check(SECRET_ID), cells)
    if changed:
        yield from judged("X-TC-Token", token, cells)
    yield from judged("signature  ****************", inspection.check(SIGNATURE), cells)


def _rebuilt(inspection: Inspection) -> str:
    return "" if inspection.evidence is not None else ", rebuilt"


def _short(digits: str, cells: int) -> str:
    """A hash whole where there is room for it and for a reason, else its two ends."""
    return digits if cells >= 2 * len(digits) else f"{digits[:_SHORT_HASH]}..{digits[-4:]}"
