import { put } from '@atn/content-store';
import { FileStore } from '@tus/file-store';
import { Server, type Upload } from '@tus/server';
import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Name, Sha256 } from '../../src-shared/model/text.ts';
import { asHubError, HubError } from '../errors.ts';
import type { HubRunServices } from '../runs/run-services.ts';
import { outlineOf } from './outline.ts';

export const UPLOADS_PATH = '/api/uploads';

export interface UploadLimits {
  /** Bytes of one upload, and of all that one person has here. */
  upload: number;
  person: number;
}

/** Resumable uploads (tus). Who asks is known before: `handle` is called for people who may use machines. */
export class Uploads {
  readonly #services: HubRunServices;
  readonly #limits: UploadLimits;
  readonly #folder: string;
  readonly #files: FileStore;
  readonly #server: Server;
  readonly #askers = new WeakMap<object, string>();

  constructor(services: HubRunServices, folder: string, limits: UploadLimits) {
    this.#services = services;
    this.#limits = limits;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#files = new FileStore({ directory: folder });
    this.#server = new Server({
      path: UPLOADS_PATH,
      datastore: this.#files,
      relativeLocation: true,
      maxSize: limits.upload,
      onIncomingRequest: (request, id) => this.#demandOwn(this.#asker(request), id),
      onUploadCreate: (request, upload) => refusing(() => this.#begin(this.#asker(request), upload)),
      onUploadFinish: (_request, upload) => refusing(() => this.#finish(upload)),
    });
  }

  async handle(request: IncomingMessage, response: ServerResponse, login: string): Promise<void> {
    this.#askers.set(request, login);
    await this.#server.handle(request, response);
  }

  #asker(request: object): string {
    const { runtime } = request as { runtime?: { node?: { req?: object } } };
    const login = runtime?.node?.req === undefined ? undefined : this.#askers.get(runtime.node.req);
    if (login === undefined) throw new HubError('UNAUTHORIZED');
    return login;
  }

  async #demandOwn(login: string, id: string): Promise<void> {
    const upload = await this.#files.getUpload(id).catch(() => null);
    if (upload !== null && upload.metadata?.['person'] !== login)
      throw refusal(new HubError('FORBIDDEN', 'This upload is of somebody else.'));
  }

  async #begin(person: string, upload: Upload) {
    if (upload.size === undefined) throw new HubError('BAD_REQUEST', 'Say how many bytes it has.');
    const name = Name.safeParse(upload.metadata?.['name'] ?? '');
    if (!name.success) throw new HubError('BAD_REQUEST', 'Test data need a name.');
    const { used } = await this.#services.store
      .selectFrom('test_data')
      .select(({ fn }) => fn.sum<number | null>('size').as('used'))
      .where('person', '=', person)
      .executeTakeFirstOrThrow();
    if (Number(used ?? 0) + upload.size > this.#limits.person)
      throw new HubError('DISK_FULL', 'This is more than you may keep here. Remove test data that you do not need any more.');
    return { metadata: { ...upload.metadata, name: name.data, person } };
  }

  async #finish({ id, metadata, size = 0 }: Upload) {
    const { content, store, now, notices } = this.#services;
    const file = join(this.#folder, id);
    const expected = Sha256.safeParse(metadata?.['sha256']);
    try {
      const outline = await outlineOf(file);
      const kept = await put(content, file, expected.success ? { expected: expected.data } : {});
      const [name, person, fileName] = ['name', 'person', 'filename'].map((key) => metadata?.[key] ?? '');
      const row = { id, name: name ?? '', person: person ?? '', file_name: fileName ?? '', sha256: kept.sha256, size };
      await store
        .insertInto('test_data')
        .values({ ...row, outline: JSON.stringify(outline), created_at: now() })
        .execute();
      notices.tell(id, 'run');
      return { headers: { 'x-atn-test-data': id } };
    } finally {
      await this.#files.remove(id).catch(() => undefined);
    }
  }
}

/** The form in which tus hands a refusal on. */
class UploadRefusal extends Error {
  readonly status_code: number;
  readonly body: string;

  constructor({ code, message }: HubError) {
    super(message);
    this.status_code = STATUS[code] ?? 400;
    this.body = message;
  }
}

function refusal(error: unknown): UploadRefusal {
  return new UploadRefusal(
    error instanceof Error && error.name === 'ContentError' ? new HubError('CONFLICT', MISMATCH) : asHubError(error),
  );
}

const MISMATCH = 'What arrived is not what was sent: its hash differs. Send it again.';
const STATUS: Readonly<Record<string, number>> = { UNAUTHORIZED: 401, FORBIDDEN: 403, CONFLICT: 409, DISK_FULL: 507, INTERNAL: 500 };

async function refusing<T>(deed: () => Promise<T>): Promise<T> {
  try {
    return await deed();
  } catch (error) {
    throw refusal(error);
  }
}
