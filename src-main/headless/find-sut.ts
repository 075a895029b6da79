import { setTimeout as delay } from 'node:timers/promises';
import type { Sut } from '../../src-shared/model/sut.ts';
import { WorkbenchError } from '../errors.ts';
import type { CommandContext } from './command.ts';

/** ms: as long a harness that has just come up is given to look at its machines once. */
const FIRST_LOOK_MS = 5000;
const LOOK_EVERY_MS = 100;

export async function findSut({ client }: Pick<CommandContext, 'client'>, name: string): Promise<Sut> {
  const found = (await client.suts.list()).find((sut) => sut.name.toLowerCase() === name.toLowerCase() || sut.id === name);
  if (found === undefined) throw new WorkbenchError('NOT_FOUND', `There is no SUT named ${name}. "atn suts list" names them.`);
  return found;
}

/** All machines, each asked once already where it can be. */
export async function seenSuts({ client, interrupted }: Pick<CommandContext, 'client' | 'interrupted'>): Promise<Sut[]> {
  const late = Date.now() + FIRST_LOOK_MS;
  for (;;) {
    const suts = await client.suts.list();
    const waiting = suts.some(({ endpoints, observed }) => endpoints.length > 0 && observed.health.state === 'unknown');
    if (!waiting || interrupted.aborted || Date.now() > late) return suts;
    await delay(LOOK_EVERY_MS);
  }
}
