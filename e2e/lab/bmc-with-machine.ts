import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { startIpmiSim } from '../../packages/ipmi-js/test/support/ipmi-sim.ts';
import { program, runTool } from './processes.ts';
import { writeTinyMachine } from './tiny-machine.ts';

export interface BmcWithMachine {
  /** UDP. */
  port: number;
  username: string;
  password: string;
  /** What its chassis keeps: `boot` is the device it starts from next, `fault` what shall go wrong, `struck` a line for each that has. */
  folder: string;
  stop: () => Promise<void>;
}

/**
 * OpenIPMI's ipmi_sim with a QEMU machine behind it: the BMC's power and boot device are the machine's, its serial-over-LAN is the machine's
 * serial port.
 */
export async function startBmcWithMachine(): Promise<BmcWithMachine> {
  const cable = await startCable();
  const bmc = await startIpmiSim({ serialPort: cable.bmcPort });
  const { disk, iso } = writeTinyMachine(bmc.folder);
  const script = chassisScript({ folder: bmc.folder, disk, iso, serialPort: cable.machinePort });
  writeFileSync(join(bmc.folder, 'chassis'), script);
  chmodSync(join(bmc.folder, 'chassis'), 0o755);
  return {
    port: bmc.port,
    username: 'admin',
    password: 'admin123',
    folder: bmc.folder,
    stop: async () => {
      runTool('/bin/sh', [join(bmc.folder, 'chassis'), 'set', 'power', '0']);
      await bmc.stop();
      cable.stop();
    },
  };
}

/** What the BMC calls: `get power boot`, `set power 1`. It blocks the BMC, so what stays must let go of its output. */
function chassisScript(machine: { folder: string; disk: string; iso: string; serialPort: number }): string {
  const qemu = program('qemu-system-x86_64', 'qemu-system-x86');
  return `#!/bin/sh
cd '${machine.folder}'
running() { [ -f pid ] && kill -0 "$(cat pid)" 2>/dev/null; }
off() { running && kill -KILL "$(cat pid)"; rm -f pid; }
on() {
  running && return
  order=c
  [ "$(cat boot 2>/dev/null)" = cdrom ] && order=d
  '${qemu}' -machine pc -accel tcg -m 64 -nodefaults -display none -vga none -boot $order -daemonize -pidfile pid \\
    -drive file='${machine.disk}',format=raw,if=virtio -cdrom '${machine.iso}' -serial tcp:127.0.0.1:${machine.serialPort} \\
    -monitor unix:monitor,server=on,wait=off </dev/null >>qemu.log 2>&1
}
press() { python3 -c "import socket; s = socket.socket(socket.AF_UNIX); s.connect('monitor'); s.recv(200); s.send(b'system_powerdown\\n'); s.recv(200)"; }
refuse() {
  [ -f fault ] || return 0
  read -r what value how left < fault
  [ "$1 $2" = "$what $value" ] && [ "$left" -gt 0 ] || return 0
  echo "$what $value $how $((left - 1))" > fault
  echo "$1 $2" >> struck
  [ "$how" = refused ] && exit 1
  return 0
}
operation=$1
shift
while [ $# -gt 0 ]; do
  if [ "$operation" = get ]; then
    case $1 in
      power) running && echo power:1 || echo power:0 ;;
      *) echo "$1:$(cat "$1" 2>/dev/null || echo 0)" ;;
    esac
    shift
    continue
  fi
  refuse "$1" "$2"
  case "$1 $2" in
    'power 1') on ;;
    'power 0') off ;;
    'reset 1') off; on ;;
    'shutdown 1') press >/dev/null 2>&1 ;;
    boot*) echo "$2" > boot ;;
  esac
  shift 2
done
`;
}

/** A serial cable with a TCP plug at each end. */
async function startCable() {
  const ends: (Socket | undefined)[] = [undefined, undefined];
  const plug = async (own: 0 | 1): Promise<Server> => {
    const server = createServer((socket) => {
      ends[own] = socket;
      socket.on('data', (chunk) => ends[1 - own]?.write(chunk));
      socket.on('error', () => undefined);
      socket.on('close', () => ends[own] === socket && (ends[own] = undefined));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  };
  const [bmc, machine] = [await plug(0), await plug(1)];
  const portOf = (server: Server) => (server.address() as { port: number }).port;
  return {
    bmcPort: portOf(bmc),
    machinePort: portOf(machine),
    stop: () => {
      for (const socket of ends) socket?.destroy();
      bmc.close();
      machine.close();
    },
  };
}
