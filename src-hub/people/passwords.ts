import { argon2id, argon2Verify } from 'hash-wasm';
import { randomBytes } from 'node:crypto';
import { HubError } from '../errors.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

/** 19 MiB, two passes, one lane: the least that OWASP's password storage cheat sheet names for argon2id. */
const COST = { parallelism: 1, iterations: 2, memorySize: 19_456, hashLength: 32 };

export async function hashPassword(password: string): Promise<string> {
  return argon2id({ ...COST, password: password.normalize('NFKC'), salt: randomBytes(16), outputType: 'encoded' });
}

/** Takes as long for somebody who does not exist (null) as for somebody who does. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const fits = await argon2Verify({ password: password.normalize('NFKC'), hash: hash ?? (await nobodysHash()) });
  return fits && hash !== null;
}

let nobody: Promise<string> | undefined;
function nobodysHash(): Promise<string> {
  nobody ??= hashPassword(randomBytes(16).toString('hex'));
  return nobody;
}

/** Refuses what is guessed first: known passwords, few characters over and over, one's own name. No rule on kinds of characters. */
export function demandGoodPassword(password: string, names: readonly string[]): void {
  const plain = password.normalize('NFKC').toLowerCase();
  if (COMMON_PASSWORDS.has(plain))
    throw new HubError('BAD_REQUEST', 'This is one of the passwords that are tried first. Choose another one.');
  if (new Set(plain).size < 5) throw new HubError('BAD_REQUEST', 'This repeats the same few characters. Choose another one.');
  const named = names.map((name) => name.toLowerCase()).find((name) => name.length >= 4 && plain.includes(name));
  if (named !== undefined) throw new HubError('BAD_REQUEST', `A password that holds “${named}” is easily guessed. Choose another one.`);
}
