import type { ErrorCode } from '../../src-shared/contract/errors.ts';
import type { Endpoint, Provider } from './endpoints.ts';

/**
 * What can be asked of a machine out of band. Everything here is plain data, because it crosses a thread: a request is answered by the
 * first provider of the SUT that can do it, and the answer says what was tried.
 */
export const CAPABILITIES = [
  'identity',
  'power',
  'bootDevice',
  'virtualMedia',
  'sensors',
  'sel',
  'fru',
  'identify',
  'firmware',
  'shell',
  'console',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** What a machine or its BMC says it is; null for what it does not tell. */
export interface Identity {
  /** In the form 8-4-4-4-12, lower case: the stable id of a SUT where there is one. */
  uuid: string | null;
  manufacturer: string | null;
  model: string | null;
  serial: string | null;
  assetTag: string | null;
  hostName: string | null;
  /** Version of the BMC's firmware. */
  bmcVersion: string | null;
  /** Version of BIOS or UEFI. */
  biosVersion: string | null;
}

export interface PowerState {
  on: boolean;
  /** More than on or off, in words (`switching off`), if the provider tells. */
  detail: string | null;
}

/** `soft` asks the operating system to shut down; the others do not ask. `cycle` is off, then on; `reset` keeps the power. */
export const POWER_ACTIONS = ['on', 'off', 'cycle', 'reset', 'soft'] as const;
export type PowerAction = (typeof POWER_ACTIONS)[number];

/** `none` withdraws an override: the machine's own order counts. */
export const BOOT_DEVICES = ['none', 'pxe', 'disk', 'cdrom', 'usb', 'bios', 'http'] as const;
export type BootDevice = (typeof BOOT_DEVICES)[number];

export interface BootOverride {
  device: BootDevice | null;
  /** `once` for the next start only; null when the provider cannot tell. */
  lasting: 'once' | 'always' | null;
  firmware: 'bios' | 'uefi' | null;
}

export interface VirtualDrive {
  /** To name it in insert and eject. */
  id: string;
  name: string;
  kinds: ('cd' | 'usb' | 'floppy')[];
  /** Address of what is in it; null when empty. */
  image: string | null;
  inserted: boolean;
}

export type Health = 'ok' | 'warning' | 'critical' | 'unavailable';

export const THRESHOLDS = [
  'lowerNonRecoverable',
  'lowerCritical',
  'lowerNonCritical',
  'upperNonCritical',
  'upperCritical',
  'upperNonRecoverable',
] as const;

export interface Sensor {
  /** Stable within the machine and provider. */
  id: string;
  name: string;
  /** In words, as the provider says it: `Temperature`, `Fan`, `Voltage`. */
  kind: string;
  /** In `unit`; null for a sensor of states and for one that gives no reading now. */
  value: number | null;
  unit: string | null;
  /** Asserted states in words. */
  states: string[];
  health: Health;
  /** Why there is no reading. */
  reason: string | null;
  /** In `unit`; those the sensor does not have are left out. */
  thresholds: Partial<Record<(typeof THRESHOLDS)[number], number>>;
}

export interface LogEntry {
  /** Unique in this log until it is cleared. */
  id: string;
  /** UTC ms; null when the BMC's clock was not set. */
  at: number | null;
  /** The sensor, component or service it is about. */
  source: string;
  /** A sentence or key words. */
  message: string;
  severity: 'ok' | 'warning' | 'critical';
  /** False when the event ceased. */
  asserted: boolean;
}

export interface EventLog {
  /** Oldest first. */
  entries: LogEntry[];
  /** Entries there is room for, counting those that are there; null when unknown. */
  capacity: number | null;
  /** True when the log refused entries because it was full. */
  overflow: boolean;
}

export interface FruItem {
  id: string;
  name: string;
  /** Label and value, in the provider's order. */
  fields: { name: string; value: string }[];
  /** Why it could not be read, or what is wrong in it. */
  problem: string | null;
}

export interface FirmwareItem {
  id: string;
  name: string;
  version: string;
  updateable: boolean | null;
}

export interface ShellAnswer {
  /** Null when a signal ended the command. */
  exitCode: number | null;
  signal: string | null;
  /** At most 1 MiB each; `cut` says when there was more. */
  stdout: string;
  stderr: string;
  cut: boolean;
}

type Nothing = Record<string, never>;
interface Operation<Args, Value> {
  args: Args;
  value: Value;
}

/** Every action of every capability: what it is given and what it answers. `console` is a stream and has a way of its own. */
export interface Operations {
  identity: { read: Operation<Nothing, Identity> };
  power: { read: Operation<Nothing, PowerState>; set: Operation<{ action: PowerAction }, null> };
  bootDevice: {
    read: Operation<Nothing, BootOverride>;
    /** `uri`: what is fetched and started from the network, where the way to the machine can tell it that; others ask the lab's DHCP server. */
    set: Operation<{ device: BootDevice; lasting: 'once' | 'always'; firmware?: 'bios' | 'uefi'; uri?: string }, null>;
  };
  virtualMedia: {
    read: Operation<Nothing, VirtualDrive[]>;
    /** `image` is an address that the BMC can fetch (http, https, nfs), for qemu a file of this computer. No `drive`: the first that fits. Answers which one. */
    insert: Operation<{ image: string; drive?: string; kind?: 'cd' | 'usb' }, { drive: string }>;
    eject: Operation<{ drive?: string }, null>;
  };
  sensors: { read: Operation<Nothing, Sensor[]> };
  sel: { read: Operation<Nothing, EventLog>; clear: Operation<Nothing, null> };
  fru: { read: Operation<Nothing, FruItem[]> };
  /** `seconds` where the light goes out by itself; left out: until it is switched off, or as long as the BMC can. */
  identify: { read: Operation<Nothing, { on: boolean }>; set: Operation<{ on: boolean; seconds?: number }, null> };
  firmware: { read: Operation<Nothing, FirmwareItem[]> };
  shell: { run: Operation<{ command: string }, ShellAnswer> };
}

export type Asked = keyof Operations;
export type Action<C extends Asked> = keyof Operations[C] & string;
export type Args<C extends Asked, A extends Action<C>> = Operations[C][A] extends { args: infer Given } ? Given : never;
export type Value<C extends Asked, A extends Action<C>> = Operations[C][A] extends { value: infer Told } ? Told : never;

/** Actions that change nothing; all others need a fence. */
export const isReading = (action: string): boolean => action === 'read';

/**
 * The random token that says who may act on a SUT. `null` means: nobody holds it, as far as the caller knows. It must equal the one in
 * force at the moment of sending.
 */
export type Fence = string | null;

export interface Call<C extends Asked = Asked, A extends Action<C> = Action<C>> {
  sut: { id: string; name: string };
  /** In the order in which they are to be tried, secrets included; they live in memory only. */
  endpoints: readonly Endpoint[];
  capability: C;
  action: A;
  args: Args<C, A>;
  /** What the caller believes to be in force; asked of every action but `read`. */
  fence?: Fence;
  /** `poll` waits behind what a person asked. */
  urgency?: 'person' | 'poll';
  /** For the whole call, all providers together; left out: 30 s, for long reads 90 s. */
  timeoutMs?: number;
}

/** One provider that was tried. */
export interface Attempt {
  provider: Provider;
  endpointId: string;
  outcome: 'done' | 'unsupported' | 'failed';
  code: ErrorCode | null;
  /** What went wrong, for a person; null when done. */
  message: string | null;
  tookMs: number;
}

export interface Answer<T> {
  value: T;
  provider: Provider;
  endpointId: string;
  /** From the moment it was sent to the worker until the answer, waiting in the machine's queue included. */
  tookMs: number;
  attempts: Attempt[];
}
