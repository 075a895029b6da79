import type { ConsolePlace } from '../../../src-shared/contract/run-access.ts';
import { WorkbenchError } from '../../errors.ts';
import type { RunAccessServices, RunEntry } from './run-access-services.ts';

type Services = Pick<RunAccessServices, 'consoles' | 'changes'>;

/** Bytes in one answer at most. */
const PIECE = 128 * 1024;
/** ms in which a console is open or is known not to open; nobody waits longer for it before switching a machine. */
const OPENING = 5000;

/** Opens the console of a machine and keeps it open until the run ends. Resolves when it is open, or does not open now. */
export async function keepConsoleOpen(services: Services, run: RunEntry, sutId: string): Promise<void> {
  if (!run.consoles.has(sutId)) run.consoles.set(sutId, services.consoles.attach(sutId));
  const settled = () => ['open', 'waiting'].includes(services.consoles.state(sutId).state);
  await waitUntil(services, sutId, { holds: settled, waitMs: OPENING, signal: run.leaving });
}

/** A place to read on from; `start`: where the console was when the run began. */
export async function placeInConsole(
  services: Services,
  run: RunEntry,
  { sutId, since }: { sutId: string; since: 'now' | 'start' },
): Promise<ConsolePlace> {
  await keepConsoleOpen(services, run, sutId);
  const { recording } = services.consoles.state(sutId);
  if (since === 'now') return recording === null ? NOWHERE : { recordingId: recording.id, offset: recording.size };
  return services.consoles.placeAt(sutId, run.startedAt) ?? NOWHERE;
}

const NOWHERE: ConsolePlace = { recordingId: null, offset: 0 };

/** What came after a place, as soon as there is something. A recording that has ended goes over into the next one. */
export async function readConsole(
  services: Services,
  run: RunEntry,
  { sutId, place, waitMs, signal }: { sutId: string; place: ConsolePlace; waitMs: number; signal: AbortSignal },
): Promise<{ place: ConsolePlace; bytes: string; state: string; why: string | null }> {
  if (place.recordingId !== null && !services.consoles.has(sutId, place.recordingId)) {
    throw new WorkbenchError('NOT_FOUND', 'The recording of this console does not exist any more. Wait with since=now.');
  }
  await keepConsoleOpen(services, run, sutId);
  let found = next(services, run, { sutId, place });
  const look = () => {
    found = next(services, run, { sutId, place });
    return found.bytes.length > 0;
  };
  if (found.bytes.length === 0) await waitUntil(services, sutId, { holds: look, waitMs, signal });
  const { state, why } = services.consoles.state(sutId);
  return { place: found.place, bytes: found.bytes.toString('base64'), state, why };
}

function next({ consoles }: Services, run: RunEntry, { sutId, place }: { sutId: string; place: ConsolePlace }) {
  let at = place;
  for (;;) {
    const { recordingId, offset } = at;
    if (recordingId !== null) {
      const bytes = consoles.bytes(sutId, recordingId, { offset, length: PIECE });
      if (bytes.length > 0) return { place: { recordingId, offset: offset + bytes.length }, bytes };
    }
    const later = laterRecording(consoles, { sutId, run, recordingId });
    if (later === undefined) return { place: at, bytes: Buffer.alloc(0) };
    at = { recordingId: later, offset: 0 };
  }
}

/** The recording after this one; the first of the run when there was none. */
function laterRecording(
  consoles: Services['consoles'],
  { sutId, run, recordingId }: { sutId: string; run: RunEntry; recordingId: string | null },
): string | undefined {
  const live = consoles.state(sutId).recording?.id;
  if (recordingId !== null && recordingId === live) return undefined;
  const oldestFirst = consoles.recordings(sutId).reverse();
  if (recordingId === null) return oldestFirst.find(({ begin }) => begin >= run.startedAt)?.id;
  return oldestFirst[oldestFirst.findIndex(({ id }) => id === recordingId) + 1]?.id;
}

/** Until something is so, or the time is over; looks whenever the console has news. */
async function waitUntil(
  { changes }: Pick<Services, 'changes'>,
  sutId: string,
  { holds, waitMs, signal }: { holds: () => boolean; waitMs: number; signal: AbortSignal },
): Promise<void> {
  if (holds() || signal.aborted || waitMs === 0) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    const stop = changes.on('console:changed', (change) => {
      if (change.sutId === sutId && holds()) done();
    });
    signal.addEventListener('abort', done);
  });
}
