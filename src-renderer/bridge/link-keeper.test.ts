import { describe, expect, it } from 'vitest';
import { LinkKeeper, waitBefore, type LinkState } from './link-keeper.ts';
import { RefusedError, type Link, type OpenLink, type Transport } from './transport.ts';

const link = (name: string): Link => ({ call: () => Promise.resolve(name) });

/** A transport and a clock that a test moves by hand. */
function bench() {
  const opens: ((outcome: OpenLink | Error) => void)[] = [];
  const waits: { readonly milliseconds: number; readonly over: () => void }[] = [];
  let now = 1000;
  const transport: Transport = {
    face: 'headless',
    open: () =>
      new Promise((resolve, reject) => {
        opens.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
      }),
  };
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((over) => {
      waits.push({ milliseconds, over: () => ((now += milliseconds), over()) });
    });
  const keeper = new LinkKeeper(transport, { now: () => now, wait, random: () => 1 });
  const states: LinkState[] = [];
  keeper.subscribe((state) => states.push(state));
  void keeper.keep();
  return { keeper, opens, waits, states };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function open(name: string): { readonly opened: OpenLink; readonly lose: () => void } {
  let lose = (): void => undefined;
  const closed = new Promise<void>((resolve) => (lose = resolve));
  return { opened: { link: link(name), closed }, lose: () => lose() };
}

describe('the wait before another try', () => {
  it('doubles from a quarter of a second to eight seconds, less a little by chance', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => waitBefore(attempt, 1))).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
    expect(waitBefore(3, 0)).toBe(800);
  });
});

describe('keeping a link up', () => {
  it('hands the link to calls that waited for it', async () => {
    const { keeper, opens, states } = bench();
    const waiting = keeper.link(5000);
    const first = open('first');
    opens[0]?.(first.opened);
    await expect(waiting).resolves.toBe(first.opened.link);
    expect(states.map(({ status }) => status)).toEqual(['online']);
  });

  it('comes back by itself, waiting longer each time, and remembers since when it was away', async () => {
    const { keeper, opens, waits, states } = bench();
    const first = open('first');
    opens[0]?.(first.opened);
    await settle();
    first.lose();
    await settle();
    expect(waits.at(-1)?.milliseconds).toBe(250);
    waits.at(-1)?.over();
    await settle();
    opens[1]?.(new Error('refused connection'));
    await settle();
    expect(waits.at(-1)?.milliseconds).toBe(500);
    const away = states.filter((state) => state.status === 'away').map(({ since }) => since);
    expect(new Set(away).size).toBe(1);
    waits.at(-1)?.over();
    await settle();
    const second = open('second');
    opens[2]?.(second.opened);
    await settle();
    expect(keeper.state.status).toBe('online');
    await expect(keeper.link(0)).resolves.toBe(second.opened.link);
  });

  it('fails a call that waited too long with a sentence', async () => {
    const { keeper, waits } = bench();
    const waiting = keeper.link(5000);
    waits.find(({ milliseconds }) => milliseconds === 5000)?.over();
    await expect(waiting).rejects.toThrow('does not answer');
  });

  it('stops trying where it is refused for good', async () => {
    const { keeper, opens } = bench();
    const waiting = keeper.link(5000);
    opens[0]?.(new RefusedError('no session'));
    await expect(waiting).rejects.toBeInstanceOf(RefusedError);
    await settle();
    expect(keeper.state.status).toBe('refused');
    expect(opens).toHaveLength(1);
    await expect(keeper.link(5000)).rejects.toBeInstanceOf(RefusedError);
  });
});
