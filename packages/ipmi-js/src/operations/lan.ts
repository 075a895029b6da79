import { getLanParameter, ipSources, lanParameter } from '../commands/transport/lan.js';
import { privilegeNames } from '../commands/privilege.js';
import type { Sender } from '../client/sender.js';
import { isCompletion } from '../wire/command.js';
import { UnsupportedError } from '../wire/errors.js';

/** LAN settings of a channel; what the BMC does not have is undefined. */
export interface LanConfig {
  readonly channel: number;
  readonly setInProgress: string | undefined;
  readonly ipSource: string | undefined;
  readonly ip: string | undefined;
  readonly mask: string | undefined;
  readonly mac: string | undefined;
  readonly gateway: string | undefined;
  readonly gatewayMac: string | undefined;
  readonly backupGateway: string | undefined;
  readonly backupGatewayMac: string | undefined;
  /** Undefined when VLANs are off or unknown. */
  readonly vlanId: number | undefined;
  readonly vlanPriority: number | undefined;
  readonly community: string | undefined;
  readonly authTypes: readonly string[] | undefined;
  /** Types each privilege level may use: callback, user, operator, administrator, OEM. */
  readonly authEnables: readonly (readonly string[])[] | undefined;
  readonly ipHeader:
    { readonly ttl: number; readonly flags: number; readonly precedence: number; readonly serviceType: number } | undefined;
  /** Wrong passwords before a user is locked; 0 never. */
  readonly badPasswordThreshold: number | undefined;
  readonly arpResponses: boolean | undefined;
  readonly gratuitousArp: boolean | undefined;
  readonly arpIntervalSeconds: number | undefined;
  readonly suites: readonly number[] | undefined;
  /** Highest privilege level each suite of `suites` may have. */
  readonly suitePrivileges: readonly string[] | undefined;
}

const authNames = ['none', 'md2', 'md5', undefined, 'password', 'oem'];

function ip(data: Buffer): string {
  return [...data.subarray(0, 4)].join('.');
}

function mac(data: Buffer): string {
  return [...data.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

type Get = (parameter: number, least: number) => Promise<Buffer | undefined>;

function reader(sender: Sender, channel: number): Get {
  return async (parameter, least) => {
    try {
      const { data } = await sender.send(getLanParameter, { channel, revisionOnly: false, parameter, set: 0, block: 0 });
      return data.length >= least ? data : undefined;
    } catch (error) {
      if (isCompletion(error, 0x80, 0xc9, 0xcc, 0xc1, 0xff)) return undefined;
      throw error;
    }
  };
}

async function readSuites(get: Get): Promise<Pick<LanConfig, 'suites' | 'suitePrivileges'>> {
  const count = (await get(lanParameter.cipherSuiteCount, 1))?.[0];
  const list = await get(lanParameter.cipherSuites, 2);
  const levels = await get(lanParameter.cipherPrivileges, 9);
  const suites = count === undefined || list === undefined ? undefined : [...list.subarray(1, 1 + count)];
  const suitePrivileges =
    suites === undefined || levels === undefined
      ? undefined
      : suites.map((_, index) => {
          const level = ((levels[1 + (index >> 1)] ?? 0) >> ((index & 1) * 4)) & 0x0f;
          return level === 0 ? 'unused' : (privilegeNames[level as keyof typeof privilegeNames] ?? `level ${level}`);
        });
  return { suites, suitePrivileges };
}

function authTypes(bits: number): string[] {
  return authNames.filter((name, bit): name is string => name !== undefined && (bits & (1 << bit)) !== 0);
}

const progressNames = ['complete', 'in-progress', 'commit'];

async function readRest(get: Get): Promise<Pick<LanConfig, 'setInProgress' | 'authEnables' | 'ipHeader' | 'badPasswordThreshold'>> {
  const progress = (await get(lanParameter.setInProgress, 1))?.[0];
  const enables = await get(lanParameter.authEnables, 5);
  const header = await get(lanParameter.ipv4Header, 3);
  return {
    setInProgress: progress === undefined ? undefined : (progressNames[progress & 3] ?? `state ${progress}`),
    authEnables: enables && [...enables.subarray(0, 5)].map(authTypes),
    ipHeader: header && {
      ttl: header.readUInt8(0),
      flags: header.readUInt8(1) & 0xe0,
      precedence: header.readUInt8(2) & 0xe0,
      serviceType: header.readUInt8(2) & 0x1e,
    },
    badPasswordThreshold: (await get(lanParameter.badPassword, 6))?.[1],
  };
}

function textOf(data: Buffer | undefined): string | undefined {
  return data?.toString('latin1').replace(/\0.*$/s, '');
}

/** Reads LAN settings (IPMI 2.0 23.2). Rejects with UnsupportedError when the channel has none at all. */
export async function readLanConfig(sender: Sender, channel = 1): Promise<LanConfig> {
  const get = reader(sender, channel);
  const p = lanParameter;
  const address = await get(p.ipAddress, 4);
  const hardware = await get(p.macAddress, 6);
  if (address === undefined && hardware === undefined) throw new UnsupportedError(`channel ${channel} is not a LAN channel`);
  const source = (await get(p.ipSource, 1))?.[0];
  const support = (await get(p.authSupport, 1))?.[0];
  const [mask, gateway, gatewayMac] = [await get(p.subnetMask, 4), await get(p.gateway, 4), await get(p.gatewayMac, 6)];
  const [backup, backupMac] = [await get(p.backupGateway, 4), await get(p.backupGatewayMac, 6)];
  const [vlan, priority] = [(await get(p.vlanId, 2))?.readUInt16LE(), (await get(p.vlanPriority, 1))?.[0]];
  const [arp, interval] = [(await get(p.arpControl, 1))?.[0], (await get(p.arpInterval, 1))?.[0]];
  return {
    channel,
    ipSource: source === undefined ? undefined : (ipSources[(source & 0x0f) as keyof typeof ipSources] ?? `source ${source}`),
    ip: address && ip(address),
    mask: mask && ip(mask),
    mac: hardware && mac(hardware),
    gateway: gateway && ip(gateway),
    gatewayMac: gatewayMac && mac(gatewayMac),
    backupGateway: backup && ip(backup),
    backupGatewayMac: backupMac && mac(backupMac),
    vlanId: vlan === undefined || (vlan & 0x8000) === 0 ? undefined : vlan & 0x0fff,
    vlanPriority: priority === undefined ? undefined : priority & 7,
    community: textOf(await get(p.community, 1)),
    authTypes: support === undefined ? undefined : authTypes(support),
    ...(await readRest(get)),
    arpResponses: arp === undefined ? undefined : (arp & 2) !== 0,
    gratuitousArp: arp === undefined ? undefined : (arp & 1) !== 0,
    arpIntervalSeconds: interval === undefined ? undefined : (interval + 1) / 2,
    ...(await readSuites(get)),
  };
}
