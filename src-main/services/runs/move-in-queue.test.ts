import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byTurn } from './decide-queue.ts';
import { movedQueue, type Turn } from './move-in-queue.ts';

const sorted = (queue: readonly Turn[]) => queue.toSorted((a, b) => byTurn({ ...a, number: a.turn }, { ...b, number: b.turn }));
const queues = fc
  .array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 })
  .map((priorities) => sorted(priorities.map((priority, index) => ({ id: `run ${index}`, priority, turn: index + 1 }))));

it('puts a run wherever it is asked to be, keeps the order of all others, and their priorities', () => {
  fc.assert(
    fc.property(queues, fc.nat(14), fc.nat(14), (queue, which, place) => {
      const mover = queue[which % queue.length]?.id ?? '';
      const moved = sorted(movedQueue(queue, mover, place));
      const ids = moved.map(({ id }) => id);
      expect(ids.indexOf(mover)).toBe(Math.min(place, queue.length - 1));
      const others = queue.filter(({ id }) => id !== mover);
      expect(ids.filter((id) => id !== mover)).toEqual(others.map(({ id }) => id));
      for (const { id, priority } of others) expect(moved.find((each) => each.id === id)?.priority).toBe(priority);
    }),
  );
});

it('leaves later runs behind all that were moved', () => {
  const queue = [1, 2, 3].map((turn) => ({ id: `run ${turn}`, priority: 0, turn }));
  const moved = movedQueue(queue, 'run 3', 0);
  expect(sorted([...moved, { id: 'later', priority: 0, turn: 4 }]).map(({ id }) => id)).toEqual(['run 3', 'run 1', 'run 2', 'later']);
});
