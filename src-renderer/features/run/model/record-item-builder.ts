import type { RecordItem } from '../../../../src-shared/model/record.ts';

/** A row of a record for tests: a keyword that passed, unless told otherwise. */
export const item = (id: number, parent: number | null, part: Partial<RecordItem> = {}): RecordItem => ({
  id,
  parent,
  kind: 'keyword',
  name: `row ${id}`,
  owner: null,
  args: [],
  assign: null,
  status: 'passed',
  startedAt: 0,
  elapsed: 1000,
  message: null,
  source: null,
  line: null,
  doc: null,
  tags: [],
  tests: null,
  hasChildren: part.kind === 'suite' || part.kind === 'test',
  ...part,
});
