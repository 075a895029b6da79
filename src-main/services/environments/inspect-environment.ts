import { accessSync, constants, lstatSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LockedPackage } from '../../../src-shared/model/library.ts';

const MARKER = 'atn-environment.json';
const FILES = 'atn-files.json';
const USED = 'atn-used';
/** So many files are looked at before each use, drawn anew each time; a larger environment is looked at in whole when it is verified. */
const SAMPLE = 2000;
/** A time that went through JSON and a double may be off by its last part. */
const SAME_TIME_MS = 2;

const Marker = z.object({
  lockHash: z.string(),
  packages: z.array(LockedPackage),
  importNames: z.record(z.string(), z.array(z.string())),
  python: z.string(),
  robot: z.string().nullable(),
});
/** The list has thousands of lines: who asks for its size only checks nothing else of it. */
const Size = z.object({ size: z.number() });
const Files = Size.extend({
  folders: z.array(z.tuple([z.string(), z.number()])),
  files: z.array(z.tuple([z.string(), z.number(), z.number()])),
});

export interface Inspection {
  python: string;
  marker: z.infer<typeof Marker>;
  size: number;
  builtAt: number;
  lastUsedAt: number;
  /** The home whose run used it last; empty when nobody did. */
  lastUsedBy: string;
}

/** What is there of an environment by what it says itself; null when it is not there or not complete. */
export function readEnvironment(place: string): Inspection | null {
  try {
    const python = join(place, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
    accessSync(python, constants.X_OK);
    const marker = Marker.parse(JSON.parse(readFileSync(join(place, MARKER), 'utf8')));
    const { size } = Size.parse(JSON.parse(readFileSync(join(place, FILES), 'utf8')));
    return { python, marker, size, builtAt: changedAt(join(place, FILES)), ...lastUse(join(place, USED)) };
  } catch {
    return null;
  }
}

/** Whether it is as it was built, by sizes and times: null when it is, else what is not. Meant to take milliseconds. */
export function findChange(place: string): string | null {
  const { folders, files } = Files.parse(JSON.parse(readFileSync(join(place, FILES), 'utf8')));
  for (const [path, time] of folders) {
    const found = lstatSync(join(place, path), { throwIfNoEntry: false });
    if (found === undefined) return `${path} is missing.`;
    if (Math.abs(found.mtimeMs - time) > SAME_TIME_MS) return `Files in ${path} were added or removed.`;
  }
  for (const [path, size, time] of sampleOf(files)) {
    const found = lstatSync(join(place, path), { throwIfNoEntry: false });
    if (found === undefined) return `${path} is missing.`;
    if (found.size !== size || Math.abs(found.mtimeMs - time) > SAME_TIME_MS) return `${path} was changed.`;
  }
  return null;
}

/** Any run of files is as likely as any other: over several uses all are looked at. */
function sampleOf<T>(files: readonly T[]): readonly T[] {
  if (files.length <= SAMPLE) return files;
  const start = Math.floor(Math.random() * files.length);
  return [...files.slice(start, start + SAMPLE), ...files.slice(0, Math.max(0, start + SAMPLE - files.length))];
}

/** All homes of the user see when it was used last, and by which. */
export function noteUse(place: string, { at, home }: { at: number; home: string }): void {
  try {
    writeFileSync(join(place, USED), home);
    utimesSync(join(place, USED), at / 1000, at / 1000);
  } catch {
    return; // it can be used all the same
  }
}

function lastUse(path: string): Pick<Inspection, 'lastUsedAt' | 'lastUsedBy'> {
  return { lastUsedAt: changedAt(path), lastUsedBy: readFileSync(path, 'utf8') };
}

function changedAt(path: string): number {
  return Math.floor(lstatSync(path).mtimeMs);
}
