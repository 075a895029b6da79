import { IpmiClient } from '../client/client.js';
import { discover } from '../operations/discover.js';
import { CompletionError } from '../wire/command.js';
import { IpmiError } from '../wire/errors.js';
import { findCommand, type CliCommand } from './command.js';
import { commands } from './commands/index.js';
import { jsonText } from './format.js';
import { parseOptions, UsageError, type CliOptions } from './options.js';
import { simUsage, startSims } from './sim-command.js';
import { runSol } from './sol-command.js';

/** Where output goes; tests give their own. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
}

const exit = { ok: 0, failed: 1, usage: 2 } as const;

function usage(): string {
  const lines = commands.map((command) => `  ${`${command.words} ${command.usage ?? ''}`.padEnd(46)} ${command.help}`);
  return [
    'ipmi-js -H HOST[,HOST...] [-p PORT] -U USER [-P PASSWORD | -f FILE | -E] [-C SUITE] [-L LEVEL] [-k KG | -y HEXKG]',
    '        [-I lanplus|lan] [-N SECONDS] [-R TRIES] [--json] COMMAND',
    '',
    ...lines,
    `  ${'sol activate'.padEnd(46)} the machine's console`,
    `  ${'ping'.padEnd(46)} who answers an ASF presence ping`,
    '',
    simUsage,
  ].join('\n');
}

/** What one host answered. */
type HostResult =
  | { readonly host: string; readonly ok: true; readonly result: unknown }
  | { readonly host: string; readonly ok: false; readonly error: unknown };

function errorFields(error: unknown): Record<string, unknown> {
  if (error instanceof CompletionError)
    return { code: error.code, message: error.message, completionCode: error.completionCode, range: error.range };
  if (error instanceof IpmiError) return { code: error.code, message: error.message };
  const { code } = error as NodeJS.ErrnoException;
  return { code: code ?? 'ERROR', message: error instanceof Error ? error.message : String(error) };
}

async function runOn(host: string, options: CliOptions, act: { command: CliCommand; rest: readonly string[] }): Promise<HostResult> {
  const client = new IpmiClient({ ...options.session, host });
  try {
    return { host, ok: true, result: await act.command.run(client, act.rest) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return { host, ok: false, error };
  } finally {
    await client.close();
  }
}

function printText(results: readonly HostResult[], command: CliCommand, output: Output): void {
  for (const one of results) {
    const prefix = results.length > 1 ? `${one.host}: ` : '';
    if (one.ok)
      output.out(
        command
          .text(one.result)
          .split('\n')
          .map((line) => prefix + line)
          .join('\n'),
      );
    else output.error(`${prefix}${String(errorFields(one.error)['message'])}`);
  }
}

function printJson(results: readonly HostResult[], output: Output): void {
  const plain = results.map((one) => (one.ok ? one : { host: one.host, ok: false, error: errorFields(one.error) }));
  output.out(jsonText(plain.length === 1 ? plain[0] : plain));
}

async function ping(options: CliOptions, output: Output): Promise<number> {
  const found = await discover(options.hosts, {
    ...(options.session.port === undefined ? {} : { port: options.session.port }),
    broadcast: options.hosts.some((host) => host.endsWith('.255')),
  });
  if (options.json) output.out(jsonText(found));
  else for (const one of found) output.out(`${one.address} port ${one.port}: ${one.supportsIpmi ? 'IPMI' : 'ASF only'}`);
  return found.length === 0 ? exit.failed : exit.ok;
}

async function runSim(words: readonly string[], output: Output): Promise<number> {
  const bmcs = await startSims(words);
  for (const bmc of bmcs) output.out(`${bmc.options.name ?? 'sim'} ${bmc.options.host ?? '127.0.0.1'} ${bmc.port}`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await Promise.all(bmcs.map((bmc) => bmc.stop()));
  return exit.ok;
}

async function dispatch(argv: readonly string[], output: Output): Promise<number> {
  if (argv[0] === 'sim') return runSim(argv.slice(1), output);
  if (argv.length === 0 || argv[0] === 'help' || argv[0] === '--help' || argv[0] === '-h') {
    output.out(usage());
    return argv.length === 0 ? exit.usage : exit.ok;
  }
  const options = parseOptions(argv);
  if (options.words.length === 0) throw new UsageError('a command is wanted, for example: chassis power status');
  const [first] = options.hosts;
  if (first === undefined) throw new UsageError('-H HOST is wanted');
  if (options.words.join(' ') === 'ping') return ping(options, output);
  if (options.words.join(' ') === 'sol activate') {
    await runSol({ ...options.session, host: first });
    return exit.ok;
  }
  const act = findCommand(commands, options.words);
  const results = await Promise.all(options.hosts.map((host) => runOn(host, options, act)));
  if (options.json) printJson(results, output);
  else printText(results, act.command, output);
  return results.every((one) => one.ok) ? exit.ok : exit.failed;
}

/** Runs the command line; answers the exit code: 0 done, 1 a host failed, 2 wrong use. */
export async function main(argv: readonly string[], output: Output): Promise<number> {
  try {
    return await dispatch(argv, output);
  } catch (error) {
    if (error instanceof UsageError) {
      output.error(`${error.message}\n(ipmi-js help shows all commands)`);
      return exit.usage;
    }
    output.error(String(errorFields(error)['message']));
    return exit.failed;
  }
}
