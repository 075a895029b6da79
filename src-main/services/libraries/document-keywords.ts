import { put } from '@atn/content-store';
import { LibraryDocumentation, type BoundLibrary } from '../../../src-shared/model/library.ts';
import { askLibdoc } from '../../robot/libdoc.ts';
import { findDocumentation, saveDocumentation } from '../../store/environment-locks.ts';
import { listAttached } from '../../store/libraries.ts';
import type { EnsureOptions } from '../environments/default-environment.ts';
import { ensureEnvironment, type UsableEnvironment } from '../environments/ensure-environment.ts';
import { readContent } from '../test-data/read-revision.ts';
import { bindLibraries } from './bind-libraries.ts';
import type { LibraryServices } from './library-services.ts';

const OWN = 'ATN';

interface KeywordsRequest {
  /** What a suite writes behind `Library`. */
  name: string;
  libraryId?: string | undefined;
  testDataId?: string | undefined;
}

/** What libdoc says, in the environment of the library or of the test data's set; asked once for each environment. */
export async function documentKeywords(
  services: LibraryServices,
  { name, libraryId, testDataId }: KeywordsRequest,
  options: EnsureOptions = {},
): Promise<LibraryDocumentation> {
  const { store, environments } = services;
  const attached = testDataId === undefined ? [] : listAttached(store, testDataId);
  const refs = libraryId === undefined ? attached : [{ libraryId, versionId: null }];
  const libraries = bindLibraries(store, refs);
  const environment = await ensureEnvironment(environments, { libraries, lockHash: null }, options);
  const key = keyOf(environment, libraries);
  // The workbench's own keywords change with the workbench, not with an environment.
  const kept = name === OWN ? undefined : findDocumentation(store, key, name);
  const known = kept === undefined ? null : await read(services, kept);
  if (known !== null) return known;
  const { python, pythonPath, lockHash } = environment;
  const said = await askLibdoc({ python, scripts: environments.scripts, name, pythonPath, signal: options.signal });
  const documentation = LibraryDocumentation.parse({ ...said, lockHash });
  const { sha256 } = await put(services.content, Buffer.from(JSON.stringify(documentation)));
  saveDocumentation(store, { environment: key, library: name, content: sha256 });
  return documentation;
}

/** A lock never changes. The default environment does: its Python is part of the key, and its Robot. */
function keyOf({ lockHash, python, robotVersion }: UsableEnvironment, libraries: readonly BoundLibrary[]): string {
  const folders = libraries.flatMap(({ source, sha256 }) => (source === 'folder' && sha256 !== null ? [sha256] : []));
  return [lockHash ?? `${python} ${robotVersion}`, ...folders].join(' ');
}

/** It is only a cache: what cannot be read is asked for again. */
async function read({ content }: LibraryServices, sha256: string): Promise<LibraryDocumentation | null> {
  const bytes = await readContent(content, sha256).catch(() => null);
  if (bytes === null) return null;
  const parsed = LibraryDocumentation.safeParse(JSON.parse(bytes.toString('utf8')));
  return parsed.success ? parsed.data : null;
}
