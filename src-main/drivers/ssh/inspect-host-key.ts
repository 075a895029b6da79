import { Client } from 'ssh2';
import type { SshEndpoint } from '../endpoints.ts';
import { fingerprintOf, translateSsh } from './ssh-link.ts';

/** The host key a machine shows, for whoever decides whether to accept it. No user name, no secret is sent. */
export function inspectHostKey({ host, port }: Pick<SshEndpoint, 'host' | 'port'>, signal: AbortSignal): Promise<{ hostKey: string }> {
  const client = new Client();
  return new Promise<{ hostKey: string }>((resolve, reject) => {
    const leave = () => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
    client.on('error', (error) => reject(translateSsh(error, { username: 'the login' })));
    client.connect({
      host,
      port: port ?? 22,
      username: 'nobody',
      readyTimeout: 8000,
      hostVerifier: (key: Buffer) => {
        resolve({ hostKey: fingerprintOf(key) });
        return false;
      },
    });
  }).finally(() => client.destroy());
}
