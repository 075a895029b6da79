"""A BMC made of pyghmi's server side: pyghmi_bmc.py PORT SUITE, account admin/password. SUITE 3 is pyghmi as it is; for 17 its hash
functions and algorithm numbers are replaced, because no BMC program on the package registries speaks that suite by itself."""
import hashlib
import hmac
import struct
import sys

import pyghmi.ipmi.bmc as bmc
import pyghmi.ipmi.private.serversession as serversession
from pyghmi.ipmi.private import constants


class MemoryBmc(bmc.Bmc):
    """Power and boot device in memory."""

    def __init__(self, port):
        super().__init__({"admin": "password"}, port)
        self.powered = False
        self.device = "default"

    def get_power_state(self):
        return "on" if self.powered else "off"

    def power_on(self):
        self.powered = True

    def power_off(self):
        self.powered = False

    def power_shutdown(self):
        self.powered = False

    def power_reset(self):
        pass

    def get_boot_device(self):
        return self.device

    def set_boot_device(self, bootdevice):
        self.device = bootdevice


class Sha256Hashlib:
    """Stands where the server session looks for its hash."""

    sha1 = staticmethod(hashlib.sha256)


def use_suite_17():
    session = serversession.ServerSession
    plain_response = session.create_open_session_response

    def open_session_response(self, request):
        self.currhashlib, self.currhashlen = hashlib.sha256, 16
        answer = bytearray(plain_response(self, request))
        answer[16] = 3  # RAKP-HMAC-SHA256
        answer[24] = 4  # HMAC-SHA256-128
        return answer

    def send_rakp4(self, tag, status):
        proof = hmac.new(self.sik, bytes(self.Rm + self.managedsessionid + self.uuiddata), hashlib.sha256).digest()
        message = bytearray([tag, status, 0, 0]) + self.clientsessionid + proof[:16]
        self.send_payload(message, constants.payload_types["rakp4"], retry=False)
        self.confalgo, self.integrityalgo, self.sequencenumber = "aes", "sha256", 1
        (self.sessionid,) = struct.unpack("<I", bytes(self.clientsessionid))

    serversession.hashlib = Sha256Hashlib
    session.create_open_session_response = open_session_response
    session._send_rakp4 = send_rakp4


if __name__ == "__main__":
    if sys.argv[2] == "17":
        use_suite_17()
    server = MemoryBmc(int(sys.argv[1]))
    print("ready", flush=True)
    server.listen()
