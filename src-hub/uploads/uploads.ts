import { put } from '@atn/content-store';
import { FileStore } from '@tus/file-store';
import { Server, type Upload } from '@tus/server';
import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Name, Sha256 } from '../../src-shared/model/text.ts';
import { writeAudit } from '../people/audit.ts';
import { asHubError, HubError } from '../errors.ts';
import type { HubRunServices } from '../runs/run-services.ts';
import { checkKind, kindOf } from './check-kind.ts';

export const UPLOADS_PATH = '/api/uploads';
/** Who has not finished by then begins anew; it is looked for this often. Milliseconds. */
const ABANDONED_MS = 3 * 24 * 3_600_000;
const SWEEP_MS = 3_600_000;

/** Who brings something. */
export interface Asker {
  id: string;
  login: string;
  name: string;
  address: string;
}

export interface UploadLimits {
  /** Bytes of one upload, and of all that one person has here. */
  upload: number;
  person: number;
  /** Of all that everybody has here. */
  whole: number;
}

/** Resumable uploads (tus). Who asks is known before: `handle` is called for people who may use machines. */
export class Uploads {
  readonly #services: HubRunServices;
  readonly #limits: UploadLimits;
  readonly #folder: string;
  readonly #files: FileStore;
  readonly #server: Server;
  readonly #askers = new WeakMap<object, Asker>();
  readonly #sweeping: NodeJS.Timeout;

  constructor(services: HubRunServices, folder: string, limits: UploadLimits) {
    this.#services = services;
    this.#limits = limits;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#files = new FileStore({ directory: folder, expirationPeriodInMilliseconds: ABANDONED_MS });
    this.#server = new Server({
      path: UPLOADS_PATH,
      datastore: this.#files,
      relativeLocation: true,
      maxSize: limits.upload,
      onIncomingRequest: (request, id) => this.#demandOwn(this.#asker(request).login, id),
      onUploadCreate: (request, upload) => this.#noting(this.#asker(request), upload, (who) => this.#begin(who.login, upload)),
      onUploadFinish: (request, upload) =>
        this.#noting(this.#asker(request), upload, async (who) => {
          const made = await this.#finish(upload);
          await this.#note(who, upload, 'done');
          return made;
        }),
    });
    this.#sweeping = setInterval(() => void this.#sweep(), SWEEP_MS).unref();
  }

  /** Once, when the hub comes up: what arrived whole just before it ended is taken now. */
  async recover(): Promise<void> {
    await this.#sweep();
    for (const id of await this.#ids()) {
      const upload = await this.#files.getUpload(id).catch(() => null);
      if (upload !== null && upload.offset === upload.size) await this.#finish(upload).catch(() => undefined);
    }
  }

  close(): void {
    clearInterval(this.#sweeping);
  }

  async handle(request: IncomingMessage, response: ServerResponse, asker: Asker): Promise<void> {
    this.#askers.set(request, asker);
    await this.#server.handle(request, response);
  }

  #asker(request: object): Asker {
    const { runtime } = request as { runtime?: { node?: { req?: object } } };
    const asker = runtime?.node?.req === undefined ? undefined : this.#askers.get(runtime.node.req);
    if (asker === undefined) throw refusal(new HubError('UNAUTHORIZED'));
    return asker;
  }

  /** What is refused is a deed as well. */
  async #noting<T>(who: Asker, upload: Upload, deed: (who: Asker) => Promise<T>): Promise<T> {
    try {
      return await deed(who);
    } catch (error) {
      const refused = refusal(error);
      await this.#note(who, upload, refused.code);
      throw refused;
    }
  }

  #note({ id, name, address }: Asker, upload: Upload, outcome: string): Promise<void> {
    const subject = upload.metadata?.['name'] ?? '';
    const { store, now } = this.#services;
    return writeAudit(store, { at: now(), personId: id, person: name, deed: 'testData.bring', subject, outcome, address });
  }

  async #demandOwn(login: string, id: string): Promise<void> {
    const upload = await this.#files.getUpload(id).catch(() => null);
    if (upload !== null && upload.metadata?.['person'] !== login)
      throw refusal(new HubError('FORBIDDEN', 'This upload is of somebody else.'));
  }

  async #begin(person: string, upload: Upload) {
    if (upload.size === undefined) throw new HubError('BAD_REQUEST', 'Say how many bytes it has.');
    const name = Name.safeParse(upload.metadata?.['name'] ?? '');
    if (!name.success) throw new HubError('BAD_REQUEST', 'It needs a name.');
    kindOf(upload.metadata?.['kind'], upload.metadata?.['filename'] ?? '');
    await this.#demandRoom(person, upload.size);
    return { metadata: { ...upload.metadata, name: name.data, person } };
  }

  async #demandRoom(person: string, size: number): Promise<void> {
    const { kept, keptByPerson } = await this.#kept(person);
    if (keptByPerson + (await this.#begunBy(person)) + size > this.#limits.person)
      throw new HubError('DISK_FULL', 'This is more than you may keep here. Remove what you do not need any more.');
    if (kept + (await this.#begunBy(null)) + size > this.#limits.whole)
      throw new HubError('DISK_FULL', 'The hub keeps no more than it has now. Ask its administrator, or remove what nobody needs.');
  }

  /** Bytes that are here: of everybody, and of one. */
  async #kept(person: string): Promise<{ kept: number; keptByPerson: number }> {
    const rows = await this.#services.store
      .selectFrom('test_data')
      .select(({ fn }) => ['person', fn.sum<number | null>('size').as('used')])
      .groupBy('person')
      .execute();
    const bytes = (some: typeof rows) => some.reduce((sum, { used }) => sum + Number(used ?? 0), 0);
    return { kept: bytes(rows), keptByPerson: bytes(rows.filter((row) => row.person === person)) };
  }

  /** Bytes of what one person (null = anybody) has begun to bring and not finished. */
  async #begunBy(person: string | null): Promise<number> {
    let bytes = 0;
    for (const id of await this.#ids()) {
      const known = await this.#files.configstore.get(id).catch(() => undefined);
      if (person === null || known?.metadata?.['person'] === person) bytes += known?.size ?? 0;
    }
    return bytes;
  }

  async #ids(): Promise<string[]> {
    return (await this.#files.configstore.list?.()) ?? [];
  }

  async #sweep(): Promise<void> {
    await this.#server.cleanUpExpiredUploads().catch(() => undefined);
  }

  async #finish({ id, metadata, size = 0 }: Upload) {
    const { content, store, now, notices } = this.#services;
    const file = join(this.#folder, id);
    const expected = Sha256.safeParse(metadata?.['sha256']);
    try {
      const kind = kindOf(metadata?.['kind'], metadata?.['filename'] ?? '');
      const outline = await checkKind(kind, file);
      const kept = await put(content, file, expected.success ? { expected: expected.data } : {});
      const [name, person, fileName] = ['name', 'person', 'filename'].map((key) => metadata?.[key] ?? '');
      const row = { id, kind, name: name ?? '', person: person ?? '', file_name: fileName ?? '', sha256: kept.sha256, size };
      await store
        .insertInto('test_data')
        .values({ ...row, outline: JSON.stringify(outline), created_at: now() })
        .onConflict((conflict) => conflict.column('id').doNothing())
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
  readonly code: string;
  readonly status_code: number;
  readonly body: string;

  constructor({ code, message }: HubError) {
    super(message);
    this.code = code;
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
