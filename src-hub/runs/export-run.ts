import { contentPath } from '@atn/content-store';
import { RECORD_FORMS, type FormWish, type RecordForm } from '@atn/run-record/forms';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { ZipFile } from 'yazl';
import type { Artefact } from '../../src-shared/model/run.ts';
import { TIMELINE_FILE } from '../../src-shared/model/timeline.ts';
import type { ReportForm } from '../../src-shared/contract/harness/reports.ts';
import { HubError } from '../errors.ts';
import { needRun } from './list-runs.ts';
import type { ReportFiles } from './report-files.ts';
import type { HubRunServices } from './run-services.ts';
import type { SignedPaths } from './signed-paths.ts';
import threadFile from './write-form.thread?modulePath';

export const EXPORTS_PATH = '/exports';
/** Nobody reads one file for a day. */
const FORGOTTEN_MS = 24 * 3_600_000;
/** Already compressed: deflating it again costs time and wins nothing. */
const PACKED = /\.(?:png|jpe?g|gif|webp|mp4|webm|zip|gz|xz|zst)$/iu;

/** Reports to take along: all files as a zip, Robot's own ones as they came, and what is made of the record. */
export class RunExports {
  readonly #services: HubRunServices;
  readonly #files: ReportFiles;
  readonly #paths: SignedPaths;

  constructor(services: HubRunServices, { files, paths }: { files: ReportFiles; paths: SignedPaths }) {
    this.#services = services;
    this.#files = files;
    this.#paths = paths;
  }

  /** The path of a download. NOT_FOUND is said here, where somebody reads it. */
  async path(id: string, form: ReportForm): Promise<{ path: string; fileName: string }> {
    await this.#find(id, form);
    const { name, startedAt, createdAt } = await needRun(this.#services, id);
    const at = new Date(startedAt ?? createdAt).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
    const plain = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 80);
    const fileName = `${plain} ${at}${form === 'zip' ? '.zip' : ` ${form}`}`;
    return { path: `${EXPORTS_PATH}/${this.#paths.sign(`${id}.${form}`)}/${encodeURIComponent(fileName)}`, fileName };
  }

  /** Null: the address is no longer good. */
  async open(token: string): Promise<Readable | null> {
    const what = this.#paths.open(token);
    if (what === null) return null;
    const [id = '', ...form] = what.split('.');
    const found = await this.#find(id, form.join('.') as ReportForm);
    if (found.kind === 'zip') return zipOf(found.files.map(({ path, file }) => ({ path, file })));
    return found.kind === 'file' ? createReadStream(found.file) : this.#make(id, found);
  }

  async #find(id: string, form: ReportForm): Promise<Found> {
    const files = (await this.#files.artefacts(id)).map((artefact) => ({ ...artefact, file: this.#place(artefact) }));
    if (files.length === 0) throw new HubError('NOT_FOUND', 'The report of this run has not arrived yet.');
    if (form === 'zip') return { kind: 'zip', files };
    const made = RECORD_FORMS.find((each) => each === form);
    const found = files.find(made === undefined ? ({ path }) => path === form : ({ kind }) => kind === 'record');
    if (found === undefined) throw new HubError('NOT_FOUND', `The report of this run has no ${made === undefined ? form : 'record'}.`);
    const timeline = files.find(({ path }) => path === TIMELINE_FILE)?.file ?? null;
    return made === undefined ? { kind: 'file', file: found.file } : { kind: 'made', record: found.file, timeline, form: made };
  }

  #place({ sha256 }: Artefact): string {
    return contentPath(this.#services.content, sha256 ?? '');
  }

  /** In a thread, because a record of millions of rows takes seconds; what it wrote goes when it has been read. */
  async #make(id: string, { record, timeline, form }: Omit<Made, 'kind'>): Promise<Readable> {
    const run = await needRun(this.#services, id);
    const { name, suts, condition, person: startedBy, harness, plan, startedAt, createdAt, verdict, state, happened } = run;
    const facts = { id, name, suts, condition, startedBy, harness, plan: plan?.name ?? null, happened };
    const scratch = join(this.#services.folder, '.exports');
    await mkdir(scratch, { recursive: true });
    await forgetOld(scratch, Date.now() - FORGOTTEN_MS);
    const folder = await mkdtemp(join(scratch, 'form-'));
    const leave = () => void rm(folder, { recursive: true, force: true });
    const target = form === 'allure.zip' ? folder : join(folder, form);
    try {
      await inThread({
        source: record,
        timeline,
        form,
        target,
        facts: { ...facts, at: startedAt ?? createdAt, verdict: verdict ?? state },
      });
      const names = form === 'allure.zip' ? (await readdir(folder)).sort() : [];
      const made = form === 'allure.zip' ? zipOf(names.map((path) => ({ path, file: join(folder, path) }))) : createReadStream(target);
      return made.on('close', leave);
    } catch (error) {
      leave();
      throw error;
    }
  }
}

type Found = { kind: 'zip'; files: (Artefact & { file: string })[] } | { kind: 'file'; file: string } | Made;

interface Made {
  kind: 'made';
  record: string;
  timeline: string | null;
  form: RecordForm;
}

/** What was being made when a hub was killed. */
async function forgetOld(scratch: string, before: number): Promise<void> {
  for (const name of await readdir(scratch)) {
    const folder = join(scratch, name);
    const made = await stat(folder).catch(() => null); // another export may have left just now
    if (made !== null && made.mtimeMs < before) await rm(folder, { recursive: true, force: true });
  }
}

async function inThread(wish: FormWish): Promise<void> {
  // An error in the thread rejects this.
  await once(new Worker(threadFile, { workerData: wish }), 'exit');
}

/** Made while it is read: memory stays flat whatever the size. */
function zipOf(files: readonly { path: string; file: string }[]): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  let reading: Readable | null = null;
  const fail = (error: Error) => output.destroy(error);
  for (const { path, file } of files)
    zip.addReadStreamLazy(path, { mode: 0o100644, compress: !PACKED.test(path) }, (take) => {
      reading = createReadStream(file).on('error', fail);
      if (output.destroyed) reading.destroy();
      take(null, reading);
    });
  zip.on('error', (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
  output.on('close', () => reading?.destroy());
  zip.end();
  zip.outputStream.pipe(output);
  return output;
}
