import type { LibraryRef } from '../../../src-shared/model/library.ts';
import { WorkbenchError } from '../../errors.ts';
import {
  deleteAttachment,
  deleteLibrary,
  deleteLibraryVersion,
  countWaitingFor,
  listAttached,
  listLibraryVersions,
  saveAttachment,
} from '../../store/libraries.ts';
import { findTestData } from '../../store/test-data.ts';
import { announceLibraries, needLibrary, needRow, usersOfLibraries, type LibraryServices } from './library-services.ts';

type Attachment = LibraryRef & { testDataId: string };

/** The set of some test data. */
export function readAttached({ store }: LibraryServices, testDataId: string): LibraryRef[] {
  if (findTestData(store, testDataId) === undefined) throw new WorkbenchError('NOT_FOUND', 'These test data do not exist any more.');
  return listAttached(store, testDataId);
}

export function attachLibrary(services: LibraryServices, attachment: Attachment): LibraryRef[] {
  readAttached(services, attachment.testDataId);
  const { versions } = needLibrary(services, attachment.libraryId);
  if (attachment.versionId !== null && !versions.some(({ id }) => id === attachment.versionId)) throw noVersion();
  saveAttachment(services.store, attachment);
  announceLibraries(services);
  return listAttached(services.store, attachment.testDataId);
}

export function detachLibrary(services: LibraryServices, attachment: { testDataId: string; libraryId: string }): LibraryRef[] {
  readAttached(services, attachment.testDataId);
  deleteAttachment(services.store, attachment);
  announceLibraries(services);
  return listAttached(services.store, attachment.testDataId);
}

/** Throws CONFLICT, naming them, while somebody has it in a set. Runs keep what they were bound to: the content stays. */
export function removeLibrary(services: LibraryServices, id: string): void {
  const { name } = needRow(services, id);
  refuseWhileUsed(services, name, (use) => use.libraryId === id);
  listLibraryVersions(services.store, id).forEach(({ sha256 }) => refuseWhileAwaited(services, name, sha256));
  deleteLibrary(services.store, id);
  announceLibraries(services);
}

export function removeLibraryVersion(services: LibraryServices, { id, versionId }: { id: string; versionId: string }) {
  const { name } = needRow(services, id);
  const versions = listLibraryVersions(services.store, id);
  const version = versions.find((each) => each.id === versionId);
  if (version === undefined) throw noVersion();
  if (versions.length === 1) throw new WorkbenchError('CONFLICT', `This is the only version of ${name}. Remove the library instead.`);
  refuseWhileUsed(services, `${name} ${version.version}`, (use) => use.versionId === versionId);
  refuseWhileAwaited(services, name, version.sha256);
  deleteLibraryVersion(services.store, versionId);
  announceLibraries(services);
  return needLibrary(services, id);
}

function refuseWhileUsed(services: LibraryServices, what: string, isUse: (use: LibraryRef) => boolean): void {
  const names = usersOfLibraries(services)
    .filter(isUse)
    .map(({ name }) => name);
  if (names.length === 0) return;
  throw new WorkbenchError(
    'CONFLICT',
    `${what} is used by ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}. Detach it there first.`,
    { details: names },
  );
}

function refuseWhileAwaited({ store }: LibraryServices, what: string, sha256: string | null): void {
  if (sha256 === null || countWaitingFor(store, sha256) === 0) return;
  throw new WorkbenchError('CONFLICT', `A run that is not over needs ${what}. Wait for its end, or stop it.`);
}

function noVersion(): WorkbenchError {
  return new WorkbenchError('NOT_FOUND', 'This version does not exist any more.');
}
