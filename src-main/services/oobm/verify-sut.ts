import type { Capability, CapabilityCheck, SutIdentity } from '../../../src-shared/model/sut-state.ts';
import type { Sut } from '../../../src-shared/model/sut.ts';
import type { Answer } from '../../drivers/capabilities.ts';
import { asWorkbenchError } from '../../errors.ts';
import { saveFindings, type SutRow } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { needSut, readSut } from '../suts/sut-services.ts';
import { readMachine } from './operate.ts';
import { recordEvent } from './record-event.ts';
import { resolveEndpoints } from './resolve-endpoints.ts';
import type { OobmServices } from './oobm-services.ts';

const READ = ['identity', 'power', 'bootDevice', 'virtualMedia', 'sensors', 'sel', 'fru', 'identify', 'firmware'] as const;

export interface Verifying {
  id: string;
  caller: Caller;
  signal: AbortSignal;
  onCheck: (check: CapabilityCheck) => void;
}

/** Tries each capability by reading it, and the console by opening it; keeps the card and what the machine says it is. */
export async function verifySut(services: OobmServices, { id, caller, signal, onCheck }: Verifying): Promise<Sut> {
  const card: CapabilityCheck[] = [];
  let identity: SutIdentity | null = null;
  const keep = (check: CapabilityCheck) => {
    card.push(check);
    onCheck(check);
  };
  await tryPasswordsAgain(services, needSut(services.suts, id));
  for (const capability of READ) {
    const { check, value } = await tryIt(services, capability, async () => readMachine(services, { id, capability }, signal));
    signal.throwIfAborted();
    keep(check);
    if (capability === 'identity' && value !== null) identity = value as SutIdentity;
  }
  keep((await tryIt(services, 'console', () => tryConsole(services, id, signal))).check);
  signal.throwIfAborted();
  saveFindings(services.suts.store, id, { card, ...(identity === null ? {} : { identity }) });
  const works = card.filter(({ outcome }) => outcome === 'works').length;
  recordEvent(services.suts, {
    sutId: id,
    who: caller.user,
    what: 'verified',
    outcome: works > 0 ? 'done' : 'failed',
    message: `${works} of ${card.length} work`,
  });
  services.suts.changes.emit('suts:changed', { ids: [id], removed: [] });
  return readSut(services.suts, id);
}

/** A person asks, who may have corrected at the machine what it refused: refused passwords get their two tries again. */
async function tryPasswordsAgain(services: OobmServices, sut: SutRow): Promise<void> {
  const endpoints = sut.endpoints.length === 0 ? [] : await resolveEndpoints(services, sut);
  for (const endpoint of endpoints) services.jobs.forgive(sut.id, endpoint);
}

async function tryIt(
  services: OobmServices,
  capability: Capability,
  ask: () => Promise<Pick<Answer<unknown>, 'value' | 'provider' | 'tookMs'>>,
): Promise<{ check: CapabilityCheck; value: unknown }> {
  const began = performance.now();
  const checkedAt = services.suts.clock.now();
  try {
    const { value, provider, tookMs } = await ask();
    return { check: { capability, outcome: 'works', provider, checkedAt, tookMs, sentence: 'It answered.' }, value };
  } catch (thrown) {
    const error = asWorkbenchError(thrown);
    const last = error.data.reasons.at(-1)?.subject ?? null;
    const outcome = error.code === 'OOBM_UNSUPPORTED' ? 'unsupported' : 'failed';
    const provider = (last ?? null) as CapabilityCheck['provider'];
    return { check: { capability, outcome, provider, checkedAt, tookMs: performance.now() - began, sentence: error.message }, value: null };
  }
}

async function tryConsole(services: OobmServices, id: string, signal: AbortSignal) {
  const began = performance.now();
  const sut = needSut(services.suts, id);
  const endpoints = await resolveEndpoints(services, sut);
  const { stream, provider } = await services.jobs.openConsole({ sut: { id, name: sut.name }, endpoints, timeoutMs: 10_000 }, signal);
  stream.on('error', () => undefined); // it is closed at once; whatever ends it meanwhile is not what was asked
  stream.destroy();
  return { value: null, provider, tookMs: performance.now() - began };
}
