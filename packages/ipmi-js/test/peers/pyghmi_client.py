"""pyghmi's client against a BMC: pyghmi_client.py PORT USER PASSWORD. Prints what it saw as JSON."""
import json
import sys

from pyghmi.ipmi import command

if __name__ == "__main__":
    port, user, password = sys.argv[1:4]
    ipmi = command.Command(bmc="127.0.0.1", userid=user, password=password, port=int(port))
    before = ipmi.get_power()["powerstate"]
    ipmi.set_power("on", wait=10)
    after = ipmi.get_power()["powerstate"]
    ipmi.set_bootdev("network")
    boot = ipmi.get_bootdev()["bootdev"]
    sensors = {reading.name: reading.value for reading in ipmi.get_sensor_data()}
    inventory = {name: item for name, item in ipmi.get_inventory() if item}
    events = [event["event"] for event in ipmi.get_event_log()]
    ipmi.ipmi_session.logout()
    print(json.dumps({"before": before, "after": after, "boot": boot, "sensors": sensors, "inventory": inventory, "events": events}, default=str))
