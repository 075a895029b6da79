import { expect, test } from 'vitest';
import type { Sensor } from '../../../../src-shared/model/machine.ts';
import { noReadings, withReading } from './history.ts';

const sensor = (id: string, value: number | null): Sensor => ({
  ...{ id, name: id, kind: 'Temperature', value, unit: '°C' },
  ...{ states: [], health: 'ok', reason: null, thresholds: {} },
});

test('keeps every sensor as long as the times, with gaps where one was missing', () => {
  const first = withReading(noReadings, [sensor('a', 1)], 1000);
  const second = withReading(first, [sensor('b', 2)], 3000);
  expect(second.times).toEqual([1, 3]);
  expect(Object.fromEntries(second.values)).toEqual({ a: [1, null], b: [null, 2] });
});

test('keeps no more than half an hour', () => {
  let readings = noReadings;
  for (let at = 0; at < 1000; at += 1) readings = withReading(readings, [sensor('a', at)], at * 2000);
  expect(readings.times).toHaveLength(900);
  expect(readings.values.get('a')?.at(-1)).toBe(999);
});
