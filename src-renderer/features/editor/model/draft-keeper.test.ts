import { describe, expect, it } from 'vitest';
import type { DraftResult } from '../../../../src-shared/contract/harness/editor.ts';
import { DraftKeeper, type DraftState } from './draft-keeper.ts';

/** A harness that keeps one draft, and a clock that moves when the test says so. */
function bench() {
  let stored: { version: number; text: string } | null = null;
  let away = false;
  const due: (() => void)[] = [];
  const states: DraftState['status'][] = [];
  const save = async ({ base, text, expected }: { base: string; text: string; expected: number | null }): Promise<DraftResult> => {
    await Promise.resolve();
    if (away) throw new Error('away');
    const draftOf = (version: number) => ({ testDataId: 't', path: 'a', base, by: 'ada', version, changedAt: 1 });
    if ((stored?.version ?? null) !== expected) {
      return { type: 'other', draft: stored === null ? null : draftOf(stored.version), text: stored?.text ?? null };
    }
    stored = { version: (expected ?? 0) + 1, text };
    return { type: 'saved', draft: draftOf(stored.version) };
  };
  const later = (deed: () => void) => {
    due.push(deed);
    return () => void due.splice(due.indexOf(deed), 1);
  };
  const keeper = new DraftKeeper({ base: 'r1', version: null }, { save, later }, ({ status }) => states.push(status));
  return {
    keeper,
    states,
    due,
    stored: () => stored,
    leave: (value: boolean) => (away = value),
    otherWindow: (text: string) => (stored = { version: (stored?.version ?? 0) + 1, text }),
  };
}

describe('a draft', () => {
  it('is kept once for many keys, with the newest text', async () => {
    const { keeper, due, stored, states } = bench();
    let text = '';
    for (const key of 'typing') {
      text += key;
      keeper.changed(() => text);
    }
    expect(due).toHaveLength(1);
    await keeper.flush();
    expect(stored()).toEqual({ version: 1, text: 'typing' });
    expect(states).toEqual(['typed', 'kept']);
  });
  it('writes what comes while it writes, after it', async () => {
    const { keeper, stored } = bench();
    keeper.changed(() => 'one');
    const first = keeper.flush();
    keeper.changed(() => 'two');
    await Promise.all([first, keeper.flush()]);
    expect(stored()).toEqual({ version: 2, text: 'two' });
  });
  it('is tried again when the harness is back, and nothing is lost', async () => {
    const { keeper, leave, stored, states } = bench();
    leave(true);
    keeper.changed(() => 'typed');
    await keeper.flush();
    expect(states.at(-1)).toBe('lost');
    leave(false);
    await keeper.flush();
    expect(stored()?.text).toBe('typed');
    expect(states.at(-1)).toBe('kept');
  });
  it('does not write over another window, until the person says so', async () => {
    const { keeper, otherWindow, stored, states } = bench();
    keeper.changed(() => 'mine');
    await keeper.flush();
    otherWindow('theirs');
    keeper.changed(() => 'mine again');
    await keeper.flush();
    expect([states.at(-1), stored()?.text]).toEqual(['other', 'theirs']);
    keeper.goOn(keeper.version, () => 'mine again');
    await keeper.flush();
    expect(stored()?.text).toBe('mine again');
  });
});
