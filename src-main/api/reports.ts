import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { ReportService } from '../services/reports/report-service.ts';
import type { Part } from './part.ts';

export function reportsPart(reports: ReportService): Part<'reports'> {
  const procedures = implement(harnessContract.reports).$context<ApiContext>();
  return {
    artefacts: procedures.artefacts.handler(({ input: { id } }) => reports.artefacts(id)),
    address: procedures.address.handler(({ input: { id, path } }) => reports.address(id, path)),
    export: procedures.export.handler(({ input: { id, form } }) => reports.export(id, form)),
    save: procedures.save.handler(({ input: { id, form, path, overwrite } }) => reports.save(id, form, { path, overwrite })),
  };
}
