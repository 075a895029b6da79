import { laneStart, type LaneCursor } from '@atn/run-record';
import { open } from 'node:fs/promises';
import { LaneAnswer, type Lane } from '../../../../src-shared/protocol/messages.ts';
import type { Run } from '../../../../src-shared/model/run.ts';
import type { HubRunRow } from '../../../store/hub-runs.ts';
import type { HubServices } from '../hub-services.ts';
import { asHubSees } from './tell-runs.ts';

/** Bytes of the console that go in one message. */
const CONSOLE_PART = 131_072;

interface Going {
  row: HubRunRow & { run_id: string };
  run: Run;
  session: string;
  ask(event: string, message: unknown): Promise<unknown>;
}

/** Where the hub's copy stands, as it said last. Nobody has to remember it: asked again, the hub says it again. */
export interface LanePlace {
  cursor: string | null;
  console: number;
  /** How the run was when it was shown last. */
  shown: string;
}

export const unknownPlace = (): LanePlace => ({ cursor: null, console: 0, shown: '' });

/** Sends what the hub does not have of the record and the console. Answers whether everything that there is now has arrived. */
export async function sendLane(services: HubServices, going: Going, place: LanePlace): Promise<boolean> {
  if (place.cursor === null && !(await say(going, place, { from: null, to: '-', ...NOTHING }))) return false;
  for (;;) {
    const from = place.cursor ?? '-';
    const [part, console] = await Promise.all([
      services.remoteRuns.lane(going.row.run_id, parseLane(from)),
      readPart(services.remoteRuns.consoleFile(going.row.run_id), place.console),
    ]);
    const to = part === null ? from : formatLane(part.cursor);
    const run = asHubSees(services.store, going.row, services.remoteRuns.find(going.row.run_id) ?? going.run);
    const shown = JSON.stringify(run);
    const rows = part === null ? NOTHING : { meta: [...part.meta], items: [...part.items], messages: [...part.messages] };
    if (to === from && rows.items.length === 0 && console === null && shown === place.shown) return true;
    if (!(await say(going, place, { from, to, ...rows, console, run: shown === place.shown ? null : run }))) return false;
    place.shown = shown;
    if (part?.more !== true && console === null) return true;
  }
}

const NOTHING = { meta: [], items: [], messages: [], console: null, run: null } satisfies Partial<Lane>;

/** False: nothing more can be sent now. */
async function say(
  { row, session, ask }: Going,
  place: LanePlace,
  part: Pick<Lane, 'from' | 'to' | 'meta' | 'items' | 'messages' | 'console' | 'run'>,
): Promise<boolean> {
  const answer = LaneAnswer.parse(await ask('lane', { session, runId: row.id, ...part }));
  if (answer.kind !== 'taken') return false;
  place.cursor = answer.cursor;
  place.console = answer.console;
  return true;
}

async function readPart(file: string, offset: number): Promise<Lane['console']> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(CONSOLE_PART), 0, CONSOLE_PART, offset);
    return bytesRead === 0 ? null : { offset, data: buffer.toString('base64', 0, bytesRead) };
  } finally {
    await handle.close();
  }
}

/** `lastItem.lastMessage.open,open`; a hyphen is the beginning. */
function formatLane({ lastItem, lastMessage, open }: LaneCursor): string {
  return `${lastItem}.${lastMessage}.${open.join(',')}`;
}

function parseLane(text: string): LaneCursor {
  if (text === '-') return laneStart;
  const [lastItem = '0', lastMessage = '0', open = ''] = text.split('.');
  return { lastItem: Number(lastItem), lastMessage: Number(lastMessage), open: open.split(',').filter(Boolean).map(Number) };
}
