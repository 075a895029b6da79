import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sut } from '../../../src-shared/model/sut.ts';
import { Changes } from '../../changes.ts';
import type { Caller } from '../caller.ts';
import { refusalOf } from '../oobm/operate.ts';
import { ConsoleBroker } from './console-broker.ts';

const ada: Caller = { user: 'ada', origin: 'desktop' };
const bob: Caller = { user: 'bob', origin: 'cli' };
const eve: Caller = { user: 'eve', origin: 'rest' };

let changes: Changes;
let broker: ConsoleBroker;
let machines: PassThrough[];
let noted: string[];
let facts: Pick<Sut, 'reservedBy' | 'inUse'>;
let now: number;

beforeEach(() => {
  changes = new Changes();
  machines = [];
  noted = [];
  facts = { reservedBy: null, inUse: null };
  now = 1000;
  broker = new ConsoleBroker({
    folder: mkdtempSync(join(tmpdir(), 'atn-consoles-')),
    clock: { now: () => (now += 1) },
    changes,
    need: (id) => ({ id, name: 'node-1', role: 'sut', maintainedBy: 'ada', ...facts }) as Sut,
    refusal: (sut, right, confirmed) => refusalOf(right, sut, confirmed),
    note: ({ what }) => noted.push(what),
    open: async () => {
      const stream = new PassThrough();
      machines.push(stream);
      return { stream, provider: 'simulated' };
    },
  });
});
afterEach(() => broker.close());

const machine = () => machines.at(-1) ?? new PassThrough();
const opened = () => vi.waitFor(() => expect(broker.state('s').state).toBe('open'));
const code = (wanted: string) => expect.objectContaining({ code: wanted }) as Error;
const recording = () => {
  const found = broker.state('s').recording;
  if (found === null) throw new Error('nothing is recorded');
  return found;
};

describe('the recording', () => {
  it('holds every byte of a flood, while nobody reads what comes', async () => {
    broker.attach('s');
    await opened();
    const all = Buffer.from(Array.from({ length: 400_000 }, (_, line) => `line ${line}\r\n`).join(''));
    for (let at = 0; at < all.length; at += 65_536) machine().write(all.subarray(at, at + 65_536));
    await vi.waitFor(() => expect(recording().size).toBe(all.length));
    const pieces: Buffer[] = [];
    for (let offset = 0; offset < all.length; offset += 1_048_576) {
      pieces.push(Buffer.from(broker.read('s', recording().id, { offset, length: 1_048_576 }).bytes, 'base64'));
    }
    expect(Buffer.concat(pieces).equals(all)).toBe(true);
  });

  it('knows when something came, and finds it whatever its case and colours', async () => {
    broker.attach('s');
    await opened();
    machine().write('first\r\n');
    await vi.waitFor(() => expect(recording().size).toBe(7));
    now = 5000;
    machine().write('\u001b[31mSecond\u001b[0m boot\r\n');
    await vi.waitFor(() => expect(recording().size).toBeGreaterThan(20));
    const { hits } = await broker.search('s', { text: 'second BOOT', limit: 10 });
    expect(hits).toEqual([expect.objectContaining({ line: 'Second boot', offset: 7 })]);
    expect(hits[0]?.at).toBeGreaterThanOrEqual(5000);
  });

  it('goes on in the same recording when the console is lost and comes back', async () => {
    broker.attach('s');
    await opened();
    machine().write('before');
    await vi.waitFor(() => expect(recording().size).toBe(6));
    machine().destroy(new Error('cable out'));
    await vi.waitFor(() => expect(machines).toHaveLength(2), 5000);
    await opened();
    machine().write('after');
    await vi.waitFor(() => expect(recording().size).toBe(11));
  });

  it('is noted for what it says: a panic, even when it is cut in two', async () => {
    broker.attach('s');
    await opened();
    machine().write('[ 1.0] Kernel pan');
    machine().write('ic - not syncing: oops\r\n');
    machine().write('more\r\n');
    await vi.waitFor(() => expect(noted).toEqual(['kernel panic on the console']));
  });

  it('is not found by a name that leads elsewhere', async () => {
    broker.attach('s');
    await opened();
    expect(() => broker.read('s', '../../etc/passwd', { offset: 0, length: 10 })).toThrow(code('NOT_FOUND'));
  });
});

describe('the writer', () => {
  it('is one: others are told who it is, asked for, and handed over to', async () => {
    broker.attach('s');
    await opened();
    expect(() => broker.write('s', 'x', bob)).toThrow(code('NOT_RESERVED'));
    broker.takeWriter('s', false, bob);
    expect(broker.write('s', 'hello', bob)).toEqual({ written: 5 });
    expect(() => broker.takeWriter('s', false, eve)).toThrow(code('CONFLICT'));
    expect(() => broker.takeWriter('s', true, eve)).toThrow(code('CONFLICT'));
    expect(broker.state('s')).toMatchObject({ writer: 'bob', askedBy: 'eve' });
    expect(broker.releaseWriter('s', bob)).toMatchObject({ writer: 'eve', askedBy: null });
  });

  it('is taken over by the maintainer with open eyes, and that is noted', async () => {
    broker.attach('s');
    await opened();
    broker.takeWriter('s', false, bob);
    expect(() => broker.takeWriter('s', false, ada)).toThrow(code('CONFIRM_FIRST'));
    expect(broker.takeWriter('s', true, ada)).toMatchObject({ writer: 'ada' });
    expect(noted).toEqual(['console taken over']);
    expect(() => broker.write('s', 'x', bob)).toThrow(code('NOT_RESERVED'));
  });

  it('is not somebody who does not hold the machine', async () => {
    facts = { reservedBy: 'bob', inUse: null };
    broker.attach('s');
    await opened();
    expect(() => broker.takeWriter('s', true, eve)).toThrow(code('NOT_RESERVED'));
    expect(broker.takeWriter('s', false, bob)).toMatchObject({ writer: 'bob' });
  });

  it('is nobody as soon as who may act on the machine changes; who reads goes on reading', async () => {
    broker.attach('s');
    await opened();
    broker.takeWriter('s', false, bob);
    changes.emit('fences:changed', { sutIds: ['s'] });
    expect(broker.state('s').writer).toBeNull();
    expect(() => broker.write('s', 'rm -rf /', bob)).toThrow(code('NOT_RESERVED'));
    await vi.waitFor(() => expect(machines).toHaveLength(2), 5000);
    await opened();
    machine().write('still here');
    await vi.waitFor(() => expect(recording().size).toBe(10));
  });
});
