import { rightToAct } from '../../../src-shared/model/sut-right.ts';
import type { Action, Answer, Args, Asked, Value } from '../../drivers/capabilities.ts';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import { findFence } from '../../store/fences.ts';
import type { Caller } from '../caller.ts';
import { needSut, readSut } from '../suts/sut-services.ts';
import { machinesInside, refusePowerUnderOthers } from './machines-inside.ts';
import { endEvent, recordEvent } from './record-event.ts';
import { resolveEndpoints } from './resolve-endpoints.ts';
import type { OobmServices } from './oobm-services.ts';

interface Command<C extends Asked, A extends Action<C>> {
  id: string;
  capability: C;
  action: A;
  args: Args<C, A>;
  /** Makes of `args` what is sent: work that is done only for somebody who may, and once the row in the history stands. */
  prepare?: ((args: Args<C, A>) => Promise<Args<C, A>>) | undefined;
  /** For the history, in words: `power cycle`. */
  what: string;
  why?: string | undefined;
  /** The person has read whom it hurts. */
  confirmed?: boolean | undefined;
  /** The harness itself does it, by its own rules: nobody is asked. */
  byRule?: true;
  /** A run does it to a machine that it has: `fence` is that of its lease, `eventId` the id of the row in the history. */
  run?: { fence: string; eventId: string };
  /** What may take longer than machines usually do, or be stopped in the middle: ms, and who stops it. */
  limit?: { ms: number; signal: AbortSignal } | undefined;
}

/** Asks a machine something that changes nothing. */
export async function readMachine<C extends Asked>(
  services: OobmServices,
  { id, capability, urgency }: { id: string; capability: C; urgency?: 'person' | 'poll' },
  signal?: AbortSignal,
): Promise<Answer<Value<C, 'read' & Action<C>>>> {
  const sut = needSut(services.suts, id);
  const endpoints = await resolveEndpoints(services, sut);
  const call = { sut: { id, name: sut.name }, endpoints, capability, action: 'read', args: {}, urgency: urgency ?? 'person' };
  return services.jobs.perform(call as never, signal);
}

/**
 * Does something to a machine that its holder or a run would feel: the right is asked first, the row in the history is there before
 * anything is sent, and the fence of that moment travels with the command.
 */
export async function operate<C extends Asked, A extends Action<C>>(
  services: OobmServices,
  command: Command<C, A>,
  caller: Caller,
): Promise<Answer<Value<C, A>>> {
  const sut = readSut(services.suts, command.id);
  const event = { sutId: sut.id, who: caller.user, what: command.what, why: command.why ?? null };
  const isAsked = command.byRule === undefined && command.run === undefined;
  const inside = command.capability === 'power' ? machinesInside(services.suts, sut.id) : [];
  if (command.run !== undefined) refusePowerUnderOthers(sut, inside);
  const refusal = !isAsked ? null : refusalOf(rightToAct(sut, caller.user, inside), sut, command.confirmed === true);
  if (refusal !== null) {
    if (refusal.code !== 'CONFIRM_FIRST') recordEvent(services.suts, { ...event, outcome: 'refused', message: refusal.message });
    throw refusal;
  }
  const fence = command.run?.fence ?? (findFence(services.suts.store, sut.id).token || null);
  const id = recordEvent(services.suts, { ...event, outcome: 'underway', ...(command.run && { id: command.run.eventId }) });
  const end = (ended: Parameters<typeof endEvent>[2]) => endEvent(services.suts, { id, sutId: sut.id }, ended);
  try {
    const { capability, action, prepare, limit } = command;
    const args = prepare === undefined ? command.args : await prepare(command.args);
    const answer = await under(services, sut.id, async () => {
      const endpoints = await resolveEndpoints(services, sut);
      const call = { sut: { id: sut.id, name: sut.name }, endpoints, capability, action, args, fence };
      return services.jobs.perform(limit === undefined ? call : { ...call, timeoutMs: limit.ms }, limit?.signal);
    });
    end({ outcome: 'done', provider: answer.provider, tookMs: answer.tookMs, attempts: answer.attempts });
    return answer;
  } catch (thrown) {
    const error = asWorkbenchError(thrown);
    end({ outcome: 'failed', message: [error.message, ...error.data.details].join('\n') });
    throw error;
  }
}

async function under<T>({ underway }: OobmServices, sutId: string, work: () => Promise<T>): Promise<T> {
  underway.set(sutId, (underway.get(sutId) ?? 0) + 1);
  try {
    return await work();
  } finally {
    const left = (underway.get(sutId) ?? 1) - 1;
    if (left === 0) underway.delete(sutId);
    else underway.set(sutId, left);
  }
}

/** Null when it may be done. `CONFIRM_FIRST` is answered where the same, confirmed, would be done. */
export function refusalOf(
  { verdict, hurts }: ReturnType<typeof rightToAct>,
  sut: { name: string; maintainedBy: string; reservedBy: string | null; inUse: unknown },
  confirmed: boolean,
): WorkbenchError | null {
  if (verdict === 'free' || (verdict === 'confirm' && confirmed)) return null;
  const others = sut.inUse === null ? ('NOT_RESERVED' as const) : ('SUT_BUSY' as const);
  const code = verdict === 'confirm' ? ('CONFIRM_FIRST' as const) : others;
  const reasons = hurts.map((message) => ({ code, message, subject: sut.name }));
  const people = [...new Set([sut.reservedBy ?? sut.maintainedBy, sut.maintainedBy])].join(' or ');
  const advice = verdict === 'confirm' ? 'Confirm that you want it all the same.' : `Ask ${people}.`;
  return new WorkbenchError(code, `${hurts.join(' ')} ${advice}`, { reasons });
}
