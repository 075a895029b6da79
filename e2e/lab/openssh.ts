import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort, program, runTool, startPeer } from './processes.ts';

export interface OpenSsh {
  port: number;
  username: string;
  /** Opens the door of this user. */
  privateKey: string;
  /** SHA-256, base64, without padding. */
  hostKey: string;
  /** How many logins failed, by its own log. */
  failures: () => number;
  stop: () => Promise<void>;
}

/** OpenSSH's server on a free port of loopback, with keys of its own; this computer's user logs in by key. */
export async function startOpenSsh(): Promise<OpenSsh> {
  const folder = mkdtempSync(join(tmpdir(), 'atn-sshd-'));
  const sshd = program('sshd', 'openssh-server');
  const keygen = program('ssh-keygen', 'openssh-client');
  for (const name of ['host', 'user']) runTool(keygen, ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  const { username } = userInfo();
  const port = await freePort();
  writeFileSync(join(folder, 'authorized'), readFileSync(join(folder, 'user.pub')));
  chmodSync(join(folder, 'authorized'), 0o600);
  // Debian's sshd gives up rights into this folder, which its service would make.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized')}`,
    `PidFile ${join(folder, 'pid')}`,
    'PermitRootLogin yes',
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication yes',
    'LogLevel VERBOSE',
    // A shell under sshd reads its user's start-up files; what those do (wait for a lock, say) is none of a test's business.
    `SetEnv HOME=${folder}`,
  ];
  writeFileSync(join(folder, 'config'), `${settings.join('\n')}\n`);
  const peer = startPeer(sshd, ['-D', '-e', '-f', join(folder, 'config')]);
  await eventually(() => {
    if (!peer.output().includes('Server listening')) throw new Error(`sshd did not start: ${peer.output()}`);
  });
  const [, hostKey = ''] = readFileSync(join(folder, 'host.pub'), 'utf8').split(' ');
  return {
    port,
    username,
    privateKey: readFileSync(join(folder, 'user'), 'utf8'),
    hostKey: createHash('sha256').update(Buffer.from(hostKey, 'base64')).digest('base64').replace(/=+$/, ''),
    failures: () => peer.output().match(/Failed password/g)?.length ?? 0,
    stop: async () => {
      await peer.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
