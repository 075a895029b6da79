import { open } from 'node:fs/promises';
import { WheelName } from '../../src-shared/model/bring-limits.ts';
import { HubContentKind, type OutlineSuite } from '../../src-shared/model/hub-runs.ts';
import { HubError } from '../errors.ts';
import { namesIn, outlineOf } from './outline.ts';

/** What an upload says that it is; nothing said = suites. Throws BAD_REQUEST. */
export function kindOf(said: string | null | undefined, fileName: string): HubContentKind {
  const kind = HubContentKind.safeParse(said ?? 'suites');
  if (!kind.success) throw new HubError('BAD_REQUEST', 'Suites, a library or an image can be brought.');
  if (kind.data === 'library' && !WheelName.safeParse(fileName).success)
    throw new HubError('BAD_REQUEST', 'A library is brought as a wheel: a file ending in .whl, named as its builder named it.');
  return kind.data;
}

/** Looks whether a whole file is what it is said to be. Answers its suites. Throws ARCHIVE_REFUSED, NO_SUITES. */
export async function checkKind(kind: HubContentKind, file: string): Promise<OutlineSuite[]> {
  if (kind === 'suites') return outlineOf(file);
  if (kind === 'library') await demandWheel(file);
  else await demandIso(file);
  return [];
}

async function demandWheel(file: string): Promise<void> {
  const names = await namesIn(file);
  if (!names.some((name) => /^[^/]+\.dist-info\/METADATA$/u.test(name)))
    throw new HubError('ARCHIVE_REFUSED', 'This is no wheel: it does not say what distribution it is.');
}

/** Where ISO 9660 has its first volume descriptor, and by what it is known. */
const DESCRIPTOR = 32_769;
const MARK = 'CD001';

async function demandIso(file: string): Promise<void> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read({ buffer: Buffer.alloc(MARK.length), position: DESCRIPTOR });
    if (buffer.toString('latin1') !== MARK) throw new HubError('ARCHIVE_REFUSED', 'This is no ISO image.');
  } finally {
    await handle.close();
  }
}
