import { TimeoutError } from '../wire/errors.js';
import type { Channel } from './channel.js';

/** How often and how patiently a datagram is sent again. */
export interface RetryPolicy {
  /** Waiting time after the first send, milliseconds. */
  readonly firstMs: number;
  /** Each wait is this many times the one before. */
  readonly factor: number;
  readonly maxMs: number;
  /** Sends in all. */
  readonly tries: number;
}

/** About 9 seconds in all: 0.5, 0.75, 1.1, 1.7, 2, 2 and the end. */
export const defaultRetry: RetryPolicy = { firstMs: 500, factor: 1.5, maxMs: 2000, tries: 7 };

export function waitAfter(policy: RetryPolicy, tries: number): number {
  return Math.min(policy.maxMs, policy.firstMs * policy.factor ** (tries - 1));
}

export interface Exchange<T> {
  readonly what: string;
  readonly policy: RetryPolicy;
  /** Bytes for the n-th try, counted from 1. */
  make(attempt: number): Buffer;
  /** The answer, or undefined for a datagram that is not it; a throw ends the exchange. */
  match(datagram: Buffer): T | undefined;
}

/** A port where nobody listens says so at once; this many refusals end an exchange before its time. */
const refusalsEnough = 3;

/** One question and its answer outside a session, with retransmission. */
export function exchange<T>(channel: Channel, question: Exchange<T>): Promise<T> {
  const began = performance.now();
  const { policy } = question;
  let tries = 0;
  let timer: NodeJS.Timeout | undefined;
  return new Promise<T>((resolve, reject) => {
    const finish = (act: () => void): void => {
      clearTimeout(timer);
      channel.listen(() => undefined);
      act();
    };
    const giveUp = (): void => {
      const { host, port, networkErrors } = channel;
      const elapsedMs = performance.now() - began;
      finish(() => reject(new TimeoutError({ what: question.what, host, port, tries, elapsedMs, lastNetworkError: networkErrors.last })));
    };
    const attempt = (): void => {
      const refused = channel.networkErrors.last === 'ECONNREFUSED' && channel.networkErrors.count >= refusalsEnough;
      if (tries >= policy.tries || refused) return giveUp();
      tries += 1;
      channel.send(question.make(tries));
      timer = setTimeout(attempt, waitAfter(policy, tries));
    };
    channel.listen((datagram) => {
      try {
        const answer = question.match(datagram);
        if (answer !== undefined) finish(() => resolve(answer));
      } catch (error) {
        finish(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    });
    attempt();
  });
}
