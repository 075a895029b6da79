import type { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import type { Args, ShellAnswer } from '../capabilities.ts';
import type { Driver, Task } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import type { SshEndpoint } from '../endpoints.ts';
import { runCommand } from './run-command.ts';
import { connect, warmConnection, type SshLink } from './ssh-link.ts';

/** The operating system of a machine over SSH: commands, a shell as console, and a shutdown that asks politely. */
export const sshDriver: Driver<SshEndpoint, SshLink> = {
  address: ({ host, port, username }) => `${host}:${port ?? 22} ${username}`,
  open: (endpoint) => ({ endpoint, warm: undefined }),
  close: async ({ warm }) => {
    const client = await warm?.catch(() => undefined);
    client?.end();
  },
  handlers: { shell: { run: runCommand }, power: { set: shutDown } },
  offers: (_endpoint, capability, action) => capability !== 'power' || action === 'set',
  openConsole: openShell,
};

async function shutDown(link: SshLink, { action }: Args<'power', 'set'>, task: Task): Promise<null> {
  if (action !== 'soft') throw new DriverError('OOBM_UNSUPPORTED', `SSH can only ask a machine to shut down, not ${action}.`);
  const command = link.endpoint.shutdownCommand ?? 'poweroff';
  const client = await warmConnection(link);
  // A machine that goes down often takes the connection along before it can say how the command ended.
  const gone = new Promise<null>((resolve) => client.once('close', () => resolve(null)));
  const answer: ShellAnswer | null = await Promise.race([runCommand(link, { command }, task), gone]);
  if (answer !== null && answer.exitCode !== null && answer.exitCode !== 0) {
    const said = (answer.stderr || answer.stdout).trim().slice(0, 200);
    throw new DriverError('OOBM_REFUSED', `The machine did not shut down: ${command} ended with ${answer.exitCode}. ${said}`.trim());
  }
  return null;
}

/** In a connection of its own, so that closing it ends everything that was started in it. */
async function openShell({ endpoint }: SshLink): Promise<Duplex> {
  const client = await connect(endpoint, () => undefined);
  try {
    const shell = await new Promise<ClientChannel>((resolve, reject) =>
      client.shell({ term: 'xterm-256color', cols: 120, rows: 40 }, (error, opened) =>
        error === undefined ? resolve(opened) : reject(error),
      ),
    );
    client.on('error', () => shell.destroy());
    shell.once('close', () => client.end());
    return shell;
  } catch (cause) {
    client.end();
    throw new DriverError('OOBM_REFUSED', `The machine opened no shell: ${(cause as Error).message}.`, { cause });
  }
}
