"""Robot Framework listener that writes the run record while the run goes on.

Robot loads this file by path and takes the module itself for the listener. The record's path comes in the
environment variable ATN_RECORD, because a colon in a path would split a listener argument.
"""

from __future__ import annotations

import atexit
import os

from robot.version import get_version

if int(get_version().split(".")[0]) >= 7:
    from atn_listener_v3 import ListenerV3 as _Listener
else:
    from atn_listener_v2 import ListenerV2 as _Listener

_listener = _Listener(os.environ["ATN_RECORD"])
ROBOT_LISTENER_API_VERSION = _Listener.ROBOT_LISTENER_API_VERSION
for _name in dir(_listener):
    if _name.startswith(("start_", "end_")) or _name in ("log_message", "message", "close"):
        globals()[_name] = getattr(_listener, _name)
# Robot does not close listeners when a second signal ends it.
atexit.register(_listener.close)
