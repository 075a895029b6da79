import type { ContentStore } from '@atn/content-store';
import type { Discovery } from '../../../src-shared/model/test-data.ts';
import { DISCOVERY_SCHEMA } from '../../robot/discovery.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { findDiscovery } from '../../store/test-data-history.ts';
import { readContent } from './read-revision.ts';

/** As it is kept: once for a content, whatever the test data that have it call their root suite. */
export type KeptDiscovery = Omit<Discovery, 'cached' | 'tookMs'>;

/** What this Robot found in the revision before; null when it never looked, or when what it found is lost: it is only a cache. */
export async function readKeptDiscovery(
  { store, content }: { store: ReadableStore; content: ContentStore },
  { revision, robotVersion }: { revision: string; robotVersion: string },
): Promise<KeptDiscovery | null> {
  const sha256 = findDiscovery(store, { revision, robotVersion, schema: DISCOVERY_SCHEMA });
  if (sha256 === undefined) return null;
  try {
    return JSON.parse((await readContent(content, sha256)).toString('utf8')) as KeptDiscovery;
  } catch {
    return null;
  }
}
