import { z } from 'zod';
import { Artefact } from '../../model/run.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

/**
 * Robot's own files as they are or made of output.xml; of the record: a line a test (csv, json), one page that opens from a file without
 * scripts, and a zip of results as Allure reads them.
 */
export const ReportForm = z.enum([
  'zip',
  'output.xml',
  'log.html',
  'report.html',
  'xunit.xml',
  'results.csv',
  'results.json',
  'page.html',
  'allure.zip',
]);
export type ReportForm = z.infer<typeof ReportForm>;

const tag = { tags: ['Reports'] };

export const reports = {
  artefacts: procedure
    .route({ method: 'GET', path: '/runs/{id}/artefacts', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(Artefact)),
  /**
   * An address on a loopback origin of its own, with a random path that dies with the harness, under which one artefact opens
   * isolated (ADR 0006). For log.html, report.html and attachments.
   */
  address: procedure
    .route({ method: 'POST', path: '/runs/{id}/address', ...tag })
    .input(z.object({ id: Id, path: z.string() }))
    .output(z.object({ url: z.url() })),
  /** A download link (same isolated origin) for the zip of all artefacts or one file of the report. */
  export: procedure
    .route({ method: 'POST', path: '/runs/{id}/export', ...tag })
    .input(z.object({ id: Id, form: ReportForm }))
    .output(z.object({ url: z.url(), fileName: z.string() })),
  /** The same, written to a path on the harness's machine; refuses to overwrite unless told. */
  save: procedure
    .route({ method: 'POST', path: '/runs/{id}/save', ...tag })
    .input(
      z.object({
        id: Id,
        form: ReportForm,
        path: z.string().min(1),
        overwrite: z.boolean().default(false),
      }),
    )
    .output(z.object({ path: z.string(), size: z.number().int() })),
};
