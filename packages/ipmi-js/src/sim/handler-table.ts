import type { Command } from '../wire/command.js';
import { completion } from '../wire/completion-codes.js';
import { MalformedError } from '../wire/errors.js';
import { Reader } from '../wire/reader.js';
import { Writer } from '../wire/writer.js';
import { privilegeNumber, type Privilege } from '../commands/privilege.js';
import type { SimSession } from './session-table.js';

/** Thrown by a handler to answer with a completion code. */
export class CompletionFault extends Error {
  readonly completionCode: number;

  constructor(completionCode: number) {
    super(`completion code 0x${completionCode.toString(16)}`);
    this.completionCode = completionCode;
  }
}

/** Who asks: a session, or nobody yet. */
export interface Caller {
  readonly session: SimSession | undefined;
  /** Present privilege level; 0 outside a session. */
  readonly privilege: number;
  readonly lun: number;
}

export interface Question {
  readonly netFn: number;
  readonly command: number;
  readonly data: Buffer;
}

type RequestOf<C> = C extends Command<infer Request, unknown> ? Request : never;
type ResponseOf<C> = C extends Command<unknown, infer Response> ? Response : never;
type Handler = (data: Buffer, caller: Caller) => Buffer;

const groupNetFn = 0x2c;

function key(netFn: number, code: number, group: number | undefined): number {
  return ((group ?? 0) << 16) | (netFn << 8) | code;
}

/** What a simulated BMC can do: handlers by command, each with the lowest privilege level that may use it. */
export class HandlerTable {
  readonly #handlers = new Map<number, { privilege: number; handler: Handler }>();

  /** `open` as privilege lets a command in without a session. A later handler for the same command replaces the former. */
  on<C extends Command<unknown, unknown>>(
    command: C,
    privilege: Privilege | 'open',
    handle: (request: RequestOf<C>, caller: Caller) => ResponseOf<C>,
  ): void {
    const skip = command.group === undefined ? 0 : 1;
    const handler: Handler = (data, caller) => {
      const reader = new Reader(data);
      reader.skip(skip);
      const response = handle(command.request.read(reader) as RequestOf<C>, caller);
      const writer = new Writer().u8(completion.ok);
      if (command.group !== undefined) writer.u8(command.group);
      command.response.write(writer, response);
      return writer.finish();
    };
    this.#handlers.set(key(command.netFn, command.code, command.group), {
      privilege: privilege === 'open' ? 0 : privilegeNumber(privilege),
      handler,
    });
  }

  /** Answer data, completion code first. */
  answer(question: Question, caller: Caller): Buffer {
    const group = question.netFn === groupNetFn ? question.data[0] : undefined;
    const found = this.#handlers.get(key(question.netFn, question.command, group));
    if (found === undefined) return this.#refusal(completion.unknownCommand, group);
    if (caller.privilege < found.privilege) return this.#refusal(completion.insufficientPrivilege, group);
    try {
      return found.handler(question.data, caller);
    } catch (error) {
      if (error instanceof CompletionFault) return this.#refusal(error.completionCode, group);
      if (error instanceof MalformedError) return this.#refusal(completion.lengthInvalid, group);
      throw error;
    }
  }

  #refusal(code: number, group: number | undefined): Buffer {
    return group === undefined ? Buffer.from([code]) : Buffer.from([code, group]);
  }
}
