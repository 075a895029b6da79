import { contentPath, contentTypeOf, foreignHeaders, framePage, guardedPage } from '@atn/content-store';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Artefact } from '../../src-shared/model/run.ts';
import { RunManifest } from '../../src-shared/protocol/messages.ts';
import { HubError } from '../errors.ts';
import { findRemoteRun } from '../store/runs.ts';
import type { HubRunServices } from './run-services.ts';
import type { SignedPaths } from './signed-paths.ts';

export const REPORTS_PATH = '/reports';

/** Files of published reports. What strangers wrote gets nothing of the hub: an address that nobody can guess, no cookie, a frame that keeps it. */
export class ReportFiles {
  readonly #services: HubRunServices;
  readonly #paths: SignedPaths;

  constructor(services: HubRunServices, paths: SignedPaths) {
    this.#services = services;
    this.#paths = paths;
  }

  async artefacts(id: string): Promise<Artefact[]> {
    const { published_at: published, manifest } = await this.#row(id);
    return published === null || manifest === null ? [] : RunManifest.parse(JSON.parse(manifest)).files;
  }

  /** The path of an address, good for half a day. */
  async path(id: string, path: string): Promise<string> {
    if (!(await this.artefacts(id)).some((file) => file.path === path))
      throw new HubError('NOT_FOUND', `The report of this run has no file ${path}, or it has not arrived yet.`);
    return `${REPORTS_PATH}/${this.#paths.sign(id)}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }

  /** Null: there is no such file, or its address is no longer good. `origin`: of the hub, as the browser names it. */
  async open(token: string, path: string, { origin, framed }: { origin: string; framed: boolean }) {
    const id = this.#paths.open(token);
    if (id === null) return null;
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

  async #row(id: string) {
    const row = await findRemoteRun(this.#services.store, id);
    if (row === undefined) throw new HubError('NOT_FOUND', 'This run does not exist.');
    return row;
  }
}
