import type { Sensor } from '../../../src-shared/model/machine.ts';
import type { SutHealth, SutObserved } from '../../../src-shared/model/sut-state.ts';

/** What an answer says of a machine's health: it answers, but something is wrong with it, or with a way to it. */
export function judgeAnswer(
  attempts: readonly { provider: string; outcome: string; message: string | null }[],
  sensors: readonly Sensor[],
) {
  const failed = attempts.find(({ outcome }) => outcome === 'failed');
  const bad = sensors.filter(({ health }) => health === 'critical');
  const reasons = [
    ...bad.map(({ name, value, unit }) => `${name} is critical${value === null ? '' : `, ${value} ${unit ?? ''}`.trimEnd()}`),
    ...(failed === undefined ? [] : [`${failed.provider}: ${failed.message ?? 'failed'}`]),
  ];
  return reasons.length === 0 ? { state: 'reachable' as const, why: null } : { state: 'degraded' as const, why: reasons.join('. ') };
}

/** The same state goes on since when it began. */
export function movedTo(before: SutHealth, now: Omit<SutHealth, 'since'>, at: number): SutHealth {
  return { ...now, since: before.state === now.state ? before.since : at };
}

/** The temperature that a lab looks at first: of the inlet, else the first there is. */
export function temperatureOf(sensors: readonly Sensor[]): SutObserved['temperature'] {
  const temperatures = sensors.filter(({ unit, value }) => value !== null && (unit ?? '').includes('C'));
  const worst = temperatures.find(({ health }) => health === 'critical');
  const inlet = temperatures.find(({ name }) => /inlet|ambient|intake/iu.test(name));
  const chosen = worst ?? inlet ?? temperatures[0];
  return chosen === undefined || chosen.value === null ? null : { name: chosen.name, value: chosen.value, health: chosen.health };
}
