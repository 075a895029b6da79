import { isPrivateLiteral, politeLookup, signedHeaders } from '@atn/content-store';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { judgeAnswer, type Undelivered } from '../../src-shared/model/after-try.ts';

const LIMIT_MS = 10_000;

export interface HookMessage {
  url: string;
  key: string;
  /** The same however often it is sent. */
  delivery: string;
  body: string;
  /** UTC ms. */
  now: number;
  /** Whether it may go to this computer and its network. */
  allowsPrivate: boolean;
}

/** One try; nobody is followed elsewhere. Null: it has arrived. The address that was judged is the one that is connected to. */
export function sendHook(message: HookMessage, signal: AbortSignal): Promise<Undelivered | null> {
  const url = new URL(message.url);
  const { allowsPrivate, body, key, now, delivery } = message;
  if (!allowsPrivate && isPrivateLiteral(url.hostname)) return Promise.resolve(privatePlace(url.host));
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'x-atn-delivery': delivery,
    ...signedHeaders(key, { body, now }),
  };
  const options = { method: 'POST', headers, agent: false, lookup: politeLookup(() => allowsPrivate) };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? requestTls : requestPlain)(url, { ...options, signal: limit }, (answer) => {
      answer.destroy();
      resolve(judgeAnswer(url.host, answer.statusCode ?? 0));
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ATN_PRIVATE') return resolve(privatePlace(url.host));
      const problem = limit.aborted
        ? `${url.host} did not answer within ${LIMIT_MS / 1000} s.`
        : `${url.host} cannot be reached${error.code === undefined ? '' : ` (${error.code})`}.`;
      resolve({ problem, refused: false });
    });
    request.end(body);
  });
}

function privatePlace(host: string): Undelivered {
  return {
    problem: `${host} is inside a private network, where this hub sends nothing: its administrator has not allowed it.`,
    refused: true,
  };
}
