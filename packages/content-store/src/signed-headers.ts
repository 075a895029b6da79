import { createHmac } from 'node:crypto';

/** Headers by which the receiver of a message knows who wrote it, and when (`now`: UTC ms): HMAC-SHA256 of the second, a full stop and the body. */
export function signedHeaders(key: string, { body, now }: { body: string; now: number }): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-atn-timestamp': timestamp, 'x-atn-signature': `sha256=${signature}` };
}
