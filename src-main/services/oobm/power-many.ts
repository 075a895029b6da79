import type { PowerAction } from '../../../src-shared/model/machine.ts';
import { asWorkbenchError } from '../../errors.ts';
import type { Caller } from '../caller.ts';
import { needSut } from '../suts/sut-services.ts';
import { operate } from './operate.ts';
import type { OobmServices } from './oobm-services.ts';

interface Request {
  ids: readonly string[];
  action: PowerAction;
  reason?: string | undefined;
  confirmed: boolean;
}

interface Outcome {
  id: string;
  name: string;
  outcome: 'done' | 'confirm' | 'refused' | 'failed';
  message: string | null;
}

const REFUSALS: readonly string[] = ['NOT_RESERVED', 'SUT_BUSY'];

export function powerSut(services: OobmServices, { id, action, reason, confirmed }: Omit<Request, 'ids'> & { id: string }, caller: Caller) {
  const command = { id, capability: 'power', action: 'set', args: { action }, what: `power ${action}`, why: reason, confirmed } as const;
  return operate(services, command, caller);
}

/** All at once; each is told how it came out, and one that fails keeps none of the others. */
export function powerMany(services: OobmServices, { ids, ...request }: Request, caller: Caller): Promise<Outcome[]> {
  return Promise.all(
    [...new Set(ids)].map(async (id): Promise<Outcome> => {
      let name = id;
      try {
        name = needSut(services.suts, id).name;
        await powerSut(services, { ...request, id }, caller);
        return { id, name, outcome: 'done', message: null };
      } catch (thrown) {
        const error = asWorkbenchError(thrown);
        return { id, name, outcome: outcomeOf(error.code), message: error.message };
      }
    }),
  );
}

function outcomeOf(code: string): Outcome['outcome'] {
  if (code === 'CONFIRM_FIRST') return 'confirm';
  return REFUSALS.includes(code) ? 'refused' : 'failed';
}
