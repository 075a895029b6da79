import { createHash } from 'node:crypto';
import { Client, type AuthenticationType, type ConnectConfig } from 'ssh2';
import { DriverError, networkError } from '../driver-error.ts';
import type { SshEndpoint } from '../endpoints.ts';

/** ms; a machine under load takes some for a login. */
const LOGIN_LIMIT = 10_000;
const KEEP_ALIVE = { keepaliveInterval: 10_000, keepaliveCountMax: 3 };

/** One machine with its warm connection. */
export interface SshLink {
  endpoint: SshEndpoint;
  warm: Promise<Client> | undefined;
}

/** The connection that commands share, made when first needed and anew after it was lost. */
export function warmConnection(link: SshLink): Promise<Client> {
  link.warm ??= connect(link.endpoint, () => (link.warm = undefined)).catch((error: unknown) => {
    link.warm = undefined;
    throw error;
  });
  return link.warm;
}

/** Host keys are compared before anything secret is sent. Rejects with OOBM_IDENTITY, OOBM_AUTH or OOBM_UNREACHABLE. */
export function connect(endpoint: SshEndpoint, onClose: () => void): Promise<Client> {
  const client = new Client();
  let denied: DriverError | undefined;
  return new Promise<Client>((resolve, reject) => {
    client.on('ready', () => resolve(client));
    client.on('error', (error: Error & { level?: string }) => reject(denied ?? translateSsh(error, endpoint)));
    client.on('close', () => {
      reject(denied ?? new DriverError('OOBM_UNREACHABLE', 'The machine cut the connection before the login was done.'));
      onClose();
    });
    try {
      client.connect(
        configOf(endpoint, (shown) => {
          denied = judgeHostKey(endpoint.hostKey, shown);
          return denied === undefined;
        }),
      );
    } catch (error) {
      reject(new DriverError('BAD_REQUEST', `The endpoint cannot be used: ${(error as Error).message}.`, { cause: error }));
    }
  });
}

/** Unknown, known or CHANGED. */
function judgeHostKey(known: string | null, shown: string): DriverError | undefined {
  const details = [`shown: SHA256:${shown}`];
  if (known === null) {
    return new DriverError(
      'OOBM_IDENTITY',
      'The host key of this machine is not known yet. Compare its fingerprint and accept it at the endpoint.',
      { details },
    );
  }
  const plain = known.replace(/^SHA256:/, '').replace(/=+$/, '');
  if (plain === shown) return undefined;
  return new DriverError(
    'OOBM_IDENTITY',
    'The host key of this machine has CHANGED: it was installed anew, or somebody else answers. No password was sent. Compare the fingerprint at its console, then accept it.',
    { details: [`known: SHA256:${plain}`, ...details] },
  );
}

export const fingerprintOf = (key: Buffer): string => createHash('sha256').update(key).digest('base64').replace(/=+$/, '');

function configOf(endpoint: SshEndpoint, isKnown: (shown: string) => boolean): ConnectConfig {
  const { host, port, username, password, privateKey, passphrase } = endpoint;
  return {
    host,
    port: port ?? 22,
    username,
    readyTimeout: LOGIN_LIMIT,
    ...KEEP_ALIVE,
    hostVerifier: (key: Buffer) => isKnown(fingerprintOf(key)),
    ...(password === undefined ? {} : { password }),
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(passphrase === undefined ? {} : { passphrase }),
    authHandler: oneTry(endpoint) as never,
  };
}

/** Each secret is shown once: asking for the password a second time, by keyboard-interactive, would count as a second wrong one. */
function oneTry({ username, password, privateKey, passphrase }: SshEndpoint) {
  const left = new Set<AuthenticationType>(['none', ...(privateKey === undefined ? [] : ['publickey' as const])]);
  if (password !== undefined) left.add('password').add('keyboard-interactive');
  return (offered: AuthenticationType[] | null, _partial: boolean | null, next: (method: object | false) => void): void => {
    const method = [...left].find((each) => each === 'none' || offered === null || offered.includes(each));
    if (method === undefined) return next(false);
    left.delete(method);
    switch (method) {
      case 'publickey':
        return next({ type: method, username, key: privateKey, passphrase });
      case 'password':
        left.delete('keyboard-interactive');
        return next({ type: method, username, password });
      case 'keyboard-interactive':
        return next({ type: method, username, prompt: (...asked: unknown[]) => answerPrompts(asked, password ?? '') });
      default:
        return next({ type: 'none', username });
    }
  };
}

/** name, instructions, language, prompts, callback. */
function answerPrompts(asked: unknown[], password: string): void {
  const [, , , prompts, answer] = asked as [string, string, string, unknown[], (answers: string[]) => void];
  answer(prompts.map(() => password));
}

export function translateSsh(error: Error & { level?: string }, { username }: Pick<SshEndpoint, 'username'>): DriverError {
  if (error.level === 'client-authentication') {
    return new DriverError('OOBM_AUTH', `The machine refused ${username}: password or key is wrong, or such a login is not allowed.`, {
      cause: error,
    });
  }
  if (error.level === 'client-timeout')
    return new DriverError('OOBM_UNREACHABLE', 'The machine does not answer over SSH.', { cause: error });
  return networkError(error) ?? new DriverError('OOBM_UNREACHABLE', `There is no SSH to talk to: ${error.message}.`, { cause: error });
}
