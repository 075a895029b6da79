import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Bundled benches lie elsewhere; both are started at the root. */
const root = process.cwd();
const folder = process.env['ATN_BUILD_FOLDER'];
const programOf = (name: string) => join(root, folder ?? 'out', 'main', `${name}.js`);

/** Builds what is started here, unless a build folder is named. */
export function ensureBuilt(): void {
  if (folder === undefined) spawnSync(process.execPath, [join(root, 'scripts/atn.mjs'), '--version']);
}

export interface Started<Said> {
  said: Said;
  pid: number;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** A real process; answers the JSON that it says when it is up. */
export async function startProgram<Said>(name: 'hub' | 'atn', words: string[], environment = {}): Promise<Started<Said>> {
  const flags = name === 'hub' ? ['--max-semi-space-size=32'] : []; // as `npm run hub` does
  const child = spawn(process.execPath, [...flags, programOf(name), ...words, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const said = await new Promise<Said>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.trim().endsWith('}')) resolve(JSON.parse(text) as Said);
    });
    child.once('exit', (code) => reject(new Error(`${name} ended with ${String(code)}`)));
  });
  return { said, pid: child.pid ?? 0, kill };
}

/** The command line on a home; answers what it says. */
export async function atn<Answer>(home: string, ...words: string[]): Promise<Answer> {
  const child = spawn(process.execPath, [programOf('atn'), ...words, '--home', home, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  await once(child, 'close');
  return JSON.parse(said) as Answer;
}

/** In front of several processes of a hub: each connection goes to the next one that answers. */
export async function startProxy(ports: readonly number[]): Promise<{ url: string; close(): void }> {
  let turn = 0;
  const server = createServer((client) => {
    const attempt = (left: number) => {
      const port = ports[turn++ % ports.length] ?? 0;
      const upstream = connect(port, '127.0.0.1');
      upstream.once('connect', () => client.pipe(upstream).pipe(client));
      upstream.on('error', () => (left > 0 && !client.destroyed && upstream.connecting ? attempt(left - 1) : client.destroy()));
      upstream.once('close', () => (upstream.bytesRead > 0 ? client.destroy() : undefined));
      client.once('close', () => upstream.destroy());
      client.on('error', () => upstream.destroy());
    };
    attempt(ports.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
