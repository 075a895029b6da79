import { manySensors, serverSensors, startSimulatedBmc, type SimulatedBmc, type SimulatedBmcOptions } from '../sim/index.js';
import { supportedSuites } from '../crypto/suites.js';
import { UsageError } from './options.js';

export const simUsage = `ipmi-js sim [--count N] [--port FIRST] [--host ADDRESS] [--user NAME] [--password WORD] [--suites 3,17]
  [--sensors N] [--power on|off] [--loss 0..1] [--delay MS] [--busy 0..1] [--serial echo|boot] [--legacy]`;

interface SimWords {
  readonly values: ReadonlyMap<string, string>;
  readonly legacy: boolean;
}

const known = new Set(['count', 'port', 'host', 'user', 'password', 'suites', 'sensors', 'power', 'loss', 'delay', 'busy', 'serial']);

function readWords(words: readonly string[]): SimWords {
  const values = new Map<string, string>();
  let legacy = false;
  for (let index = 0; index < words.length; index += 1) {
    const name = (words[index] ?? '').replace(/^--/, '');
    if (name === 'legacy') {
      legacy = true;
      continue;
    }
    const value = words[index + 1];
    if (!known.has(name) || value === undefined) throw new UsageError(`usage: ${simUsage}`);
    values.set(name, value);
    index += 1;
  }
  return { values, legacy };
}

function number(values: ReadonlyMap<string, string>, name: string, otherwise: number): number {
  const value = Number(values.get(name) ?? otherwise);
  if (!Number.isFinite(value) || value < 0) throw new UsageError(`--${name} wants a number`);
  return value;
}

function suitesOf(values: ReadonlyMap<string, string>): number[] {
  const suites = (values.get('suites') ?? '3,17').split(',').map(Number);
  for (const suite of suites) if (!supportedSuites.includes(suite)) throw new UsageError(`cipher suite ${suite} is not implemented`);
  return suites;
}

function optionsOf({ values, legacy }: SimWords): SimulatedBmcOptions {
  const sensors = values.has('sensors') ? manySensors(number(values, 'sensors', 0)) : serverSensors();
  return {
    host: values.get('host') ?? '127.0.0.1',
    users: [{ name: values.get('user') ?? 'admin', password: values.get('password') ?? process.env['IPMI_PASSWORD'] ?? 'admin' }],
    suites: suitesOf(values),
    powerOn: values.get('power') === 'on',
    sensors,
    serial: values.get('serial') === 'boot' ? 'boot' : 'echo',
    ...(legacy ? { legacy: ['md5', 'password'] as const } : {}),
    faults: { loss: number(values, 'loss', 0), delayMs: number(values, 'delay', 0), busy: number(values, 'busy', 0) },
  };
}

/** Starts simulated BMCs on ports that follow each other, and says where they are. */
export async function startSims(words: readonly string[]): Promise<SimulatedBmc[]> {
  const parsed = readWords(words);
  const [count, first] = [number(parsed.values, 'count', 1), number(parsed.values, 'port', 6230)];
  const options = optionsOf(parsed);
  const out: SimulatedBmc[] = [];
  for (let index = 0; index < count; index += 1) {
    out.push(await startSimulatedBmc({ ...options, name: `sim${index + 1}`, port: first === 0 ? 0 : first + index, seed: index + 1 }));
  }
  return out;
}
