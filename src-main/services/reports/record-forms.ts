import type { RecordForm, RunFacts } from '@atn/run-record/forms';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { WorkbenchError } from '../../errors.ts';
import { ReadThread } from '../../workers/read-thread.ts';
import type { WriteFormQueries, WriteFormSettings } from './write-form.thread.ts';
import threadFile from './write-form.thread?modulePath';

export interface FormSource {
  /** record.db of the run. */
  record: string;
  /** timeline.json of its report, where it would be. */
  timeline: string;
  facts: RunFacts;
}

/** Makes a form out of a record, in a thread that lives as long as that: a record of millions of rows takes seconds. */
export type WriteForm = (source: FormSource, form: RecordForm) => Promise<() => Promise<Readable>>;

export function formWriter(scratch: string, settings: WriteFormSettings): WriteForm {
  return async ({ record, timeline: kept, facts }, form) => {
    const timeline = (await isThere(kept)) ? kept : null;
    if (!(await isThere(record)) && (form !== 'page.html' || timeline === null))
      throw new WorkbenchError('NOT_FOUND', 'This run has no record: it never came to a test, or the record was removed since.');
    await mkdir(scratch, { recursive: true });
    const folder = await mkdtemp(join(scratch, 'form-'));
    const thread = new ReadThread<WriteFormQueries>(threadFile, settings);
    try {
      const target = form === 'allure.zip' ? folder : join(folder, form);
      await thread.ask('write', { source: record, timeline, facts, form, target });
      return async () => whenClosed(form === 'allure.zip' ? await zipFolder(folder) : createReadStream(target), folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    } finally {
      await thread.close();
    }
  };
}

const isThere = async (file: string): Promise<boolean> => (await stat(file).catch(() => null)) !== null;

function whenClosed(stream: Readable, folder: string): Readable {
  return stream.on('close', () => void rm(folder, { recursive: true, force: true }));
}

async function zipFolder(folder: string): Promise<Readable> {
  const zip = new ZipFile();
  for (const name of (await readdir(folder)).sort()) zip.addFile(join(folder, name), name);
  zip.end();
  // yazl types its stream by an older interface than the one it has.
  return zip.outputStream as Readable;
}
