import { createHash } from 'node:crypto';
import type { BoundLibrary, EnvironmentLock, LockedPackage } from '../../../src-shared/model/library.ts';

/** The Python and the machine that a lock is for. `pythonVersion` without its third number: those are exchangeable. */
export interface LockTarget {
  pythonVersion: string;
  platform: string;
}

/** One line a package, sorted, as both uv and pip read it: the same lock is the same text whatever solved it. */
export function lockText(packages: readonly LockedPackage[]): string {
  return packages
    .map(({ name, version, sha256s }) =>
      [`${name}==${version}`, ...[...sha256s].sort().map((sha256) => `--hash=sha256:${sha256}`)].join(' '),
    )
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

export function lockHash(packages: readonly LockedPackage[], { pythonVersion, platform }: LockTarget): string {
  return sha256(`${lockText(packages)}# python ${pythonVersion}\n# platform ${platform}\n`);
}

/** Whether a lock is what its own hash says. */
export function isWhole({ hash, packages, pythonVersion, platform }: EnvironmentLock): boolean {
  return lockHash(packages, { pythonVersion, platform }) === hash;
}

export interface SolvedSet extends LockTarget {
  libraries: readonly BoundLibrary[];
  robotVersion: string;
  index: string | null;
  folders: readonly string[];
}

/** What a lock was solved for. Folders of modules are not installed, so they are not part of it. */
export function setKey({ libraries, ...others }: SolvedSet): string {
  const wanted = libraries.filter(({ source }) => source !== 'folder').map(({ requirement, sha256: hash }) => requirement ?? hash);
  return sha256(
    JSON.stringify([[...wanted].sort(), others.robotVersion, others.pythonVersion, others.platform, others.index, others.folders]),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
