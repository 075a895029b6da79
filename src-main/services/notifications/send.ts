import { signedHeaders } from '@atn/content-store';
import { judgeAnswer, type Undelivered } from '../../../src-shared/model/after-try.ts';

const LIMIT_MS = 10_000;

export interface Message {
  url: string;
  /** What it is signed with; null: it is not. */
  key: string | null;
  /** The same however often it is sent: who receives it can tell a second one. */
  delivery: string;
  body: string;
  /** UTC ms. */
  now: number;
}

/** One try. Null: it has arrived. */
export async function send({ url, key, delivery, body, now }: Message, signal: AbortSignal): Promise<Undelivered | null> {
  const { host } = new URL(url);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-atn-delivery': delivery,
        ...(key === null ? {} : signedHeaders(key, { body, now })),
      },
      body,
      // Where it leads would be told what was meant for another.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    await answer.body?.cancel();
    return judgeAnswer(host, answer.status);
  } catch (error) {
    const slow = error instanceof Error && error.name === 'TimeoutError';
    return {
      problem: slow ? `${host} did not answer within ${LIMIT_MS / 1000} s.` : `${host} cannot be reached.${reasonOf(error)}`,
      refused: false,
    };
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
}
