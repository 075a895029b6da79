import type { ContentStore } from '@atn/content-store';
import type { TestData, TestDataRevision } from '../../../src-shared/model/test-data.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { SuiteFinder } from '../../robot/discovery.ts';
import type { ReadableStore, WritableStore } from '../../store/handle.ts';
import { listRevisions } from '../../store/test-data-history.ts';
import { findTestData, listTestData } from '../../store/test-data.ts';
import type { Environments } from '../environments/default-environment.ts';
import type { Turns } from './turns.ts';

/** What every use case of this folder works with. */
export interface TestDataServices {
  store: WritableStore;
  content: ContentStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  environments: Environments;
  /** Folder with robot/ and demo/. */
  resources: string;
  /** Folder for what is in the making; emptied at each start. */
  scratch: string;
  finder: SuiteFinder;
  /** What adds revisions or cleans their content goes one after the other. */
  turns: Turns;
  /** Plans that refer to these test data. */
  plansOf(testDataId: string): readonly { id: string; name: string }[];
  /** The hashes of content that something besides revisions (a run, a library, a draft) refers to. */
  otherContent(): Iterable<string>;
}

export function needTestData(store: ReadableStore, id: string): TestData {
  const testData = findTestData(store, id);
  if (testData === undefined) throw new WorkbenchError('NOT_FOUND', 'These test data do not exist any more.');
  return testData;
}

export function readAllTestData({ store }: TestDataServices): TestData[] {
  return listTestData(store);
}

export function readHistory({ store }: TestDataServices, id: string): { testData: TestData; revisions: TestDataRevision[] } {
  return { testData: needTestData(store, id), revisions: listRevisions(store, id) };
}

export function announceTestData({ changes }: TestDataServices, id: string): void {
  changes.emit('testData:changed', { ids: [id] });
}
