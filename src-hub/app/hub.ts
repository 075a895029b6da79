import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asHubError } from '../errors.ts';
import { backupStore, restoreStore } from './backup.ts';
import { composeHub } from './compose.ts';
import { readConfig, type HubConfig } from './config.ts';
import { makeAdminLink } from './admin-link.ts';
import packageFile from '../../package.json' with { type: 'json' };

const USAGE = `npm run hub -- [--home DIR] [--port N] [--host ADDRESS] [--json]   starts the hub
npm run hub -- backup FILE [--home DIR]     copies the store to FILE while the hub runs
npm run hub -- restore FILE [--home DIR]    puts FILE in the place of the store; the former one is kept beside it
npm run hub -- admin-link [--home DIR]      prints a one-time address by which an administrator comes

Settings: hub.json in the home, or ATN_HUB_* in the environment; docs/hub.md names them all.`;

await run().catch((error: unknown) => {
  const known = asHubError(error);
  process.stderr.write(
    `${known.code === 'INTERNAL' ? String(known.cause instanceof Error ? known.cause.message : known.cause) : known.message}\n`,
  );
  process.exitCode = 1;
});

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      home: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command = 'serve', file] = positionals;
  if (values.help || !['serve', 'backup', 'restore', 'admin-link'].includes(command)) return void process.stdout.write(`${USAGE}\n`);
  const config = await readConfig({ home: values.home, port: values.port, host: values.host }, process.env);
  if (command === 'serve') return serve(config, values.json);
  if (command === 'admin-link') return void process.stdout.write(`${await makeAdminLink(config)}\n`);
  if (file === undefined) throw asHubError(new Error('Name the file.'));
  if (command === 'backup') return void process.stdout.write(`The store is copied to ${await backupStore(config, file)}.\n`);
  const kept = await restoreStore(config, file);
  process.stdout.write(`The store is that of ${file}.${kept === null ? '' : ` The former one is kept as ${kept}.`}\n`);
}

/** Until SIGINT or SIGTERM: then pages and harnesses are told to come again, and what is being answered is answered. */
async function serve(config: HubConfig, json: boolean): Promise<void> {
  const hub = await composeHub({ config, appVersion: packageFile.version, pages: join(import.meta.dirname, '../renderer') });
  const { url, publicUrl, firstLink } = hub;
  if (json) process.stdout.write(`${JSON.stringify({ url, publicUrl, firstLink, home: config.home })}\n`);
  else {
    process.stdout.write(`${config.name} serves ${config.home} at ${publicUrl}\n`);
    if (firstLink !== null)
      process.stdout.write(`Nobody administers this hub yet. Open this address, once, within a day:\n\n  ${firstLink}\n\n`);
    process.stdout.write('Ctrl-C ends it; harnesses work on and come back.\n');
  }
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  await hub.close();
}
