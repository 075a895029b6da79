import { connect, type Socket } from 'node:net';
import { DriverError } from '../driver-error.ts';
import { isJson, type JsonLine } from './json-line.ts';

/** ms for an answer of QEMU, which is on this computer. */
const PATIENCE = 5000;

/** A short conversation with a QEMU over its monitor (QMP): one line of JSON a message. QEMU talks to one at a time, so it is closed soon. */
export class Qmp {
  readonly #socket: Socket;
  #rest = '';
  #nextId = 1;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #greeting: { resolve: () => void; reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#receive(text));
    socket.on('close', () => this.#fail(new DriverError('OOBM_UNREACHABLE', 'The virtual machine ended while it was asked.')));
    socket.on('error', () => undefined); // told by `close`
  }

  /** Undefined when there is no machine at this socket. */
  static async open(path: string): Promise<Qmp | undefined> {
    const socket = connect(path);
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (!connected) return undefined;
    const qmp = new Qmp(socket);
    try {
      await qmp.#greeted();
      await qmp.execute('qmp_capabilities');
      return qmp;
    } catch (error) {
      qmp.close();
      if (error instanceof DriverError && error.code === 'OOBM_UNREACHABLE') return undefined; // it ended in this moment
      throw error;
    }
  }

  execute(command: string, args: JsonLine = {}): Promise<unknown> {
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`);
    return within(answer, `${command} of QEMU took too long.`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #greeted(): Promise<void> {
    const greeting = new Promise<void>((resolve, reject) => (this.#greeting = { resolve, reject }));
    return within(greeting, 'QEMU does not greet. Something else may be talking to it.');
  }

  #receive(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const message: unknown = line.trim() === '' ? null : JSON.parse(line);
      if (isJson(message)) this.#hear(message);
    }
  }

  #hear(message: JsonLine): void {
    if ('QMP' in message) return this.#greeting?.resolve();
    const waiting = typeof message['id'] === 'number' ? this.#waiting.get(message['id']) : undefined;
    if (waiting === undefined) return; // an event
    this.#waiting.delete(message['id'] as number);
    const { error } = message;
    if (!isJson(error)) return waiting.resolve(message['return']);
    waiting.reject(new DriverError('OOBM_REFUSED', `QEMU refused: ${String(error['desc'])}.`));
  }

  #fail(error: Error): void {
    this.#greeting?.reject(error);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function within<T>(work: Promise<T>, message: string): Promise<T> {
  let timer: NodeJS.Timeout;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DriverError('TIMEOUT', message)), PATIENCE);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
