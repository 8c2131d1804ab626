"""`trtc-tui describe`: one signed call, explained."""

import argparse
import asyncio
import json
import sys

from tui.cli.account_choice import choose, named_there
from tui.cli.exits import Exit, Refusal
from tui.cli.options import Parser, add_account, add_defaults, add_tasks
from tui.cli.refusals import FAULT_EXITS, refusing
from tui.cli.task_list import NamedTask
from tui.core.entry import Fault, Reason, Seen
from tui.protocol.blame import Blame
from tui.protocol.errors import explain
from tui.protocol.exchange import Exchange
from tui.protocol.inspection import inspect
from tui.render.text import visible
from tui.render.times import rfc3339

TAKES_TASKS = True
TAKES = "[TASK]..."


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Ask once for one task and have the answer explained; exit code 0: alive, 1: over, or never was."


def add_options(parser: Parser, _name: str) -> None:
    """The task, and the account."""
    add_tasks(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_defaults(parser)
    add_account(parser)


def run(_name: str, values: argparse.Namespace) -> int:
    """Ask, and print."""
    from tui.wiring.describe import describe_once

    with refusing():
        account = choose(values)
        named = named_there(account, values, sys.stdin)
        _require_one(named)
        exchange = asyncio.run(describe_once(account, named[0].task, tell=_complain))
    found = inspect(exchange.as_poll(Reason.YOU), exchange.evidence, account.endpoint, None).blame
    if values.json:
        _print(json.dumps(as_object(exchange, found), ensure_ascii=False))
    else:
        _print("\n".join(visible(line) for line in in_words(exchange, found)))
    return FAULT_EXITS[exchange.answer.fault_class] if isinstance(exchange.answer, Fault) else Exit.FINE


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _require_one(named: tuple[NamedTask, ...]) -> None:
    if not named:
        raise Refusal(Exit.USAGE, "no TaskId: write trtc-tui describe [REGION/][SDKAPPID/]TASKID")
    if len(named) > 1:
        raise Refusal(Exit.USAGE, f"{len(named)} tasks were named and describe takes one; watch takes many")


def as_object(exchange: Exchange, blame: Blame) -> dict[str, object]:
    """What `--json` prints: snake_case keys, times in RFC 3339 UTC with milliseconds, durations in ms."""
    task, answer, skew = exchange.question.task, exchange.answer, exchange.skew
    seen = answer if isinstance(answer, Seen) else None
    return {
        "task_id": task.task_id,
        "status": seen.status if seen else None,
        "start_time_ms": seen.start_time_ms if seen else None,
        "request_id": exchange.request_id,
        "region": task.region,
        "sdk_app_id": task.sdk_app_id,
        "sent_at": rfc3339(exchange.sent_us),
        "latency_ms": round(exchange.latency_us / 1000, 3),
        "http_status": exchange.http_status,
        "clock_offset_ms": skew.offset_us // 1000 if skew else None,
        "clock_error_ms": skew.error_us // 1000 if skew else None,
        "error": _error_object(answer) if isinstance(answer, Fault) else None,
        "blame": {"culprit": blame.culprit.value, "line": blame.subject or None, "why": blame.why},
    }


def _error_object(fault: Fault) -> dict[str, object]:
    info = explain(fault.code)
    return {
        "code": fault.code,
        "message": fault.message,
        "class": fault.fault_class.value,
        "owner": info.owner.value,
        "advice": info.advice,
    }


def in_words(exchange: Exchange, blame: Blame) -> list[str]:
    """The same for people, a fact a line."""
    task, answer, skew = exchange.question.task, exchange.answer, exchange.skew
    lines = [f"task        {task}"]
    if isinstance(answer, Seen):
        lines += [f"status      {answer.status}", f"started     {rfc3339(answer.start_time_ms * 1000)}"]
    else:
        info = explain(answer.code)
        lines += [
            f"error       {answer.code}: {answer.message}",
            f"meaning     {info.meaning} ({answer.fault_class.value})",
            f"blame       {blame.culprit}: {blame.why}",
            f"who         {info.owner.value}",
            f"next        {info.advice}",
        ]
    lines.append(f"request id  {exchange.request_id or '- (the request never reached the service)'}")
    lines.append(f"asked       {rfc3339(exchange.sent_us)}, answered in {exchange.latency_us / 1000:.0f} ms")
    if skew is not None:
        lines.append(
            f"clock       Tencent's is {skew.offset_us / 1e6:+.1f} s from this host's, ± {skew.error_us / 1e6:.1f} s"
        )
    return lines
