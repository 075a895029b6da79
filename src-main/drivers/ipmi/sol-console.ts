import { CompletionError, openSession, openSol } from 'ipmi-js';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { DriverError } from '../driver-error.ts';
import type { IpmiLink } from './ipmi-link.ts';
import { sessionOptions } from './ipmi-link.ts';

/** A console that was closed a moment ago is still being freed by its BMC: so long it is asked for again, in milliseconds. */
const FREEING = 2000;
const PAUSE = 200;

/** In a session of its own, so that a lost answer to a command does not take the console along. */
export async function openSolConsole({ endpoint }: IpmiLink): Promise<Duplex> {
  const session = await openSession(sessionOptions(endpoint));
  try {
    const console = await openWhenFree(session);
    console.once('close', () => void session.close());
    return console;
  } catch (error) {
    await session.close();
    throw refusal(error) ?? error;
  }
}

async function openWhenFree(session: Awaited<ReturnType<typeof openSession>>): Promise<Duplex> {
  const until = performance.now() + FREEING;
  for (;;) {
    try {
      return await openSol(session);
    } catch (error) {
      if (!isTaken(error) || performance.now() > until) throw error;
      await pause(PAUSE);
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof CompletionError && error.completionCode === TAKEN;
}

/** Of Activate Payload (IPMI 2.0, 24.1): somebody has it. */
const TAKEN = 0x80;

/** Codes of Activate Payload (IPMI 2.0, 24.1). */
function refusal(cause: unknown): DriverError | undefined {
  const code = cause instanceof CompletionError ? cause.completionCode : undefined;
  if (code === TAKEN)
    return new DriverError('OOBM_REFUSED', 'Another session has the console of this BMC. Close it there first.', { cause });
  if (code === 0x81) return new DriverError('OOBM_UNSUPPORTED', 'Serial over LAN is switched off in this BMC, or it has none.', { cause });
  return undefined;
}
