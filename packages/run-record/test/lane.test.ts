import fc from 'fast-check';
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyLane, createRecord, laneAfter, laneStart, openRecord, putItems, putMessages, type LaneCursor } from '../src/index.ts';
import { fixture, smallRun } from './fixture.ts';

const rowsOf = (database: ReturnType<typeof fixture>['record']['database']) => ({
  items: database.prepare('SELECT * FROM item ORDER BY id').all(),
  messages: database.prepare('SELECT * FROM message ORDER BY id').all(),
});

describe('a copy made by parts', () => {
  it('comes to the same rows, however the parts fall between the writes and whichever come twice', () => {
    const steps = fc.array(fc.record({ deed: fc.constantFrom('start', 'end', 'say', 'part', 'again'), pick: fc.nat(99) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (chosen) => {
        const { record, writer } = fixture(smallRun);
        const target = `${record.path}.copy`;
        const copy = createRecord(target);
        let [cursor, before]: [LaneCursor, LaneCursor] = [laneStart, laneStart];
        const running: number[] = [];
        let last = 11;
        const take = (from: LaneCursor) => {
          const part = laneAfter(record, from);
          applyLane(copy, part);
          before = from;
          cursor = part.cursor;
        };
        for (const { deed, pick } of chosen) {
          if (deed === 'start') {
            running.push((last += 1));
            putItems(writer, [{ id: last, parent: 2, kind: 'keyword', name: `Keyword ${last}`, status: 'running' }]);
          } else if (deed === 'end' && running.length > 0) {
            const [id = 0] = running.splice(pick % running.length, 1);
            putItems(writer, [{ id, parent: 2, kind: 'keyword', name: `Keyword ${id}`, status: pick % 2 ? 'passed' : 'failed' }]);
          } else if (deed === 'say') putMessages(writer, [{ item: last, text: 'x'.repeat(pick) }]);
          else if (deed === 'part') take(cursor);
          else if (deed === 'again') take(before);
        }
        do take(cursor);
        while (laneAfter(record, cursor).more);
        take(cursor);
        const read = openRecord(target);
        expect(rowsOf(read.database)).toEqual(rowsOf(record.database));
        read.database.close();
        copy.database.close();
        rmSync(target, { force: true });
      }),
      { numRuns: 15 },
    );
  });

  it('gives much in parts, each with room for one message at least', () => {
    const { record, writer } = fixture(smallRun);
    putMessages(
      writer,
      Array.from({ length: 4 }, () => ({ item: 1, text: 'long '.repeat(60_000) })),
    );
    const part = laneAfter(record, laneStart);
    expect([part.messages.length, part.more]).toEqual([4, true]);
    expect(laneAfter(record, part.cursor).messages.length).toBe(1);
  });
});
