import type { Artefact } from '../../../src-shared/model/run.ts';
import { WorkbenchError } from '../../errors.ts';
import { DerivedFiles, type Rebot } from './derived-files.ts';
import { EXPORT_FORMS, exportReport, type ExportForm, type ReportedRun, type ReportExport } from './export-report.ts';
import { exportFileName } from './file-name.ts';
import { listArtefacts } from './list-artefacts.ts';
import { findReportFile } from './report-file.ts';
import { ReportHashes } from './report-hashes.ts';
import { ReportServer } from './report-server.ts';
import type { WriteForm } from './record-forms.ts';
import { saveExport } from './save-export.ts';
import type { CopyRecord } from './zip-report.ts';

export interface ReportServiceOptions {
  /** Throws NOT_FOUND for a run that is not there. */
  findRun: (id: string) => ReportedRun & { ended: boolean };
  /** Folder for what is made out of reports; may be emptied at any time. */
  cache: string;
  rebot: Rebot;
  copyRecord: CopyRecord;
  writeForm: WriteForm;
}

/** Files of a report: listed, opened isolated, handed over, saved. */
export class ReportService {
  readonly #options: ReportServiceOptions;
  readonly #hashes = new ReportHashes();
  readonly #derived: DerivedFiles;
  readonly #server: ReportServer;

  constructor(options: ReportServiceOptions) {
    this.#options = options;
    this.#derived = new DerivedFiles(options.cache, options.rebot);
    this.#server = new ReportServer({
      reportDirectory: (id) => this.#directoryOf(id),
      openExport: (id, form) => this.#export(id, formOf(form)),
    });
  }

  /** Hashes are told of a run that has ended: before, they would be old when they arrive. */
  async artefacts(id: string): Promise<Artefact[]> {
    const { directory, ended } = this.#options.findRun(id);
    const artefacts: Artefact[] = [];
    for (const found of await listArtefacts(directory)) {
      const { path, size, kind } = found;
      artefacts.push({ path, size, kind, sha256: ended ? await this.#hashes.of(directory, found) : null });
    }
    return artefacts;
  }

  async address(id: string, path: string): Promise<{ url: string }> {
    const run = this.#options.findRun(id);
    if ((await findReportFile(run.directory, path)) === null) {
      throw new WorkbenchError(
        'NOT_FOUND',
        `The report of this run has no file ${path}. While a run goes on, Robot Framework has not written its report yet.`,
      );
    }
    return { url: await this.#server.fileUrl(id, path) };
  }

  /** What must be made first is made now, so that a problem is said here and not by the browser. */
  async export(id: string, form: ExportForm): Promise<{ url: string; fileName: string }> {
    const run = this.#options.findRun(id);
    if (form !== 'zip') await this.#export(id, form);
    const fileName = exportFileName(run, form);
    return { url: await this.#server.downloadUrl(id, form, fileName), fileName };
  }

  async save(id: string, form: ExportForm, target: { path: string; overwrite: boolean }): Promise<{ path: string; size: number }> {
    return saveExport(await this.#export(id, form), target.path, target.overwrite);
  }

  /** Addresses of a removed run die with it, and so does what was made out of its report. */
  async forget(id: string): Promise<void> {
    this.#server.forget(id);
    await this.#derived.forget(id);
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  #export(id: string, form: ExportForm): Promise<ReportExport> {
    return exportReport(this.#options.findRun(id), form, {
      derived: this.#derived,
      copyRecord: this.#options.copyRecord,
      writeForm: this.#options.writeForm,
    });
  }

  #directoryOf(id: string): string | null {
    try {
      return this.#options.findRun(id).directory;
    } catch {
      return null;
    }
  }
}

function formOf(form: string): ExportForm {
  const known = EXPORT_FORMS.find((each) => each === form);
  if (known === undefined) throw new WorkbenchError('NOT_FOUND', 'There is no such export.');
  return known;
}
