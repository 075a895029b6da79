"""Where packages come from, said to uv and to pip.

With an index of its own in the settings nothing else is asked: what the machine's configuration or environment adds
(another index, links) would let a stranger's package of the same name win. Without one the machine's configuration
holds; uv does not read pip's, so pip's index is handed on to it.
"""

from __future__ import annotations

import configparser
import os
import site
import sys
from dataclasses import dataclass, field

# What would bring in another source beside the chosen one.
UV_SOURCES = ("UV_INDEX", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_CONFIG_FILE")
PIP_SOURCES = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_CONFIG_FILE")
OUR_OWN = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_USER",
    "PIP_TARGET",
    "UV_SYSTEM_PYTHON",
    "VIRTUAL_ENV",
)


@dataclass
class Sources:
    index: str | None = None
    folders: list[str] = field(default_factory=list)
    offline: bool = False  # what is needed lies in the folders


def uv_arguments(sources: Sources) -> list[str]:
    folders = [word for folder in sources.folders for word in ("--find-links", folder)]
    if sources.offline:
        return ["--no-config", "--no-index", "--offline", *folders]
    index = sources.index or (None if any(os.environ.get(name) for name in UV_SOURCES) else pip_index())
    return ["--no-config", *(["--default-index", index] if index else []), *folders]


def pip_arguments(sources: Sources) -> list[str]:
    folders = [word for folder in sources.folders for word in ("--find-links", folder)]
    if sources.offline:
        return ["--no-index", *folders]
    return [*(["--index-url", sources.index] if sources.index else []), *folders]


def tool_environment(sources: Sources) -> dict[str, str]:
    """The variables for uv and pip."""
    left_out = set(OUR_OWN)
    only_ours = sources.offline or sources.index is not None
    if only_ours:
        left_out.update(UV_SOURCES, PIP_SOURCES)
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    if only_ours:
        environment["PIP_CONFIG_FILE"] = os.devnull
    # An index that does not answer is told about at once enough; the run that waits for it can be started again.
    return {
        "UV_HTTP_RETRIES": "2",
        "PIP_RETRIES": "2",
        "PIP_NO_INPUT": "1",
        **environment,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def pip_index() -> str | None:
    """The index that pip is set to on this machine."""
    given = os.environ.get("PIP_INDEX_URL")
    if given:
        return given
    found = None
    for path in pip_configurations():
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError, OSError):
            continue
        for section in ("global", "install"):
            found = parser.get(section, "index-url", fallback=found)
    return found


def pip_configurations() -> list[str]:
    """In the order in which pip reads them: a later one wins."""
    given = os.environ.get("PIP_CONFIG_FILE")
    if given == os.devnull:
        return []
    home = os.path.expanduser("~")
    if os.name == "nt":
        shared = [os.path.join(os.environ.get("PROGRAMDATA", r"C:\ProgramData"), "pip", "pip.ini")]
        own = [os.path.join(home, "pip", "pip.ini"), os.path.join(os.environ.get("APPDATA", home), "pip", "pip.ini")]
        return [*shared, *own, os.path.join(sys.prefix, "pip.ini"), *([given] if given else [])]
    shared = [os.path.join(folder, "pip", "pip.conf") for folder in reversed(xdg_folders())] + ["/etc/pip.conf"]
    settings = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    own = [os.path.join(home, ".pip", "pip.conf"), os.path.join(settings, "pip", "pip.conf")]
    if sys.platform == "darwin":
        own.append(os.path.join(home, "Library", "Application Support", "pip", "pip.conf"))
    return [*shared, *own, os.path.join(site.PREFIXES[0], "pip.conf"), *([given] if given else [])]


def xdg_folders() -> list[str]:
    return [folder for folder in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":") if folder]
