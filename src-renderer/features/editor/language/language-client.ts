import type { LanguageEvent } from '../../../../src-shared/contract/harness/language.ts';

/** A place of the protocol: both from 0, `character` in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Finding {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly message: string;
  /** 1 error, 2 warning, 3 information, 4 hint. */
  readonly severity?: number;
}

export interface LanguageState {
  readonly status: 'preparing' | 'ready' | 'asleep' | 'away';
  /** What is made ready, or why there is none; a sentence for a person. */
  readonly note: string;
}

interface Ways {
  readonly send: (session: string, json: string) => Promise<unknown>;
  /** Calls later; answers how to take it back. */
  readonly later: (deed: () => void, milliseconds: number) => () => void;
  readonly tell: (state: LanguageState) => void;
}

interface Document {
  readonly path: string;
  readonly read: () => string;
  readonly onFindings: (findings: readonly Finding[]) => void;
  version: number;
  /** What is to be sent when typing rests. */
  cancel: (() => void) | null;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly uri?: string; readonly diagnostics?: readonly Finding[] };
  readonly result?: unknown;
}

/** How long typing rests before the server is told, and how long an answer may take, in milliseconds: the first one reads all libraries. */
const REST = 300;
const PATIENCE = 20_000;

/** The page's side of the language server: tells it the open text, asks, and hands on what it finds. Without a server every answer is null. */
export class LanguageClient {
  readonly #ways: Ways;
  readonly #asked = new Map<number, (result: unknown) => void>();
  #server: { readonly session: string; readonly rootUri: string; readonly awake: boolean } | null = null;
  #document: Document | null = null;
  /** Ids of what is asked just now, by method: a newer question of the same kind takes the place of the older one. */
  readonly #open = new Map<string, number>();
  #last = 0;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  take(event: LanguageEvent): void {
    if (event.type === 'message') return this.#hear(JSON.parse(event.json) as Message);
    if (event.type === 'ready') {
      this.#server = { session: event.session, rootUri: event.rootUri, awake: true };
      this.#ways.tell({ status: 'ready', note: '' });
      return this.#sendOpen();
    }
    this.#forget();
    if (event.type === 'asleep' && this.#server !== null) this.#server = { ...this.#server, awake: false };
    else this.#server = null;
    const note = event.type === 'preparing' ? event.step : event.type === 'away' ? event.why : '';
    this.#ways.tell({ status: event.type, note });
  }

  /** One text at a time; answers how to close it. */
  open(path: string, read: () => string, onFindings: (findings: readonly Finding[]) => void): () => void {
    const document: Document = { path, read, onFindings, version: 1, cancel: null };
    this.#document = document;
    this.#sendOpen();
    return () => {
      document.cancel?.();
      if (this.#document === document) this.#document = null;
      this.#notify('textDocument/didClose', { textDocument: { uri: this.#uri(path) } });
    };
  }

  /** The text has changed: the server hears of it when typing rests. */
  changed(): void {
    const document = this.#document;
    if (document === null) return;
    document.cancel?.();
    document.cancel = this.#ways.later(() => this.#sendChange(), REST);
  }

  /** Asks about a place of the open text as it is now. Null: no answer. */
  async ask(method: string, position: Place): Promise<unknown> {
    const document = this.#document;
    if (document === null) return null;
    if (document.cancel !== null) this.#sendChange();
    return this.#request(method, { textDocument: { uri: this.#uri(document.path) }, position });
  }

  /** More of an item that was offered, its documentation for instance. */
  resolve(item: object): Promise<unknown> {
    return this.#request('completionItem/resolve', item);
  }

  /** The path of a file of the test data; null for what is elsewhere. */
  pathOf(uri: string): string | null {
    const root = this.#server === null ? null : `${this.#server.rootUri}/`;
    return root !== null && uri.startsWith(root) ? decodeURIComponent(uri.slice(root.length)) : null;
  }

  #request(method: string, params: object): Promise<unknown> {
    if (this.#server === null || !this.#server.awake) {
      this.#send({ method: '$/cancelRequest', params: { id: 0 } }); // wakes it
      return Promise.resolve(null);
    }
    this.#cancel(method);
    const id = (this.#last += 1);
    this.#open.set(method, id);
    return new Promise((resolve) => {
      const cancel = this.#ways.later(() => answer(null), PATIENCE);
      const answer = (result: unknown): void => {
        cancel();
        this.#asked.delete(id);
        resolve(result);
      };
      this.#asked.set(id, answer);
      this.#send({ id, method, params });
    });
  }

  #cancel(method: string): void {
    const id = this.#open.get(method);
    const answer = id === undefined ? undefined : this.#asked.get(id);
    if (answer === undefined) return;
    this.#notify('$/cancelRequest', { id });
    answer(null);
  }

  #sendOpen(): void {
    const document = this.#document;
    if (document === null || this.#server === null) return;
    document.cancel?.();
    document.cancel = null;
    document.version += 1;
    const { path, version } = document;
    this.#notify('textDocument/didOpen', {
      textDocument: { uri: this.#uri(path), languageId: 'robotframework', version, text: document.read() },
    });
  }

  #sendChange(): void {
    const document = this.#document;
    if (document === null) return;
    document.cancel?.();
    document.cancel = null;
    document.version += 1;
    const textDocument = { uri: this.#uri(document.path), version: document.version };
    this.#notify('textDocument/didChange', { textDocument, contentChanges: [{ text: document.read() }] });
  }

  #notify(method: string, params: object): void {
    this.#send({ method, params });
  }

  #send(message: object): void {
    if (this.#server === null) return;
    const { session } = this.#server;
    const json = JSON.stringify({ jsonrpc: '2.0', ...message });
    // One after the other: a question about a text must not overtake the text. Its stream says what becomes of the server.
    this.#sending = this.#sending.then(() => this.#ways.send(session, json)).catch(() => undefined);
  }

  #hear({ id, method, params, result }: Message): void {
    if (typeof id === 'number' && method === undefined) return this.#asked.get(id)?.(result ?? null);
    const document = this.#document;
    if (method !== 'textDocument/publishDiagnostics' || document === null || params?.uri === undefined) return;
    if (this.pathOf(params.uri) === document.path) document.onFindings(params.diagnostics ?? []);
  }

  #forget(): void {
    for (const answer of [...this.#asked.values()]) answer(null);
  }

  #uri(path: string): string {
    return `${this.#server?.rootUri ?? ''}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }
}
