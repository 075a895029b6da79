import { z } from 'zod';
import { Attempt } from './sut-state.ts';
import { Provider } from './sut-endpoint.ts';
import { Timestamp } from './text.ts';

/** `soft` asks the operating system to shut down; the others do not ask. `cycle` is off, then on; `reset` keeps the power. */
export const PowerAction = z.enum(['on', 'off', 'cycle', 'reset', 'soft']);
export type PowerAction = z.infer<typeof PowerAction>;
/** `none` withdraws an override: the machine's own order counts. */
export const BootDevice = z.enum(['none', 'pxe', 'disk', 'cdrom', 'usb', 'bios', 'http']);
export type BootDevice = z.infer<typeof BootDevice>;
export const SensorHealth = z.enum(['ok', 'warning', 'critical', 'unavailable']);

export const Sensor = z.object({
  /** Stable within the machine and provider. */
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  /** In `unit`; null for a sensor of states and for one that gives no reading now. */
  value: z.number().nullable(),
  unit: z.string().nullable(),
  states: z.array(z.string()),
  health: SensorHealth,
  /** Why there is no reading. */
  reason: z.string().nullable(),
  thresholds: z.object({
    lowerNonRecoverable: z.number().optional(),
    lowerCritical: z.number().optional(),
    lowerNonCritical: z.number().optional(),
    upperNonCritical: z.number().optional(),
    upperCritical: z.number().optional(),
    upperNonRecoverable: z.number().optional(),
  }),
});
export type Sensor = z.infer<typeof Sensor>;

export const LogEntry = z.object({
  id: z.string(),
  /** Null when the BMC's clock was not set. */
  at: z.number().nullable(),
  source: z.string(),
  message: z.string(),
  severity: z.enum(['ok', 'warning', 'critical']),
  /** False when the event ceased. */
  asserted: z.boolean(),
});
export type LogEntry = z.infer<typeof LogEntry>;

export const EventLog = z.object({
  /** Oldest first. */
  entries: z.array(LogEntry),
  capacity: z.number().nullable(),
  /** True when the log refused entries because it was full. */
  overflow: z.boolean(),
});
export type EventLog = z.infer<typeof EventLog>;

export const FruItem = z.object({
  id: z.string(),
  name: z.string(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
  problem: z.string().nullable(),
});
export type FruItem = z.infer<typeof FruItem>;

export const FirmwareItem = z.object({ id: z.string(), name: z.string(), version: z.string(), updateable: z.boolean().nullable() });
export type FirmwareItem = z.infer<typeof FirmwareItem>;

export const VirtualDrive = z.object({
  id: z.string(),
  name: z.string(),
  kinds: z.array(z.enum(['cd', 'usb', 'floppy'])),
  image: z.string().nullable(),
  inserted: z.boolean(),
});
export type VirtualDrive = z.infer<typeof VirtualDrive>;

/** `library`: the image of the library that is in it; `served` false: the machine cannot read it any more, it was handed out before a restart. */
export const NamedDrive = VirtualDrive.extend({ library: z.object({ name: z.string(), served: z.boolean() }).nullable() });
export type NamedDrive = z.infer<typeof NamedDrive>;

/** What every answer of a machine carries: who gave it, how long it took, what was tried before. */
export const Answered = { provider: Provider, tookMs: z.number(), attempts: z.array(Attempt), at: Timestamp };
