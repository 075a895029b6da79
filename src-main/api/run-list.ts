import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { RunReader } from '../services/runs/read-runs.ts';

/** The lists of `runs`; the rest is in runs.ts. */
export function runListsPart(reader: RunReader) {
  const procedures = implement(harnessContract.runs).$context<ApiContext>();
  return {
    list: procedures.list.handler(({ input }) => reader.list(input)),
    histogram: procedures.histogram.handler(({ input }) => reader.histogram(input)),
    filterChoices: procedures.filterChoices.handler(() => reader.filterChoices()),
  };
}
