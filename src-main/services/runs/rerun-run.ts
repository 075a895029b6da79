import { WorkbenchError } from '../../errors.ts';
import { findRun, requestOf } from '../../store/runs.ts';
import type { Caller } from '../caller.ts';
import { checkRun, type WantedRun } from './preflight.ts';
import type { RunServices } from './run-services.ts';
import { queueRun } from './start-run.ts';

export interface RerunRequest {
  id: string;
  /** Leaves out what came out well, in this run and in those that it repeats in turn. */
  failedOnly: boolean;
  /** Other SUTs than before. */
  suts?: readonly string[] | undefined;
}

/** The same revision, variables, selection and options again. Refused like a start, and when nothing is left to repeat. */
export async function rerunRun(services: RunServices, { id, failedOnly, suts }: RerunRequest, caller: Caller): Promise<string> {
  const row = findRun(services.store, id);
  if (row === undefined || row.test_data_id === null) throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
  if (failedOnly && row.state !== 'ended') throw new WorkbenchError('CONFLICT', 'This run is not ended: what failed is not known yet.');
  if (failedOnly && row.verdict === 'passed')
    throw new WorkbenchError('CONFLICT', 'Nothing failed in this run, so there is nothing to repeat. Rerun it whole instead.');
  const { selection, options } = requestOf(row);
  const sha256 = row.condition_sha256;
  const wanted: WantedRun = {
    testDataId: row.test_data_id,
    revision: row.revision,
    selection,
    suts: suts ?? (JSON.parse(row.suts) as string[]),
    conditionYaml: sha256 === null ? null : await services.content.read(sha256),
    options,
    startedBy: caller.user,
  };
  const checked = await checkRun(services, wanted);
  const condition = row.condition === null || sha256 === null ? null : { name: row.condition, sha256 };
  return queueRun(services, { wanted, checked, name: row.name, condition, requestKey: null, origin: { row, failedOnly } });
}
