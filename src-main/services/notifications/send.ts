import { createHmac } from 'node:crypto';

const LIMIT_MS = 10_000;
/** Answers that will be another one later. */
const LATER = new Set([408, 425, 429]);

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

/** Why a message did not arrive: a sentence for a person, without the address. */
export interface Undelivered {
  problem: string;
  /** It never will. */
  refused: boolean;
}

/** One try. Null: it has arrived. */
export async function send({ url, key, delivery, body, now }: Message, signal: AbortSignal): Promise<Undelivered | null> {
  const { host } = new URL(url);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-atn-delivery': delivery, ...signatureOf({ key, body, now }) },
      body,
      // Where it leads would be told what was meant for another.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    await answer.body?.cancel();
    if (answer.ok) return null;
    const leads = answer.status >= 300 && answer.status < 400 ? ' It leads elsewhere: enter the address where it ends.' : '';
    return { problem: `${host} answers ${answer.status}.${leads}`, refused: answer.status < 500 && !LATER.has(answer.status) };
  } catch (error) {
    const slow = error instanceof Error && error.name === 'TimeoutError';
    return {
      problem: slow ? `${host} did not answer within ${LIMIT_MS / 1000} s.` : `${host} cannot be reached.${reasonOf(error)}`,
      refused: false,
    };
  }
}

function signatureOf({ key, body, now }: Pick<Message, 'key' | 'body' | 'now'>): Record<string, string> {
  if (key === null) return {};
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-atn-timestamp': timestamp, 'x-atn-signature': `sha256=${signature}` };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
}
