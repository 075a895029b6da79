import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Changes } from '../../changes.ts';
import { WorkbenchError } from '../../errors.ts';
import { judgeAnswer, movedTo, temperatureOf } from './judge-health.ts';
import { nextPoll } from './next-poll.ts';
import { MachineWatch } from './watch-machines.ts';

const sensor = (name: string, value: number, health: 'ok' | 'critical' = 'ok') => ({
  ...{ id: name, name, kind: 'Temperature', value, unit: '°C', states: [] },
  ...{ health, reason: null, thresholds: {} },
});

describe('when a machine is asked again', () => {
  it('is soon while somebody looks, later in a list, late otherwise', () => {
    const at = (attention: 'watched' | 'listed' | 'idle', failures = 0) => nextPoll({ attention, failures, random: 0.5 });
    expect([at('watched'), at('listed'), at('idle')]).toEqual([3000, 10_000, 60_000]);
    expect(at('watched', 9)).toBe(12_000);
    expect(at('idle', 20)).toBe(300_000);
  });
});

describe('health', () => {
  it('names what is critical, and a way that failed although another answered', () => {
    expect(judgeAnswer([], [sensor('CPU', 97, 'critical')])).toEqual({ state: 'degraded', why: 'CPU is critical, 97 °C' });
    const attempts = [{ provider: 'redfish', outcome: 'failed', message: 'no answer' }];
    expect(judgeAnswer(attempts, [])).toEqual({ state: 'degraded', why: 'redfish: no answer' });
    expect(judgeAnswer([], [sensor('CPU', 40)])).toEqual({ state: 'reachable', why: null });
  });
  it('goes on since when it began', () => {
    const before = { state: 'reachable', since: 5, why: null } as const;
    expect(movedTo(before, { state: 'reachable', why: null }, 9).since).toBe(5);
    expect(movedTo(before, { state: 'unreachable', why: 'x' }, 9).since).toBe(9);
  });
  it('shows the inlet, unless something is too hot', () => {
    expect(temperatureOf([sensor('CPU', 40), sensor('Inlet Temp', 22)])?.name).toBe('Inlet Temp');
    expect(temperatureOf([sensor('CPU', 99, 'critical'), sensor('Inlet Temp', 22)])?.name).toBe('CPU');
    expect(temperatureOf([])).toBeNull();
  });
});

describe('the watch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('keeps the period of machines that answer while others are black holes', async () => {
    const asked = new Map<string, number>();
    const machines = Array.from({ length: 20 }, (_, place) => ({ id: `m${place}`, createdAt: 0, reached: true }));
    const isHole = (id: string) => Number(id.slice(1)) < 5;
    const watch = new MachineWatch({
      changes: new Changes(),
      clock: { now: () => Date.now() },
      machines: () => machines,
      find: (id) => machines.find((each) => each.id === id),
      power: (id) => {
        asked.set(id, (asked.get(id) ?? 0) + 1);
        if (isHole(id))
          return new Promise((_, reject) => setTimeout(() => reject(new WorkbenchError('OOBM_UNREACHABLE', 'no answer')), 5000));
        return Promise.resolve({ value: { on: true }, provider: 'ipmi', endpointId: 'e', tookMs: 1, attempts: [] });
      },
      sensors: () => Promise.resolve({ value: [], provider: 'ipmi', endpointId: 'e', tookMs: 1, attempts: [] }),
    });
    watch.look();
    watch.start();
    await vi.advanceTimersByTimeAsync(100_000);
    const answering = machines.filter(({ id }) => !isHole(id)).map(({ id }) => asked.get(id) ?? 0);
    expect(Math.min(...answering)).toBeGreaterThanOrEqual(9);
    expect(Math.max(...answering)).toBeLessThanOrEqual(12);
    expect(asked.get('m0')).toBeLessThan(6);
    expect(watch.observed({ id: 'm0', createdAt: 0 })).toMatchObject({ health: { state: 'unreachable', why: 'no answer' }, seenAt: null });
    expect(watch.observed({ id: 'm9', createdAt: 0 })).toMatchObject({ health: { state: 'reachable' }, power: { state: 'on' } });
    watch.close();
  });
});
