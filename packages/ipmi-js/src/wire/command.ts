import type { Codec } from './codec.js';
import { completionRange, describeCompletion, type CompletionRange } from './completion-codes.js';
import { IpmiError } from './errors.js';

/** One IPMI command: where it lives and how request and answer look. Client and simulator use the same object. */
export interface Command<Request, Response> {
  readonly name: string;
  readonly netFn: number;
  readonly code: number;
  /** First data byte of request and answer when netFn is 2Ch (group extension): 00h PICMG, DCh DCMI. */
  readonly group?: number;
  readonly request: Codec<Request>;
  readonly response: Codec<Response>;
  /** Meanings of completion codes 80h-BEh for this command. */
  readonly completionCodes?: Readonly<Record<number, string>>;
  /** True when sending it a second time, in a new session, can do no harm. */
  readonly repeatable: boolean;
}

/** Any command, when only its place and name matter. */
export type AnyCommand = Command<never, unknown>;

/** Declares a command that only reads. */
export function query<Request, Response>(command: Omit<Command<Request, Response>, 'repeatable'>): Command<Request, Response> {
  return { ...command, repeatable: true };
}

/** Declares a command that changes something; it is never repeated in another session. */
export function action<Request, Response>(command: Omit<Command<Request, Response>, 'repeatable'>): Command<Request, Response> {
  return { ...command, repeatable: false };
}

/** Which command an answer belongs to. */
export interface CommandPlace {
  readonly name: string;
  readonly netFn: number;
  readonly code: number;
  readonly completionCodes?: Readonly<Record<number, string>> | undefined;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}

/** The BMC answered with a completion code other than 0. */
export class CompletionError extends IpmiError {
  readonly completionCode: number;
  readonly range: CompletionRange;
  readonly words: string;
  readonly netFn: number;
  readonly command: number;
  readonly commandName: string;

  constructor(completionCode: number, place: CommandPlace) {
    const words = describeCompletion(completionCode, place.completionCodes);
    super(
      'COMPLETION',
      `${place.name}: ${words} (completion code ${hex(completionCode)}, netfn ${hex(place.netFn)}, command ${hex(place.code)})`,
    );
    this.completionCode = completionCode;
    this.range = completionRange(completionCode);
    this.words = words;
    this.netFn = place.netFn;
    this.command = place.code;
    this.commandName = place.name;
  }
}

/** True when `error` is a completion error with one of the given codes. */
export function isCompletion(error: unknown, ...codes: readonly number[]): error is CompletionError {
  return error instanceof CompletionError && (codes.length === 0 || codes.includes(error.completionCode));
}
