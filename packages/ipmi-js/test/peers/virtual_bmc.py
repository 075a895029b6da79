"""virtualbmc (PyPI) on libvirt's test driver: virtual_bmc.py PORT, account admin/password. The driver's machine lives as long as a
connection to it, so one is held open. No daemon, no KVM, no root."""
import sys

import libvirt
from virtualbmc.vbmc import VirtualBMC

if __name__ == "__main__":
    held = libvirt.open("test:///default")
    server = VirtualBMC("admin", "password", int(sys.argv[1]), "127.0.0.1", "test", "test:///default")
    print("ready", flush=True)
    server.listen()
    held.close()
