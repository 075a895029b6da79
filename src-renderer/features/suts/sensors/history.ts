import type { Sensor } from '../../../../src-shared/model/machine.ts';

/** Readings kept for the plots: half an hour at one every two seconds. */
const LONGEST = 900;

export interface Readings {
  /** UTC seconds, as the plot wants them. */
  readonly times: readonly number[];
  /** By sensor id; as long as `times`, null where there was no reading. */
  readonly values: ReadonlyMap<string, readonly (number | null)[]>;
}

export const noReadings: Readings = { times: [], values: new Map() };

/** Puts one more reading of all sensors behind what is known. */
export function withReading({ times, values }: Readings, sensors: readonly Sensor[], at: number): Readings {
  const ids = new Set([...values.keys(), ...sensors.map(({ id }) => id)]);
  const now = new Map(sensors.map(({ id, value }) => [id, value]));
  const next = [...ids].map((id) => {
    const before = values.get(id) ?? times.map(() => null);
    return [id, [...before, now.get(id) ?? null].slice(-LONGEST)] as const;
  });
  return { times: [...times, at / 1000].slice(-LONGEST), values: new Map(next) };
}
