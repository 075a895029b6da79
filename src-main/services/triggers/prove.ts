import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TriggerProof } from '../../../src-shared/model/trigger.ts';

/** Header names in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export function makeSecret(): string {
  return `atnt_${randomBytes(32).toString('base64url')}`;
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

interface Asked {
  headers: Headers;
  body: Buffer;
}

interface Known {
  proof: TriggerProof;
  secretHash: string;
  /** The secret itself; asked for only where it is needed. */
  reveal: () => Promise<string>;
}

/** Whether the request has the secret, in the one way that its trigger takes. */
export async function proves({ headers, body }: Asked, { proof, secretHash, reveal }: Known): Promise<boolean> {
  if (proof === 'token') return same(hashOf(tokenOf(headers)), secretHash);
  const said = one(headers['x-hub-signature-256']);
  if (said === '') return false;
  return same(
    said,
    `sha256=${createHmac('sha256', await reveal())
      .update(body)
      .digest('hex')}`,
  );
}

function tokenOf(headers: Headers): string {
  const [scheme = '', token = ''] = one(headers['authorization']).split(' ', 2);
  return scheme.toLowerCase() === 'bearer' ? token : one(headers['x-gitlab-token']);
}

/** What the other side calls this delivery, whoever it is; null: nothing. */
export function keyOf(headers: Headers): string | null {
  const names = ['idempotency-key', 'x-github-delivery', 'x-gitlab-event-uuid', 'x-atn-delivery'];
  const key = names.map((name) => one(headers[name]).trim()).find((value) => value !== '');
  return key?.slice(0, 200) ?? null;
}

/** A question whether somebody is there, which starts nothing. */
export function isPing(headers: Headers): boolean {
  return one(headers['x-github-event']) === 'ping';
}

function one(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** Takes the same time whatever differs. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}
