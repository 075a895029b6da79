"""Python environments for runs.

  environment.py probe --python P                         what that Python is and whether it can run suites
  environment.py ensure --root DIR --requirement REQ ...  an environment with these packages, made once

  environment.py order                                     what a JSON object on standard input asks for (orders.py)

`ensure` and `order` print progress as JSON lines `{"step": ..., "message": ...}` and last the result `{"ok": true,
...}` (of `ensure`: "python", "hash", "builtMs", "how") or `{"ok": false, "code", "error"}`. The exit code is 0 when ok.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time

from environments.present import environment_hash, interpreter, read_marker

# What makes and probes is loaded where it is used: finding a present environment must not wait for it.


def say(content: dict[str, object]) -> None:
    print(json.dumps(content, ensure_ascii=False), flush=True)


def run_probe(arguments: argparse.Namespace) -> int:
    from environments.probe import probe

    result = probe(arguments.python)
    say(result)
    return 0 if result["ok"] else 1


def run_ensure(arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    version = own_version() if is_this_python(arguments.python) else None
    if version is None:
        from environments.probe import ask

        answer = ask(arguments.python)
        if isinstance(answer, str):
            say({"ok": False, "code": "PYTHON_MISSING", "error": answer})
            return 1
        version = str(answer["python"])
    key = environment_hash(arguments.requirement, version)
    place = os.path.join(os.path.abspath(arguments.root), key)
    marker, how = read_marker(place), "present"
    if marker is None:
        marker = make_it(arguments, version)
        if marker is None:
            return 1
        how = str(marker["how"])
    milliseconds = round((time.monotonic() - started) * 1000)
    found = {"python": interpreter(place), "hash": key, "robot": marker["robot"]}
    say({"ok": True, **found, "builtMs": milliseconds, "how": how})
    return 0


def make_it(arguments: argparse.Namespace, version: str) -> dict[str, object] | None:
    from environments.make import EnvironmentProblem, Order, make

    order = Order(arguments.root, arguments.requirement, arguments.python, arguments.how, arguments.uv)
    try:
        return make(order, version, lambda step, message: say({"step": step, "message": message}))
    except EnvironmentProblem as problem:
        say({"ok": False, "code": problem.code, "error": str(problem)})
        return None


def run_order(_: argparse.Namespace) -> int:
    from environments.orders import carry_out

    def tell(step: str, message: str, **amount: object) -> None:
        say({"step": step, "message": message, **amount})

    answer = carry_out(json.load(sys.stdin), tell)
    say(answer)
    return 0 if answer["ok"] else 1


def is_this_python(python: str) -> bool:
    return os.path.realpath(python) == os.path.realpath(sys.executable)


def own_version() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    looking = commands.add_parser("probe", help="tell what a Python is good for")
    looking.add_argument("--python", required=True)
    looking.set_defaults(run=run_probe)
    making = commands.add_parser("ensure", help="make an environment, or find it made")
    making.add_argument("--root", required=True, help="folder that holds all environments")
    making.add_argument("--requirement", action="append", required=True, help="as pip takes it; may be repeated")
    making.add_argument("--python", default=sys.executable, help="the Python to base it on")
    making.add_argument("--how", choices=("uv", "pip"), help="default: uv where it is found, else pip")
    making.add_argument("--uv", help="the uv to take where there is none on the PATH")
    making.set_defaults(run=run_ensure)
    ordering = commands.add_parser("order", help="carry out the JSON object on standard input")
    ordering.set_defaults(run=run_order)
    arguments = parser.parse_args()
    return int(arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
