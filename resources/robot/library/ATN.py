"""Keywords for the machines of a run: `Library    ATN`, without anything to install or to configure."""

from __future__ import annotations

import os
import re
import secrets
import socket
import time
from datetime import timedelta
from enum import Enum
from typing import Any

from atn_access import Access, AccessError
from atn_console import Console
from robot.api import logger
from robot.api.deco import keyword, library
from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError

POLL_SECONDS = 0.5


class Power(Enum):
    """Whether a machine has power."""

    on = "on"
    off = "off"


class BootDevice(Enum):
    """What a machine starts from; ``none`` is the order it has itself."""

    none = "none"
    pxe = "pxe"
    disk = "disk"
    cdrom = "cdrom"
    usb = "usb"
    bios = "bios"
    http = "http"


class Lasting(Enum):
    once = "once"
    always = "always"


class Since(Enum):
    """Where to begin to look: ``last`` is where the wait before has ended."""

    last = "last"
    now = "now"
    start = "start"


@library(scope="GLOBAL", version="1.0")
class ATN:
    """Power, boot devices, images, sensors, event logs and consoles of the machines (SUTs) that a run was started with.

    A machine is named as in ``${SUTs}`` and in the workbench. The library asks the workbench that started the run,
    which does what a person could do there too and writes it into the history of the machine, with the run as who.

    = What it may =

    - Only machines of this run. Another one is refused, whoever has it.
    - Members of the test environment may be looked at (`Get SUT`, `Read Sensors`, `Get SEL`, `Wait For Console`), but
      not switched, booted, changed or typed on: other tests need them.
    - Nothing after the run has ended or has lost its reservation.

    = When the workbench is restarted =

    A run outlives the workbench. Keywords then wait until it is there again, at most ``workbench_timeout``. What had
    been sent when it ended is not sent twice: what can be repeated without harm is repeated, `Power Cycle` fails with
    a sentence that says what is not known.

    = Times =

    Times are written as everywhere in Robot Framework: ``90``, ``2 min``, ``1h``.
    """

    def __init__(self, workbench_timeout: timedelta = timedelta(minutes=2), open_consoles: bool = True) -> None:
        """``workbench_timeout``: how long a keyword waits for a workbench that is away.

        ``open_consoles``: whether a keyword that switches a machine opens its console first, so that `Wait For Console`
        misses nothing of what comes then. Say ``False`` where the suite has a console of its own by other means: many
        machines have room for one only.
        """
        self._access = Access(workbench_timeout.total_seconds())
        self._opens = open_consoles
        self._consoles: dict[str, Console] = {}

    @keyword(name="Get SUT")
    def get_sut(self, sut: str) -> dict:
        """Returns what the workbench knows of a machine.

        A dictionary with ``name``, ``role``, ``tags``, ``information`` (without secrets, which are in ``${SUTs}``),
        ``identity`` (uuid, manufacturer, model, serial and so on; None when it was never read), ``power`` and
        ``health`` as they were last seen.

        | &{machine} =    `Get SUT`    node-1
        | Should Be Equal    ${machine.identity}[model]    X11
        """
        return self._ask("sut", {"sut": sut})

    @keyword
    def power_on(self, sut: str, timeout: timedelta = timedelta(minutes=1)) -> None:
        """Switches a machine on and waits until its BMC says so. One that is on stays as it is."""
        self._before_switching(sut)
        self._do("power", {"sut": sut, "action": "on"}, again=True)
        self._wait_for_power(sut, Power.on, timeout.total_seconds())

    @keyword
    def power_off(self, sut: str, timeout: timedelta = timedelta(minutes=1), soft: bool = False) -> None:
        """Switches a machine off and waits until its BMC says so.

        With ``soft`` its operating system is asked to shut down, which may take its time: give a longer ``timeout``.
        """
        self._before_switching(sut)
        self._do("power", {"sut": sut, "action": "soft" if soft else "off"}, again=True)
        self._wait_for_power(sut, Power.off, timeout.total_seconds())

    @keyword
    def power_cycle(self, sut: str) -> None:
        """Switches a machine off and on again; it must be on.

        What comes up is waited for with `Wait For Console` or `Wait For Port`.
        """
        self._before_switching(sut)
        self._do("power", {"sut": sut, "action": "cycle"})

    @keyword
    def reset_machine(self, sut: str) -> None:
        """Resets a machine without switching it off. It must be on."""
        self._before_switching(sut)
        self._do("power", {"sut": sut, "action": "reset"})

    @keyword
    def power_should_be(self, sut: str, expected: Power, timeout: timedelta = timedelta(0)) -> None:
        """Fails unless a machine is ``on`` or ``off``, or becomes so within ``timeout``."""
        self._wait_for_power(sut, expected, timeout.total_seconds())

    @keyword
    def set_boot_device(self, sut: str, device: BootDevice, lasting: Lasting = Lasting.once) -> None:
        """Says what a machine starts from: the next time only, or ``always``."""
        self._do("bootDevice", {"sut": sut, "device": device.value, "lasting": lasting.value}, again=True)

    @keyword
    def insert_image(self, sut: str, image: str, drive: str = "") -> None:
        """Puts an image into a virtual drive of a machine.

        ``image``: an image of the workbench's library by its name, with or without its revision; or an address that the
        BMC can fetch (http, https, nfs), for a virtual machine a file of the computer that runs the workbench.
        ``drive``: one of those the BMC has; left out, the first that fits. An image of the library is taken out again
        when the run ends.
        """
        self._do("insertImage", {"sut": sut, "image": image, **({"drive": drive} if drive else {})}, again=True)

    @keyword
    def eject_image(self, sut: str, drive: str = "") -> None:
        """Takes the image out of a virtual drive of a machine; an empty drive stays as it is."""
        self._do("ejectImage", {"sut": sut, **({"drive": drive} if drive else {})}, again=True)

    @keyword
    def read_sensors(self, sut: str, name: str = "*") -> list:
        """Returns the sensors of a machine, those whose name fits (``*`` and ``?`` as in file names).

        A list of dictionaries with ``name``, ``kind``, ``value`` (None when there is no reading), ``unit``, ``states``,
        ``health`` (ok, warning, critical, unavailable) and ``thresholds``.

        | @{fans} =    `Read Sensors`    node-1    Fan*
        """
        wanted = re.compile(_from_wildcards(name), re.IGNORECASE)
        sensors = [each for each in self._ask("sensors", {"sut": sut})["sensors"] if wanted.fullmatch(each["name"])]
        if not sensors and name != "*":
            raise AccessError(f"{sut} has no sensor named {name}.")
        return sensors

    @keyword(name="Get SEL")
    def get_sel(self, sut: str) -> list:
        """Returns the event log of a machine, oldest first.

        A list of dictionaries with ``id``, ``at`` (UTC ms, or None), ``source``, ``message``,
        ``severity`` (ok, warning, critical) and ``asserted``.
        """
        log = self._ask("eventLog", {"sut": sut})
        if log["overflow"]:
            logger.warn(f"The event log of {sut} is full: newer events were not kept. Clear it with `Clear SEL`.")
        return log["entries"]

    @keyword(name="Clear SEL")
    def clear_sel(self, sut: str) -> None:
        """Empties the event log of a machine."""
        self._do("clearEventLog", {"sut": sut}, again=True)

    @keyword
    def wait_for_console(
        self, sut: str, pattern: str, timeout: timedelta = timedelta(minutes=5), since: Since = Since.last
    ) -> str:
        """Waits until the console of a machine has said something; returns it, or its first group when it has one.

        ``pattern`` is a regular expression of Python, in which ``^`` and ``$`` mean lines; colours and cursor movements
        are left out of what is searched. ``since``:
        - ``last``: from where the wait before has ended; for the first one, from the first keyword of this run that
          switched this machine or typed on it. What came between two keywords is therefore never missed.
        - ``now``: what comes from now on.
        - ``start``: from when the run began, as far as it was recorded.

        | `Power Cycle`    node-1
        | ${kernel} =    `Wait For Console`    node-1    Linux version (\\\\S+)
        | `Wait For Console`    node-1    login:    timeout=3 min
        """
        try:
            wanted = re.compile(pattern, re.MULTILINE)
        except re.error as error:
            raise AccessError(f"{pattern} is no regular expression: {error}.") from None
        if since is not Since.last:
            self._consoles.pop(sut, None)
        console = self._console(sut, "start" if since is Since.start else "now")
        match = console.wait_for(wanted, timeout.total_seconds())
        if match is None:
            raise AccessError(_not_said(sut, pattern, timeout, console))
        return str(match.group(1) if match.groups() else match.group(0))

    @keyword
    def write_console(self, sut: str, text: str, newline: bool = True) -> None:
        """Types on the console of a machine, in place of whoever has the keys.

        A carriage return goes with the text unless ``newline`` is false.
        """
        self._console(sut)
        self._ask("consoleWrite", {"sut": sut, "text": text + ("\r" if newline else "")})

    @keyword
    def wait_for_port(self, host: str, port: int, timeout: timedelta = timedelta(minutes=5)) -> None:
        """Waits until a TCP port takes a connection, tried from the computer on which the run executes.

        ``host``: an address, or a machine of the run whose information has a field ``host``, ``address`` or ``ip``.
        """
        address = self._address_of(host)
        give_up_at = time.monotonic() + timeout.total_seconds()
        while True:
            left = give_up_at - time.monotonic()
            try:
                socket.create_connection((address, port), timeout=max(0.1, min(5.0, left))).close()
                return
            except OSError as error:
                if left <= 0:
                    seconds = timeout.total_seconds()
                    raise AccessError(
                        f"Port {port} of {address} took no connection within {seconds:g} s: {error}."
                    ) from None
            time.sleep(min(POLL_SECONDS, max(0.0, give_up_at - time.monotonic())))

    def _ask(self, request: str, content: dict[str, Any]) -> Any:
        return self._access.ask(request, content)

    def _do(self, request: str, content: dict[str, Any], again: bool = False) -> None:
        """One deed has one key, however often the workbench has to be asked. `again`: doing it twice does no harm."""
        deed = {**content, "key": _new_key(), "test": _test_name()}
        if self._ask(request, deed)["outcome"] == "done":
            return
        if again and self._ask(request, {**deed, "key": _new_key()})["outcome"] == "done":
            logger.info("The workbench was restarted before the answer came, so it was done once more.")
            return
        raise AccessError(
            f"The workbench was restarted while this was sent to {content['sut']}: whether the machine has got it is "
            "unknown, and doing it twice might do harm. See what the machine does."
        )

    def _wait_for_power(self, sut: str, expected: Power, seconds: float) -> None:
        give_up_at = time.monotonic() + seconds
        while True:
            on = self._ask("powerStatus", {"sut": sut})["on"]
            if on == (expected is Power.on):
                return
            if time.monotonic() >= give_up_at:
                within = f" within {seconds:g} s" if seconds else ""
                raise AccessError(f"{sut} is {'on' if on else 'off'}, not {expected.value}{within}.")
            time.sleep(POLL_SECONDS)

    def _console(self, sut: str, since: str = "now") -> Console:
        if sut not in self._consoles:
            self._consoles[sut] = Console(self._ask, sut, since)
        return self._consoles[sut]

    def _before_switching(self, sut: str) -> None:
        if self._opens:
            self._console(sut)

    def _address_of(self, host: str) -> str:
        suts = _suts()
        information = suts.get(host)
        if not isinstance(information, dict):
            return host
        for field in ("host", "address", "ip"):
            if information.get(field):
                return str(information[field])
        raise AccessError(f"The information of {host} has no field host, address or ip: add one, or name an address.")


def _new_key() -> str:
    """A uuid of version 7, as the ids of the workbench are: the time, then chance."""
    number = (int(time.time() * 1000) << 80) | secrets.randbits(80)
    number = number & ~(0xF << 76) | (7 << 76)
    number = number & ~(0x3 << 62) | (2 << 62)
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _variable(name: str) -> Any:
    try:
        return BuiltIn().get_variable_value(name)
    except RobotNotRunningError:
        return None


def _test_name() -> str | None:
    name = _variable("${TEST NAME}")
    return None if name is None else str(name)[:1000]


def _suts() -> dict:
    suts = _variable("${SUTs}")
    return suts if isinstance(suts, dict) else {}


def _from_wildcards(text: str) -> str:
    return re.escape(text).replace(r"\*", ".*").replace(r"\?", ".")


def _not_said(sut: str, pattern: str, timeout: timedelta, console: Console) -> str:
    lines = [line for line in console.text.splitlines() if line.strip()]
    last = "Since then it has said nothing." if not lines else "Last it said:\n" + os.linesep.join(lines[-5:])
    closed = f" The console is not open: {console.why}" if console.why else ""
    return f"The console of {sut} did not say {pattern} within {timeout.total_seconds():g} s.{closed} {last}"
