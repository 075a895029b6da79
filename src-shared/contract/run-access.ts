import { z } from 'zod';
import { BootDevice, EventLog, PowerAction, Sensor } from '../model/machine.ts';
import { SutIdentity } from '../model/sut-state.ts';
import { SutRole } from '../model/sut.ts';
import { Id, Name } from '../model/text.ts';
import { procedure } from './base.ts';

/**
 * What a running run may ask of its harness: the keyword library ATN (`resources/robot/library`) asks it, with the token of that run and over a
 * listener of its own on loopback. It is no part of the harness contract: no person and no page gets in here, and a run nowhere else.
 *
 * Every machine is named as the run knows it. FORBIDDEN: not one of this run, or of the test environment where something would be changed.
 * NOT_RESERVED: the run has it no longer.
 */
const BySut = z.object({ sut: Name });
/**
 * `key` makes a deed one deed however often it is sent: a harness that was restarted in between finds it in the history of the machine.
 * `test`: for the history, who of the run asked.
 */
const Deed = BySut.extend({ key: z.uuid(), test: z.string().max(1000).nullable().default(null) });
/** `unknown`: a harness before this one has sent it and ended before the answer came. */
const DeedOutcome = z.object({ outcome: z.enum(['done', 'unknown']) });
export type DeedOutcome = z.infer<typeof DeedOutcome>;

/** A place in what the console of a machine has said; `recordingId` null: nothing was recorded yet. */
const ConsolePlace = z.object({ recordingId: Id.nullable(), offset: z.number().int().min(0) });
export type ConsolePlace = z.infer<typeof ConsolePlace>;

/** A machine as a run sees it. No secrets: those are in `${SUTs}`. */
const RunSut = z.object({
  name: z.string(),
  role: SutRole,
  tags: z.array(z.string()),
  information: z.record(z.string(), z.unknown()),
  identity: SutIdentity.nullable(),
  /** What was last seen of it. */
  power: z.enum(['on', 'off', 'unknown']),
  health: z.enum(['reachable', 'degraded', 'unreachable', 'unknown']),
});

/** ms that a read of the console waits for more at most. */
export const LONGEST_CONSOLE_WAIT = 20_000;

export const runAccessContract = {
  sut: procedure.input(BySut).output(RunSut),
  powerStatus: procedure.input(BySut).output(z.object({ on: z.boolean() })),
  power: procedure.input(Deed.extend({ action: PowerAction })).output(DeedOutcome),
  bootDevice: procedure.input(Deed.extend({ device: BootDevice, lasting: z.enum(['once', 'always']) })).output(DeedOutcome),
  /** `image`: an image of the library by its name, an address that the BMC can fetch, or a file for a virtual machine. */
  insertImage: procedure.input(Deed.extend({ image: z.string().min(1).max(2000), drive: z.string().optional() })).output(DeedOutcome),
  ejectImage: procedure.input(Deed.extend({ drive: z.string().optional() })).output(DeedOutcome),
  sensors: procedure.input(BySut).output(z.object({ sensors: z.array(Sensor) })),
  eventLog: procedure.input(BySut).output(EventLog),
  clearEventLog: procedure.input(Deed).output(DeedOutcome),
  /** Opens the console and keeps it open until the run ends. `start`: where it was when the run began. */
  consolePlace: procedure.input(BySut.extend({ since: z.enum(['now', 'start']) })).output(ConsolePlace),
  /** What came after a place, as soon as there is something; empty after `waitMs`. */
  consoleRead: procedure
    .input(BySut.extend({ place: ConsolePlace, waitMs: z.number().int().min(0).max(LONGEST_CONSOLE_WAIT) }))
    .output(z.object({ place: ConsolePlace, bytes: z.string(), state: z.string(), why: z.string().nullable() })),
  /** Types, in place of whoever has the keys. Answers when the bytes are on their way. */
  consoleWrite: procedure.input(BySut.extend({ text: z.string().min(1).max(100_000) })).output(z.object({ written: z.number().int() })),
};
