import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestWheel } from './test-wheels.ts';

/** What goes wrong with one file: its connection breaks in the middle when nothing else is asked any more, stands still there, or it comes with other bytes. */
export type Fault = 'breaks' | 'hangs' | 'tampered';

const QUIET_MS = 1000;

/** A package index (PEP 503) on loopback. Faults and refusals can be changed at any time; `asked` says what was asked for. */
export class TestIndex {
  readonly asked: string[] = [];
  readonly faults = new Map<string, Fault>();
  /** Every request gets this status; null: answered. */
  refusal: 401 | 404 | 503 | null = null;
  readonly #server: Server;
  readonly #wheels: TestWheel[];
  #url = '';
  /** When something else than a breaking file was last asked or answered, by performance.now(). */
  #busyAt = 0;

  private constructor(wheels: TestWheel[]) {
    this.#wheels = wheels;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async serve(wheels: readonly TestWheel[]): Promise<TestIndex> {
    const index = new TestIndex([...wheels]);
    index.#server.listen(0, '127.0.0.1');
    await once(index.#server, 'listening');
    index.#url = `http://127.0.0.1:${(index.#server.address() as AddressInfo).port}/simple`;
    return index;
  }

  get url(): string {
    return this.#url;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.asked.push(path);
    this.#busyAt = performance.now();
    response.once('finish', () => (this.#busyAt = performance.now()));
    if (this.refusal !== null) return void response.writeHead(this.refusal).end();
    const name = /^\/simple\/([^/]+)\/$/u.exec(path)?.[1];
    if (name !== undefined) return this.#page(name, response);
    const wheel = this.#wheels.find(({ fileName }) => path === `/files/${fileName}`);
    if (wheel === undefined) return void response.writeHead(404).end();
    this.#file(wheel, response);
  }

  #page(name: string, response: ServerResponse): void {
    const wheels = this.#wheels.filter((wheel) => wheel.name.replaceAll(/[-_.]+/gu, '-').toLowerCase() === name);
    if (wheels.length === 0) return void response.writeHead(404).end();
    const links = wheels.map(({ fileName, sha256 }) => `<a href="/files/${fileName}#sha256=${sha256}">${fileName}</a>`);
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!DOCTYPE html><html><body>${links.join('\n')}</body></html>`);
  }

  #file({ fileName, bytes }: TestWheel, response: ServerResponse): void {
    const fault = this.faults.get(fileName);
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
    if (fault === 'hangs') return void response.write(bytes.subarray(0, bytes.length / 2));
    if (fault === 'breaks') return void response.write(bytes.subarray(0, bytes.length / 2), () => this.#breakWhenQuiet(response));
    response.end(fault === 'tampered' ? tampered(bytes) : bytes);
  }

  /** Files that are fetched beside it come first, and are put away: which of them was there when the line broke is no matter of speed. */
  #breakWhenQuiet(response: ServerResponse): void {
    const wait = setInterval(() => {
      if (!response.destroyed && performance.now() - this.#busyAt < QUIET_MS) return;
      clearInterval(wait);
      response.destroy();
    }, 50);
  }
}

/** One byte of a file name's time in the archive: the zip stays whole, the content is another. */
export function tampered(bytes: Buffer, at = 10): Buffer {
  const other = Buffer.from(bytes);
  other.writeUInt8(other.readUInt8(at) ^ 1, at);
  return other;
}
