import { lanParameter } from '../../commands/transport/lan.js';
import { findSuite } from '../../crypto/suites.js';

export interface LanOptions {
  readonly ip?: string;
  readonly mask?: string;
  readonly gateway?: string;
  readonly mac?: string;
  readonly suites: readonly number[];
}

function ip(text: string): Buffer {
  return Buffer.from(text.split('.').map(Number));
}

function mac(text: string): Buffer {
  return Buffer.from(text.split(':').map((part) => Number.parseInt(part, 16)));
}

/** Which level may use each suite: administrator for all that protect, nothing for the rest. 16 half bytes. */
function suitePrivileges(suites: readonly number[]): Buffer {
  const out = Buffer.alloc(9);
  for (const [index, id] of suites.slice(0, 16).entries()) {
    const level = findSuite(id)?.authentication === 'none' ? 0 : 4;
    const at = 1 + (index >> 1);
    out[at] = (out[at] ?? 0) | (level << ((index & 1) * 4));
  }
  return out;
}

/** LAN configuration parameters of channel 1 as raw bytes by number (IPMI 2.0 table 23-4). */
export function lanParameters(options: LanOptions): Map<number, Buffer> {
  const p = lanParameter;
  const address = mac(options.mac ?? '02:00:5e:10:00:01');
  return new Map<number, Buffer>([
    [p.setInProgress, Buffer.from([0])],
    [p.authSupport, Buffer.from([0x00])],
    [p.authEnables, Buffer.from([0, 0, 0, 0, 0])],
    [p.ipAddress, ip(options.ip ?? '127.0.0.1')],
    [p.ipSource, Buffer.from([1])],
    [p.macAddress, address],
    [p.subnetMask, ip(options.mask ?? '255.0.0.0')],
    [p.ipv4Header, Buffer.from([0x40, 0x40, 0x10])],
    [p.arpControl, Buffer.from([0x03])],
    [p.arpInterval, Buffer.from([0x03])],
    [p.gateway, ip(options.gateway ?? '0.0.0.0')],
    [p.gatewayMac, Buffer.alloc(6)],
    [p.backupGateway, ip('0.0.0.0')],
    [p.backupGatewayMac, Buffer.alloc(6)],
    [p.community, Buffer.from('public'.padEnd(18, '\0'), 'latin1')],
    [p.destinations, Buffer.from([0])],
    [p.vlanId, Buffer.from([0, 0])],
    [p.vlanPriority, Buffer.from([0])],
    [p.cipherSuiteCount, Buffer.from([options.suites.length])],
    [p.cipherSuites, Buffer.from([0, ...options.suites])],
    [p.cipherPrivileges, suitePrivileges(options.suites)],
  ]);
}

/** SOL configuration parameters (IPMI 2.0 table 26-5). */
export function solParameters(port: number): Map<number, Buffer> {
  return new Map<number, Buffer>([
    [0, Buffer.from([0])],
    [1, Buffer.from([1])],
    [2, Buffer.from([0xc2])],
    [3, Buffer.from([4, 60])],
    [4, Buffer.from([7, 5])],
    [5, Buffer.from([10])],
    [6, Buffer.from([10])],
    [7, Buffer.from([1])],
    [8, Buffer.from([port & 0xff, port >> 8])],
  ]);
}
