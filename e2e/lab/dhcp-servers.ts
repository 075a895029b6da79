import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, program, runTool, startPeer, type Peer } from './processes.ts';

/** How a lab's own DHCP server is told something more than its addresses; in its own words. */
export interface DhcpServer {
  stop: () => Promise<void>;
  output: () => string;
}

const RANGE = ['10.77.0.50', '10.77.0.99'] as const;

/** How a server is started; here, where it is not said otherwise. */
type Start = typeof startPeer;

/** Each reads its configuration by itself first, as its makers mean it to be checked, and then answers on the device. */
export const DHCP_SERVERS: Readonly<Record<string, (snippet: string, device: string, start?: Start) => Promise<DhcpServer>>> = {
  dnsmasq: (snippet, device, start = startPeer) =>
    started((folder) => {
      const dnsmasq = program('dnsmasq', 'dnsmasq-base');
      const file = written(
        folder,
        'dnsmasq.conf',
        `port=0\ninterface=${device}\nbind-interfaces\nno-ping\nlog-dhcp\nuser=root\npid-file=\n` +
          `dhcp-leasefile=${folder}/leases\ndhcp-range=${RANGE.join()},255.255.255.0\n${snippet}`,
      );
      runTool(dnsmasq, ['--test', '-C', file]);
      return { peer: start(dnsmasq, ['--no-daemon', '-C', file]), ready: 'DHCP, IP range' };
    }),
  'ISC dhcpd': (snippet, device, start = startPeer) =>
    started((folder) => {
      const dhcpd = program('dhcpd', 'isc-dhcp-server');
      const subnet = `subnet 10.77.0.0 netmask 255.255.255.0 { range ${RANGE.join(' ')}; }\n`;
      const file = written(folder, 'dhcpd.conf', `authoritative;\nping-check false;\n${subnet}${snippet}`);
      const leases = written(folder, 'leases', '');
      runTool(dhcpd, ['-4', '-t', '-cf', file]);
      const args = ['-4', '-f', '-d', '-cf', file, '-lf', leases, '-pf', join(folder, 'pid'), device];
      return { peer: start(dhcpd, args), ready: 'Server starting service' };
    }),
  Kea: (snippet, device, start = startPeer) =>
    started((folder) => {
      const kea = program('kea-dhcp4', 'kea-dhcp4-server');
      const file = written(
        folder,
        'kea.json',
        `{ "Dhcp4": { "interfaces-config": { "interfaces": ["${device}"] },
  "lease-database": { "type": "memfile", "persist": false },
  "subnet4": [{ "id": 1, "subnet": "10.77.0.0/24", "pools": [{ "pool": "${RANGE.join(' - ')}" }] }],
  "loggers": [{ "name": "kea-dhcp4", "severity": "INFO", "output_options": [{ "output": "stdout" }] }],
  ${snippet} } }`,
      );
      const place = { KEA_PIDFILE_DIR: folder, KEA_LOCKFILE_DIR: folder };
      runTool('/usr/bin/env', [...Object.entries(place).map(([name, value]) => `${name}=${value}`), kea, '-t', file]);
      return { peer: start(kea, ['-c', file], place), ready: 'DHCP4_STARTED' };
    }),
};

async function started(begin: (folder: string) => { peer: Peer; ready: string }): Promise<DhcpServer> {
  const folder = mkdtempSync(join(tmpdir(), 'atn-dhcp-'));
  const { peer, ready } = begin(folder);
  await eventually(() => {
    if (!peer.output().includes(ready)) throw new Error(`it does not serve: ${peer.output()}`);
  });
  return {
    output: peer.output,
    stop: async () => {
      await peer.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function written(folder: string, name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
