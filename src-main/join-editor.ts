import type { ContentStore } from '@atn/content-store';
import { join } from 'node:path';
import { editorPart } from './api/editor.ts';
import { languagePart } from './api/language.ts';
import type { Parts } from './api/part.ts';
import type { BoundLibrary } from '../src-shared/model/library.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { newId } from './new-id.ts';
import { LanguageService } from './services/editor/language-service.ts';
import type { EnsureOptions } from './services/environments/default-environment.ts';
import { sayProgress } from './services/environments/build-environment.ts';
import { ensureEnvironment } from './services/environments/ensure-environment.ts';
import type { EnvironmentServices } from './services/environments/environment-services.ts';
import { bindSet } from './services/libraries/bind-libraries.ts';
import type { TestDataServices } from './services/test-data/test-data-services.ts';
import type { WritableStore } from './store/handle.ts';

interface Joined {
  store: WritableStore;
  content: ContentStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  scratch: string;
  testData: TestDataServices;
  environments: EnvironmentServices;
}

/** The language server is installed beside the libraries of the test data, so that it sees what a run would see. */
const ROBOTCODE: BoundLibrary = {
  ...{ libraryId: 'robotcode', versionId: 'robotcode', name: 'robotcode', version: '2.8.0' },
  ...{ source: 'requirement', requirement: 'robotcode[languageserver]==2.8.0', sha256: null },
};
const IDLE_MS = 15 * 60_000;

/** Everything an editor asks for. `close` ends the language servers. */
export function joinEditor({ testData, environments, ...joined }: Joined): {
  parts: Pick<Parts, 'editor' | 'language'>;
  close: () => Promise<void>;
} {
  const boundTo = (testDataId: string) => bindSet(joined.store, { testDataId, libraries: null });
  const language = new LanguageService({
    ...joined,
    newId: () => newId(joined.clock.now()),
    environment: async (testDataId, { signal, onStep }) => {
      const set = { libraries: [...boundTo(testDataId), ROBOTCODE], lockHash: null };
      const onProgress: EnsureOptions['onProgress'] = (progress) => onStep(sayProgress(progress));
      const { python, pythonPath } = await ensureEnvironment(environments, set, { signal, onProgress });
      return { python, pythonPath: [...pythonPath, join(environments.scripts, 'library')] };
    },
    environmentKey: (testDataId) => JSON.stringify(boundTo(testDataId)),
    idleMs: IDLE_MS,
  });
  return { parts: { editor: editorPart(testData), language: languagePart(language) }, close: () => language.close() };
}
