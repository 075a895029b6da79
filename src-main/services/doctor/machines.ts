import { setMaxListeners } from 'node:events';
import { asWorkbenchError } from '../../errors.ts';
import type { SutRow } from '../../store/suts.ts';
import { fine, type Check, type Finding } from './check.ts';

interface MachineServices {
  machines: () => SutRow[];
  /** Asks its BMC whether it has power. */
  ask: (id: string, signal: AbortSignal) => Promise<unknown>;
  limitMs?: number;
}

/** Less than what a check may take, so that the machines that did answer are told as well. */
const LIMIT_MS = 12_000;
/** At once; a lab of hundreds would be a scan of its own network. */
const TOGETHER = 32;

/** Every machine with a way to it, all at the same time: one that is off the network delays none. */
export const machines = ({ machines: list, ask, limitMs = LIMIT_MS }: MachineServices): Check => ({
  number: 16,
  id: 'machines',
  title: 'BMC reachability',
  group: 'network',
  look: async ({ signal, onStep }) => {
    const reached = list().filter(({ endpoints }) => endpoints.length > 0);
    const asked = reached.filter(({ maintenance }) => maintenance === null);
    if (reached.length === 0) return fine('no SUT has a BMC yet');
    const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    setMaxListeners(TOGETHER + 1, limit);
    const late = lateOf(limit, limitMs);
    let done = 0;
    const silent = await inTurns(asked, async (sut) => {
      const why = await whySilent(ask(sut.id, limit), { limit, late });
      onStep({ step: 'Asking the machines', done: (done += 1), total: asked.length, unit: 'none' });
      return why === null ? [] : [{ sut, why }];
    });
    const aside = reached.length - asked.length;
    return tell({ all: asked.length, aside }, silent);
  },
});

function tell({ all, aside }: { all: number; aside: number }, silent: { sut: SutRow; why: string }[]): Finding {
  const spared = aside === 0 ? '' : `; ${aside} in maintenance not asked`;
  const detail = `${all - silent.length} of ${all} answer${spared}`;
  if (silent.length === 0) return fine(detail);
  return {
    outcome: 'warning',
    detail,
    lines: silent.map(({ sut, why }) => ({
      text: why.startsWith(sut.name) ? why : `${sut.name}: ${why}`,
      place: { page: 'sut', id: sut.id },
    })),
    repair: 'Open the machine: its endpoints say what was tried. What is repaired by hand for a while is put into maintenance there.',
  };
}

/** What is said of those that have not answered when the time is over. */
function lateOf(limit: AbortSignal, limitMs: number): Promise<string> {
  return new Promise((resolve) => {
    const tell = () => resolve(`It did not answer within ${limitMs / 1000} s.`);
    if (limit.aborted) tell();
    limit.addEventListener('abort', tell, { once: true });
  });
}

/** Null: it answered. */
async function whySilent(asked: Promise<unknown>, { limit, late }: { limit: AbortSignal; late: Promise<string> }): Promise<string | null> {
  const answer = asked.then(
    () => null,
    (error: unknown) => asWorkbenchError(error).message,
  );
  const why = await Promise.race([answer, late]);
  return why !== null && limit.aborted ? late : why;
}

async function inTurns<T, R>(all: readonly T[], work: (one: T) => Promise<R[]>): Promise<R[]> {
  const left = [...all];
  const results: R[] = [];
  const takeTurns = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) results.push(...(await work(next)));
  };
  await Promise.all(Array.from({ length: Math.min(TOGETHER, all.length) }, takeTurns));
  return results;
}
