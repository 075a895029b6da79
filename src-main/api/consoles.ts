import { AsyncIteratorClass, implement } from '@orpc/server';
import type { ConsoleEvent } from '../../src-shared/contract/harness/consoles.ts';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { Changes } from '../changes.ts';
import type { ApiContext } from '../harness.ts';
import type { ConsoleBroker } from '../services/consoles/console-broker.ts';
import type { Part } from './part.ts';

interface Services {
  consoles: ConsoleBroker;
  changes: Changes;
}

interface Place {
  recordingId?: string | undefined;
  offset?: number | undefined;
}

/** Bytes at most in one item, and of what is past when nobody says where to begin. */
const PIECE = 128 * 1024;
const PAST = 256 * 1024;

export function consolesPart(services: Services): Part<'consoles'> {
  const procedures = implement(harnessContract.consoles).$context<ApiContext>();
  const { consoles } = services;
  return {
    attach: procedures.attach.handler(({ input, signal }) => attach(services, input, signal)),
    write: procedures.write.handler(({ input, context }) => consoles.write(input.sutId, input.text, context.caller)),
    takeWriter: procedures.takeWriter.handler(({ input, context }) => consoles.takeWriter(input.sutId, input.confirmed, context.caller)),
    releaseWriter: procedures.releaseWriter.handler(({ input, context }) => consoles.releaseWriter(input.sutId, context.caller)),
    recordings: procedures.recordings.handler(({ input }) => consoles.recordings(input.sutId)),
    read: procedures.read.handler(({ input }) => consoles.read(input.sutId, input.recordingId, input)),
    search: procedures.search.handler(({ input }) => consoles.search(input.sutId, input)),
  };
}

/** State and bytes as they come. Bytes are read from the recording, so a slow reader costs no memory and hinders nobody. */
function attach(services: Services, { sutId, ...from }: Place & { sutId: string }, signal: AbortSignal | undefined) {
  const left = new AbortController();
  const events = follow(services, { sutId, from }, signal === undefined ? left.signal : AbortSignal.any([left.signal, signal]));
  return new AsyncIteratorClass<ConsoleEvent, void, void>(
    () => events.next(),
    async () => {
      left.abort();
      await events.return();
    },
  );
}

async function* follow(
  { consoles, changes }: Services,
  { sutId, from }: { sutId: string; from: Place },
  signal: AbortSignal,
): AsyncGenerator<ConsoleEvent, void, void> {
  let wake: () => void = () => undefined;
  let changed = true;
  const told = () => {
    changed = true;
    wake();
  };
  const stop = changes.on('console:changed', (change) => change.sutId === sutId && told());
  signal.addEventListener('abort', told);
  const leave = consoles.attach(sutId);
  let place = { id: '', offset: 0 };
  let before = '';
  try {
    while (!signal.aborted) {
      changed = false;
      const state = consoles.state(sutId);
      const { recording } = state;
      const facts = JSON.stringify({ ...state, recording: recording?.id });
      if (facts !== before) yield { type: 'state', console: state };
      before = facts;
      if (recording !== null) {
        if (place.id !== recording.id) {
          const known: number | undefined = from.recordingId === recording.id ? from.offset : undefined;
          place = { id: recording.id, offset: known ?? Math.max(0, recording.size - PAST) };
        }
        const bytes = consoles.bytes(sutId, recording.id, { offset: place.offset, length: PIECE });
        if (bytes.length > 0) {
          yield { type: 'bytes', recordingId: recording.id, offset: place.offset, bytes: bytes.toString('base64') };
          place.offset += bytes.length;
          continue;
        }
      }
      if (!changed) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    leave();
    stop();
    signal.removeEventListener('abort', told);
  }
}
