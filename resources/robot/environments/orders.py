"""What the harness asks for with a JSON object on standard input: one function for each command.

Each loads what it needs itself: a build must not wait for what reads wheels.
"""

from __future__ import annotations

import os
import re
from typing import Any, Callable

from environments.index import Sources
from environments.make import EnvironmentProblem
from environments.present import interpreter, read_marker
from environments.remove import remove_tree
from environments.seal import FILES
from environments.tools import Tools, choose_uv

Say = Callable[..., None]
Order = "dict[str, Any]"  # written so for Python 3.8


def tools_of(order: Order, say: Say) -> Tools:
    sources = Sources(order.get("index"), list(order.get("folders") or []), bool(order.get("offline")))
    return Tools(
        order["python"], order["cache"], sources, choose_uv(order.get("uv"), order.get("how"), order.get("uvElse")), say
    )


def run_lock(order: Order, say: Say) -> Order:
    from environments.lock import lock

    tools = tools_of(order, say)
    packages = lock(tools, order["requirements"], order["files"])
    return {"packages": packages, "how": "uv" if tools.uv else "pip"}


def run_install(order: Order, say: Say) -> Order:
    from environments.install import install

    place = os.path.join(os.path.abspath(order["root"]), order["key"])
    again = order.get("again") or (os.path.isdir(place) and not os.path.exists(os.path.join(place, FILES)))
    marker = None if again else read_marker(place)
    if marker is None:
        marker = build_again(order, say) if again else install(tools_of(order, say), build_of(order))
    return {"python": interpreter(place), "marker": marker}


def build_of(order: Order) -> Any:
    from environments.install import Build

    return Build(order["root"], order["key"], order["lockHash"], order["packages"], order["files"])


def build_again(order: Order, say: Say) -> Order:
    """Damage may have reached uv's cache through a hard link: then it is emptied and all is fetched again."""
    from environments.install import install
    from environments.verify import damaged

    tools = tools_of(order, say)
    place = os.path.join(os.path.abspath(order["root"]), order["key"])
    for attempt in range(2):
        run_remove({"place": place}, say)
        marker = install(tools, build_of(order))
        problems = damaged(place)
        if not problems:
            return marker
        if attempt == 0 and tools.uv:
            say("cache", "The kept packages are damaged, too: they are fetched again …")
            tools.run([tools.uv, "cache", "clean", "--quiet"])
    raise EnvironmentProblem("BUILD_FAILED", problems[0])


def run_describe(order: Order, say: Say) -> Order:
    from environments.describe import describe

    return describe(order["path"])


def run_wheel(order: Order, say: Say) -> Order:
    from environments.describe import build_wheel, describe

    path = build_wheel(tools_of(order, say), order["source"], order["target"])
    return {"path": path, **describe(path)}


def run_verify(order: Order, say: Say) -> Order:
    from environments.verify import verify

    return {"problems": verify(order["place"])}


def run_remove(order: Order, say: Say) -> Order:
    """Out of sight at once, whole; then file by file."""
    place = order["place"]
    aside = os.path.join(os.path.dirname(place), f".building-{os.path.basename(place)}-removed-{os.getpid()}")
    try:
        os.rename(place, aside)
    except FileNotFoundError:
        return {}
    remove_tree(aside)
    return {}


def run_export(order: Order, say: Say) -> Order:
    from environments.wheelhouse import export_wheelhouse

    return export_wheelhouse(tools_of(order, say), order)


def run_import(order: Order, say: Say) -> Order:
    from environments.wheelhouse import import_wheelhouse

    return import_wheelhouse(order["path"], order["target"], say)


ORDERS: dict[str, Callable[[Order, Say], Order]] = {
    "lock": run_lock,
    "install": run_install,
    "describe": run_describe,
    "wheel": run_wheel,
    "verify": run_verify,
    "remove": run_remove,
    "export": run_export,
    "import": run_import,
}


def carry_out(order: Order, say: Say) -> Order:
    """The answer to print: `{"ok": true, ...}` or `{"ok": false, "code", "error"}`."""
    try:
        return {"ok": True, **ORDERS[order["command"]](order, say)}
    except EnvironmentProblem as problem:
        return {"ok": False, "code": problem.code, "error": without_password(str(problem))}
    except OSError as error:
        full = error.errno in (28, 122)
        return {"ok": False, "code": "DISK_FULL" if full else "BUILD_FAILED", "error": str(error)}


def without_password(text: str) -> str:
    """An address that a tool repeats may hold a user and a password."""
    return re.sub(r"(\w+://)[^/\s@]+@", r"\1", text)
