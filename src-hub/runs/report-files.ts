import { contentPath, contentTypeOf, foreignHeaders, framePage, guardedPage } from '@atn/content-store';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Artefact } from '../../src-shared/model/run.ts';
import { RunManifest } from '../../src-shared/protocol/messages.ts';
import { HubError } from '../errors.ts';
import { findRemoteRun } from '../store/runs.ts';
import type { HubRunServices } from './run-services.ts';

export const REPORTS_PATH = '/reports';
/** An address of a report opens so long. */
const LASTS_MS = 12 * 3_600_000;

/** Files of published reports. What strangers wrote gets nothing of the hub: an address that nobody can guess, no cookie, a frame that keeps it. */
export class ReportFiles {
  readonly #services: HubRunServices;
  readonly #key: Buffer;

  constructor(services: HubRunServices) {
    this.#services = services;
    this.#key = keyIn(services.folder);
  }

  async artefacts(id: string): Promise<Artefact[]> {
    const { published_at: published, manifest } = await this.#row(id);
    return published === null || manifest === null ? [] : RunManifest.parse(JSON.parse(manifest)).files;
  }

  /** The path of an address, good for half a day. */
  async path(id: string, path: string): Promise<string> {
    if (!(await this.artefacts(id)).some((file) => file.path === path))
      throw new HubError('NOT_FOUND', `The report of this run has no file ${path}, or it has not arrived yet.`);
    const until = this.#services.now() + LASTS_MS;
    return `${REPORTS_PATH}/${this.#sign(id, until)}.${until.toString(36)}.${id}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }

  /** Null: there is no such file, or its address is no longer good. `origin`: of the hub, as the browser names it. */
  async open(token: string, path: string, { origin, framed }: { origin: string; framed: boolean }) {
    const [signature = '', until = '', id = ''] = token.split('.');
    const end = Number.parseInt(until, 36);
    if (!(end > this.#services.now()) || !same(signature, this.#sign(id, end))) return null;
    const file = (await this.artefacts(id)).find((one) => one.path === path);
    if (file?.sha256 == null) return null;
    const base = `${origin}${REPORTS_PATH}/${token}/`;
    const place = contentPath(this.#services.content, file.sha256);
    const { type, page, shown } = contentTypeOf(path);
    if (page && !framed) return { headers: { ...foreignHeaders('frame', base), 'Content-Type': type }, body: framePage(path) };
    if (page) {
      const guarded = await guardedPage({ file: place, size: file.size });
      return { headers: { ...foreignHeaders('page', base), 'Content-Type': type }, body: guarded.open() };
    }
    const name = encodeURIComponent(path.split('/').at(-1) ?? 'file');
    const disposition: Record<string, string> = shown ? {} : { 'Content-Disposition': `attachment; filename*=UTF-8''${name}` };
    const body: Readable = createReadStream(place);
    return { headers: { ...foreignHeaders('file', base), ...disposition, 'Content-Type': type }, body };
  }

  #sign(id: string, until: number): string {
    return createHmac('sha256', this.#key).update(`${id} ${until}`).digest('base64url');
  }

  async #row(id: string) {
    const row = await findRemoteRun(this.#services.store, id);
    if (row === undefined) throw new HubError('NOT_FOUND', 'This run does not exist.');
    return row;
  }
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** Made once; all processes of a hub share the folder. */
function keyIn(folder: string): Buffer {
  const file = join(folder, '.report-key');
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file);
}
