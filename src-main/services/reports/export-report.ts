import { RECORD_FORMS } from '@atn/run-record/forms';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { WorkbenchError } from '../../errors.ts';
import type { DerivedFiles } from './derived-files.ts';
import { exportFileName } from './file-name.ts';
import { findReportFile } from './report-file.ts';
import type { FormSource, WriteForm } from './record-forms.ts';
import { zipReport, type CopyRecord } from './zip-report.ts';

export const EXPORT_FORMS = ['zip', 'output.xml', 'log.html', 'report.html', ...RECORD_FORMS] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];
/** Robot makes its own xUnit where there is a Robot. */
type MadeOfRecord = Exclude<(typeof RECORD_FORMS)[number], 'xunit.xml'>;

/** What exports need to know of a run. */
export interface ReportedRun {
  id: string;
  name: string;
  /** UTC ms: when it started, or was asked for. */
  at: number;
  directory: string;
  source: FormSource;
}

/** Something to hand over: a file as it lies there, or a stream made while it is read. */
export interface ReportExport {
  fileName: string;
  file: { file: string; size: number } | null;
  open: () => Promise<Readable>;
}

export interface ExportTools {
  derived: DerivedFiles;
  copyRecord: CopyRecord;
  writeForm: WriteForm;
}

export async function exportReport(run: ReportedRun, form: ExportForm, tools: ExportTools): Promise<ReportExport> {
  const fileName = exportFileName(run, form);
  if (form === 'zip') return { fileName, file: null, open: () => zipReport(run.directory, tools.copyRecord) };
  if (isRecordForm(form)) return { fileName, file: null, open: await tools.writeForm(run.source, form) };
  const file = (await findReportFile(run.directory, form)) ?? (await derive(run, form, tools.derived));
  return { fileName, file, open: () => Promise.resolve(createReadStream(file.file, { end: Math.max(0, file.size - 1) })) };
}

/** Robot's own result file cannot be made out of anything; the others can be made out of it. */
async function derive(run: ReportedRun, form: Exclude<ExportForm, 'zip' | MadeOfRecord>, derived: DerivedFiles) {
  const source = await findReportFile(run.directory, 'output.xml');
  if (form === 'output.xml' || source === null) {
    throw new WorkbenchError('NOT_FOUND', 'This run has no output.xml: Robot Framework has not written it yet, or never came to it.');
  }
  return derived.make(run, form, source.file);
}

function isRecordForm(form: ExportForm): form is MadeOfRecord {
  return form !== 'xunit.xml' && RECORD_FORMS.some((each) => each === form);
}
