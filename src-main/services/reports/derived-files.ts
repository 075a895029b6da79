import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import type { ReportedRun } from './export-report.ts';

export type DerivedForm = 'log.html' | 'report.html' | 'xunit.xml';

/** Runs `rebot` on `source` so that exactly `target` is written in the form asked for. Joined by compose.ts. */
export type Rebot = (job: { source: string; form: DerivedForm; target: string }) => Promise<void>;

/**
 * Files that Robot did not write but can be made out of its output.xml. They lie in the cache, not in the report: a report stays as
 * the run left it.
 */
export class DerivedFiles {
  readonly #cache: string;
  readonly #rebot: Rebot;
  readonly #underWay = new Map<string, Promise<{ file: string; size: number }>>();

  constructor(cache: string, rebot: Rebot) {
    this.#cache = cache;
    this.#rebot = rebot;
  }

  /** Two who ask at once wait for the same one. */
  make(run: ReportedRun, form: DerivedForm, source: string): Promise<{ file: string; size: number }> {
    const key = `${run.id}/${form}`;
    const running = this.#underWay.get(key);
    if (running !== undefined) return running;
    const made = this.#make(run, form, source).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, made);
    return made;
  }

  async forget(runId: string): Promise<void> {
    await rm(join(this.#cache, runId), { recursive: true, force: true });
  }

  async #make(run: ReportedRun, form: DerivedForm, source: string): Promise<{ file: string; size: number }> {
    const folder = join(this.#cache, run.id);
    const target = join(folder, form);
    const [kept, from] = await Promise.all([sizeAndTime(target), sizeAndTime(source)]);
    if (kept !== null && from !== null && kept.mtimeMs >= from.mtimeMs) return { file: target, size: kept.size };
    await mkdir(folder, { recursive: true });
    const partial = join(folder, `partial-${form}`);
    await this.#rebot({ source, form, target: partial });
    const made = await sizeAndTime(partial);
    if (made === null) throw new WorkbenchError('ROBOT_DATA', `Robot Framework could not make ${form} out of the output.xml of this run.`);
    await rename(partial, target);
    return { file: target, size: made.size };
  }
}

async function sizeAndTime(file: string): Promise<{ size: number; mtimeMs: number } | null> {
  try {
    return await stat(file);
  } catch {
    return null;
  }
}
