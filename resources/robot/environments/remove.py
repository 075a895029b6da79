"""Removing an environment, which is read-only."""

from __future__ import annotations

import os
import shutil
from typing import Any, Callable


def remove_tree(path: str) -> None:
    """Also what was made read-only."""

    def again(function: Callable[..., Any], name: str, _: object) -> None:
        for each in (os.path.dirname(name), name):
            try:
                os.chmod(each, 0o700)
            except OSError:
                continue
        try:
            function(name)
        except OSError:
            return

    for folder, folders, _ in os.walk(path):
        for name in folders:
            each = os.path.join(folder, name)
            if not os.path.islink(each):
                os.chmod(each, 0o700)
    shutil.rmtree(path, onerror=again)
