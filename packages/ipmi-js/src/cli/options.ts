import { readFileSync } from 'node:fs';
import { supportedSuites } from '../crypto/suites.js';
import { privilegeNames, type Privilege } from '../commands/privilege.js';
import type { SessionOptions } from '../client/open-session.js';
import { defaultRetry } from '../client/retry.js';

/** Wrong use of the command line; ends with exit code 2. */
export class UsageError extends Error {}

export interface CliOptions {
  readonly hosts: readonly string[];
  readonly json: boolean;
  readonly words: readonly string[];
  /** Everything of a session but its host. */
  readonly session: Omit<SessionOptions, 'host'>;
}

interface Collected {
  hosts: string[];
  words: string[];
  json: boolean;
  values: Map<string, string>;
}

const withValue = new Set(['-H', '-p', '-U', '-P', '-f', '-C', '-L', '-k', '-y', '-I', '-N', '-R', '-e']);

function collect(argv: readonly string[]): Collected {
  const out: Collected = { hosts: [], words: [], json: false, values: new Map() };
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (word === '--json') out.json = true;
    else if (word === '-E' || word === '-a') out.values.set(word, '');
    else if (out.words.length === 0 && withValue.has(word)) {
      index += 1;
      const value = argv[index];
      if (value === undefined) throw new UsageError(`${word} wants a value`);
      if (word === '-H') out.hosts.push(...value.split(',').filter((host) => host !== ''));
      else out.values.set(word, value);
    } else if (out.words.length === 0 && word.startsWith('-')) throw new UsageError(`unknown option ${word}`);
    else out.words.push(word);
  }
  return out;
}

function number(values: Map<string, string>, option: string): number | undefined {
  const text = values.get(option);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || text.trim() === '')
    throw new UsageError(`${option} wants a number, not ${JSON.stringify(text)}`);
  return value;
}

/** From -f, -E or -P, in this order; -P shows the password to everybody who lists processes. */
function password(values: Map<string, string>): string {
  const file = values.get('-f');
  if (file !== undefined) {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n.*$/s, '');
    } catch {
      throw new UsageError(`the password file ${file} cannot be read`);
    }
  }
  if (values.has('-E')) {
    const found = process.env['IPMI_PASSWORD'] ?? process.env['IPMITOOL_PASSWORD'];
    if (found === undefined) throw new UsageError('-E wants IPMI_PASSWORD (or IPMITOOL_PASSWORD) in the environment');
    return found;
  }
  return values.get('-P') ?? '';
}

function kg(values: Map<string, string>): string | Uint8Array | undefined {
  const hex = values.get('-y');
  if (hex === undefined) return values.get('-k');
  if (!/^([0-9a-f]{2})+$/i.test(hex)) throw new UsageError('-y wants hexadecimal digits');
  return Buffer.from(hex, 'hex');
}

function privilege(values: Map<string, string>): Privilege | undefined {
  const text = values.get('-L')?.toLowerCase();
  if (text === undefined) return undefined;
  const found = Object.values(privilegeNames).find((name) => name === text);
  if (found === undefined || found === 'no-access')
    throw new UsageError(`-L wants one of callback, user, operator, administrator, not ${text}`);
  return found;
}

function suites(values: Map<string, string>): number[] | undefined {
  const suite = number(values, '-C');
  if (suite === undefined) return undefined;
  if (!supportedSuites.includes(suite))
    throw new UsageError(`cipher suite ${suite} is not implemented; there are ${supportedSuites.join(', ')}`);
  return [suite];
}

function interfaceOf(values: Map<string, string>): Pick<SessionOptions, 'legacy'> {
  const name = values.get('-I') ?? 'lanplus';
  if (name === 'lanplus') return {};
  if (name === 'lan') return { legacy: { only: true, auth: ['md5', 'password', 'none'] } };
  throw new UsageError(`-I wants lanplus or lan, not ${name}`);
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

/** Reads the options before the command; throws UsageError. */
export function parseOptions(argv: readonly string[]): CliOptions {
  const { hosts, words, json, values } = collect(argv);
  const seconds = number(values, '-N');
  const tries = number(values, '-R');
  const retry = {
    ...defaultRetry,
    ...(seconds === undefined ? {} : { firstMs: seconds * 1000 }),
    ...given('tries', tries === undefined ? undefined : Math.max(1, tries)),
  };
  return {
    hosts,
    json,
    words,
    session: {
      username: values.get('-U') ?? '',
      password: password(values),
      retry,
      pipeline: 1,
      keepAliveMs: 30_000,
      ...given('port', number(values, '-p')),
      ...given('kg', kg(values)),
      ...given('privilege', privilege(values)),
      ...given('suites', suites(values)),
      ...interfaceOf(values),
    },
  };
}
