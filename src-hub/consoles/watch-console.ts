import { AsyncIteratorClass } from '@orpc/server';
import { randomUUID } from 'node:crypto';
import type { ConsoleEvent } from '../../src-shared/contract/harness/consoles.ts';
import { ERRORS, type ErrorCode } from '../../src-shared/contract/errors.ts';
import type { ConsoleState } from '../../src-shared/model/console.ts';
import { CONSOLE_EVENT, ConsoleAnswer, type ConsoleDeed } from '../../src-shared/protocol/console.ts';
import { HubError } from '../errors.ts';
import type { LinkServices } from '../links/link-services.ts';
import { findConsole, type WantedConsole } from './find-console.ts';

type Place = { recordingId: string; offset: number } | null;

/** Consoles of labs, as people look at them and type on them. */
export class WatchedConsoles {
  readonly #services: LinkServices;

  constructor(services: LinkServices) {
    this.#services = services;
  }

  /** State and bytes as they come, from `place` on. Refused at once where the person may not look; ends with an error when that changes. */
  async watch(wanted: WantedConsole, { place, signal }: { place: Place; signal: AbortSignal | undefined }) {
    const left = new AbortController();
    const viewer = randomUUID();
    const first = await this.#read(wanted, viewer, place);
    const events = this.#follow(
      wanted,
      { viewer, place, first },
      signal === undefined ? left.signal : AbortSignal.any([left.signal, signal]),
    );
    return new AsyncIteratorClass<ConsoleEvent, void, void>(
      () => events.next(),
      async () => {
        left.abort();
        await this.#leave(wanted, viewer);
        await events.return();
      },
    );
  }

  async deed(wanted: WantedConsole, deed: Exclude<ConsoleDeed, { kind: 'read' | 'leave' }>): Promise<ConsoleState> {
    return (await this.#ask(wanted, deed)).console;
  }

  async *#follow(
    wanted: WantedConsole,
    { viewer, first, ...from }: { viewer: string; place: Place; first: Extract<ConsoleAnswer, { kind: 'piece' }> },
    signal: AbortSignal,
  ): AsyncGenerator<ConsoleEvent, void, void> {
    let { place } = from;
    let answer = first;
    let told = '';
    try {
      while (!signal.aborted) {
        const { console, piece } = answer;
        const facts = JSON.stringify({ ...console, recording: console.recording?.id });
        if (facts !== told) yield { type: 'state', console };
        told = facts;
        if (piece !== null) {
          yield { type: 'bytes', ...piece };
          place = { recordingId: piece.recordingId, offset: piece.offset + Buffer.byteLength(piece.bytes, 'base64') };
        }
        if (!signal.aborted) answer = await this.#read(wanted, viewer, place);
      }
    } finally {
      await this.#leave(wanted, viewer);
    }
  }

  async #read(wanted: WantedConsole, viewer: string, place: Place) {
    const answer = await this.#ask(wanted, { kind: 'read', viewer, place });
    if (answer.kind !== 'piece') throw new HubError('INTERNAL');
    return answer;
  }

  /** Where the harness is away it finds out by itself. */
  async #leave(wanted: WantedConsole, viewer: string): Promise<void> {
    await this.#ask(wanted, { kind: 'leave', viewer }).catch(() => undefined);
  }

  async #ask(wanted: WantedConsole, deed: ConsoleDeed): Promise<Exclude<ConsoleAnswer, { kind: 'refused' }>> {
    const { sutId, session } = await findConsole(this.#services, wanted);
    const message = { session, person: wanted.person, sutId, deed };
    const said = await this.#services.calls.ask(session, CONSOLE_EVENT, message).catch((cause: unknown) => {
      throw new HubError('HUB_OFFLINE', 'The lab does not answer now. The console comes back with it.', { cause });
    });
    const answer = ConsoleAnswer.parse(said);
    if (answer.kind !== 'refused') return answer;
    throw new HubError(isKnown(answer.code) ? answer.code : 'CONFLICT', answer.message, { reasons: answer.reasons });
  }
}

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);
