import type { Reservation, ReservationRequest } from '../../../src-shared/model/reservation.ts';
import type { Command, CommandContext, HarnessClient } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { findReservation } from '../find-reservation.ts';
import { columns } from '../output.ts';
import { localTime } from '../run-text.ts';
import { durationFrom, timeFrom } from '../time-words.ts';
import { UsageError } from '../usage.ts';

const OPTIONS = {
  mine: { type: 'boolean' },
  all: { type: 'boolean' },
  sut: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  for: { type: 'string' },
  by: { type: 'string' },
  open: { type: 'boolean' },
  purpose: { type: 'string' },
  'no-wait': { type: 'boolean' },
  'power-off': { type: 'boolean' },
  recipe: { type: 'string' },
  image: { type: 'string' },
  overrule: { type: 'boolean' },
  force: { type: 'string' },
  to: { type: 'string' },
} as const;
interface Values {
  mine?: boolean;
  all?: boolean;
  sut?: string;
  from?: string;
  until?: string;
  for?: string;
  by?: string;
  open?: boolean;
  purpose?: string;
  'no-wait'?: boolean;
  'power-off'?: boolean;
  recipe?: string;
  image?: string;
  overrule?: boolean;
  force?: string;
  to?: string;
}

type Work = (context: CommandContext) => Promise<Reservation | Reservation[]>;
type Deed = (words: string[], values: Values) => Work;

/** `atn reservations list|add|extend|end|hand-over`. */
export const reservations: Command = (line) => {
  const values: Values = line.options(OPTIONS);
  const [name = 'list', ...words] = line.words;
  const deed = Object.hasOwn(DEEDS, name) ? DEEDS[name] : undefined;
  if (deed === undefined) throw new UsageError(`reservations knows ${Object.keys(DEEDS).join(', ')}, not "${name}".`);
  const work = deed(words, values);
  return async (context) => {
    const answer = await work(context);
    context.output.answer(answer, () => text(Array.isArray(answer) ? answer : [answer]));
    return EXIT.passed;
  };
};

const DEEDS: Readonly<Record<string, Deed>> = { list, add, extend, end, 'hand-over': handOver };

function list(words: string[], { mine, all, sut }: Values): Work {
  if (words.length > 0) throw new UsageError(`What is "${words.join(' ')}"?`);
  return ({ client }) => client.reservations.list({ mine: mine === true, alive: all !== true, ...(sut === undefined ? {} : { sut }) });
}

function add(suts: string[], values: Values): Work {
  if (suts.length === 0) throw new UsageError('Name the machines to reserve.');
  const request: ReservationRequest = {
    suts,
    ...timesFrom(values),
    purpose: values.purpose ?? '',
    ifBusy: values['no-wait'] === true ? 'refuse' : 'wait',
    ...endFrom(values),
  };
  return ({ client }) => client.reservations.request(request);
}

/** `--recipe` or `--image`: the machines are provisioned with it before the next one has them. */
function endFrom({ 'power-off': powerOff, recipe, image }: Values): Pick<ReservationRequest, 'atEnd' | 'provision'> {
  const provisions = recipe !== undefined || image !== undefined;
  if (provisions && powerOff === true) throw new UsageError('At the end either --power-off or --recipe and --image.');
  if (!provisions) return { atEnd: powerOff === true ? 'powerOff' : 'nothing' };
  return { atEnd: 'provision', provision: { recipe: recipe ?? 'virtual-media', image: image ?? null } };
}

function timesFrom({ from, until, for: length, open }: Values): Pick<ReservationRequest, 'begin' | 'end' | 'durationMs' | 'open'> {
  const now = Date.now();
  const begin = timeFrom(from, 'from', now);
  const finish = timeFrom(until, 'until', begin ?? now);
  const durationMs = durationFrom(length, 'for');
  if (finish === undefined && durationMs === undefined && open !== true)
    throw new UsageError('Say until when: --for 2h, --until 16:30 or --open.');
  return {
    ...(begin === undefined ? {} : { begin }),
    ...(finish === undefined ? {} : { end: finish }),
    ...(durationMs === undefined ? {} : { durationMs }),
    open: open === true,
  };
}

function extend(words: string[], { by, until, open, overrule }: Values): Work {
  const word = only(words);
  const more = durationFrom(by, 'by');
  const finish = timeFrom(until, 'until', Date.now());
  if ([more, finish, open].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('Say until when: --by 2h, --until 16:30 or --open, one of them.');
  return async ({ client }) => {
    const found = await findReservation(client, word);
    return client.reservations.changeEnd({
      id: found.id,
      open: open === true,
      overrule: overrule === true,
      ...(finish === undefined ? {} : { end: finish }),
      ...(more === undefined ? {} : longer(found, more)),
    });
  };
}

/** One that waits has no end yet, only a length. */
function longer({ end, durationMs }: Reservation, by: number): { end: number } | { durationMs: number } {
  if (end !== null) return { end: end + by };
  if (durationMs === null) throw new UsageError('It has no end that could be later. --until names one.');
  return { durationMs: durationMs + by };
}

function end(words: string[], { force }: Values): Work {
  const word = only(words);
  return async ({ client }) => {
    const { id } = await findReservation(client, word);
    return force === undefined ? client.reservations.release({ id }) : client.reservations.force({ id, reason: force });
  };
}

function handOver(words: string[], { to }: Values): Work {
  const word = only(words);
  if (to === undefined) throw new UsageError('--to says who has it from now on.');
  return async ({ client }: { client: HarnessClient }) =>
    client.reservations.handOver({ id: (await findReservation(client, word)).id, to });
}

function only(words: string[]): string {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) throw new UsageError('One ID is needed; "atn reservations" lists them.');
  return word;
}

function text(found: readonly Reservation[]): string {
  if (found.length === 0) return 'Nobody holds anything.';
  return columns(
    found.map((one) => [
      one.id.slice(0, 13),
      one.holder,
      one.suts.map(({ name }) => name).join(', '),
      one.state,
      spanOf(one),
      one.purpose,
      one.reason?.message ?? '',
    ]),
  );
}

function spanOf({ begin, end: finish, waiting }: Reservation): string {
  if (begin !== null) return `${localTime(begin)} to ${finish === null ? 'no end' : localTime(finish)}`;
  if (waiting === null) return '';
  const expected = waiting.expected === null ? 'not known when' : `about ${localTime(waiting.expected.begin)}`;
  return `place ${waiting.position}, ${expected}`;
}
