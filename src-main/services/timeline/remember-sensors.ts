import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { SensorTrack } from '../../../src-shared/model/timeline.ts';

/** Readings of the sensors of a run's machines so far: by machine, then by sensor. */
export type Tracks = Map<string, Map<string, SensorTrack>>;

const Remembered = z.record(z.string(), z.array(SensorTrack));

/** What a harness before this one has read; null when none has. What cannot be read any more begins anew. */
export function rememberedTracks(file: string): Tracks | null {
  let read: string;
  try {
    read = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  try {
    const { data } = Remembered.safeParse(JSON.parse(read));
    const machines = Object.entries(data ?? {});
    return new Map(machines.map(([sutId, tracks]) => [sutId, new Map(tracks.map((track) => [track.id, track]))]));
  } catch {
    return new Map();
  }
}

/** Whole or not at all, whatever ends the harness meanwhile. */
export async function rememberTracks(file: string, tracks: Tracks): Promise<void> {
  const readings = Object.fromEntries([...tracks].map(([sutId, sensors]) => [sutId, [...sensors.values()]]));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(readings satisfies z.infer<typeof Remembered>));
  await rename(`${file}.new`, file);
}

export async function forgetTracks(file: string): Promise<void> {
  await rm(file, { force: true });
}
