import { CompletionError, openSession, openSol } from 'ipmi-js';
import type { Duplex } from 'node:stream';
import { DriverError } from '../driver-error.ts';
import type { IpmiLink } from './ipmi-link.ts';
import { sessionOptions } from './ipmi-link.ts';

/** In a session of its own, so that a lost answer to a command does not take the console along. */
export async function openSolConsole({ endpoint }: IpmiLink): Promise<Duplex> {
  const session = await openSession(sessionOptions(endpoint));
  try {
    const console = await openSol(session);
    console.once('close', () => void session.close());
    return console;
  } catch (error) {
    await session.close();
    throw refusal(error) ?? error;
  }
}

/** Codes of Activate Payload (IPMI 2.0, 24.1). */
function refusal(cause: unknown): DriverError | undefined {
  const code = cause instanceof CompletionError ? cause.completionCode : undefined;
  if (code === 0x80)
    return new DriverError('OOBM_REFUSED', 'Another session has the console of this BMC. Close it there first.', { cause });
  if (code === 0x81) return new DriverError('OOBM_UNSUPPORTED', 'Serial over LAN is switched off in this BMC, or it has none.', { cause });
  return undefined;
}
