"""One run: what it was told, the command line of Robot, and its environment."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Options and search paths of whoever started the workbench would change the run behind its record's back. A
# run that needs a search path says so in its argument file (--pythonpath) or its own environment.
CLEARED = (
    "ROBOT_OPTIONS",
    "REBOT_OPTIONS",
    "ROBOT_SYSLOG_FILE",
    "ROBOT_SYSLOG_LEVEL",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PYTHONINSPECT",
)


class SpecError(Exception):
    """The run cannot begin as it was ordered; the text is for the user."""


class Spec(NamedTuple):
    run_dir: str
    python: str
    workspace: str
    working_directory: str
    argument_file: str | None
    sources: list[str]
    environment: dict[str, str]
    time_limit: float | None = None
    silence_limit: float | None = None
    grace: float = 30.0
    second_grace: float = 10.0
    secrets_pipe: bool = False

    def path(self, name: str) -> str:
        return os.path.join(self.run_dir, name)


def parse_spec(content: dict[str, Any] | None, run_dir: str) -> Spec:
    if content is None:
        raise SpecError("spec.json is missing or is not JSON.")
    if content.get("schema") != 1:
        raise SpecError(f"spec.json has schema {content.get('schema')!r}, this supervisor knows 1.")
    try:
        return Spec(
            run_dir=run_dir,
            python=str(content["python"]),
            workspace=str(content["workspace"]),
            working_directory=str(content.get("workingDirectory") or content["workspace"]),
            argument_file=content.get("argumentFile"),
            sources=[str(source) for source in content["sources"]],
            environment={str(name): str(value) for name, value in (content.get("environment") or {}).items()},
            time_limit=_seconds(content.get("timeLimitSeconds")),
            silence_limit=_seconds(content.get("silenceLimitSeconds")),
            grace=_seconds(content.get("stopGraceSeconds", 30)) or 0.0,
            second_grace=_seconds(content.get("secondGraceSeconds", 10)) or 0.0,
            secrets_pipe=bool(content.get("secretsPipe", False)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SpecError(f"spec.json cannot be used: {type(error).__name__}: {error}.") from error


def _seconds(value: Any) -> float | None:
    return None if value is None else float(value)


def command(spec: Spec) -> list[str]:
    words = [spec.python, os.path.join(HERE, "atn_robot.py")]
    words += ["--listener", os.path.join(HERE, "atn_listener.py")]
    if needs_variable_file(spec):
        words += ["--variablefile", os.path.join(HERE, "atn_variables.py")]
    if spec.argument_file:
        words += ["--argumentfile", spec.argument_file]
    return words + spec.sources


def needs_variable_file(spec: Spec) -> bool:
    names = ("suts.json", "vars.json")
    return spec.secrets_pipe or any(os.path.exists(os.path.join(spec.workspace, name)) for name in names)


def environment(spec: Spec) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in CLEARED}
    inherited.update(spec.environment)
    # console.log is UTF-8 wherever the run takes place.
    inherited.setdefault("PYTHONIOENCODING", "utf-8")
    inherited["ATN_RECORD"] = spec.path("record.db")
    inherited["ATN_START_ERROR"] = spec.path("start-error.json")
    inherited["ATN_WORKSPACE"] = spec.workspace
    # A suite that is a step of a provisioning reaches the machines by the access of its run.
    inherited["ATN_ACCESS"] = spec.environment.get("ATN_ACCESS", spec.path("access.json"))
    inherited["ATN_SECRETS"] = "stdin" if spec.secrets_pipe else ""
    if os.name == "nt":
        inherited["ATN_STOP_FILE"] = spec.path("stop-signal")
    return inherited
