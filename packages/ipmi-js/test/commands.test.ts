import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as api from '../src/commands/index.js';
import { Reader } from '../src/wire/reader.js';
import { MalformedError } from '../src/wire/errors.js';
import { pack } from '../src/wire/codec.js';
import type { Codec } from '../src/wire/codec.js';
import type { Command } from '../src/wire/command.js';

type Any = Command<unknown, unknown>;

function isCommand(value: unknown): value is Any {
  return typeof value === 'object' && value !== null && 'netFn' in value && 'repeatable' in value;
}

const commands = Object.values(api as Record<string, unknown>).filter(isCommand);
const bytes = fc.uint8Array({ maxLength: 80 }).map((value) => Buffer.from(value));

function readOrMalformed(codec: Codec<unknown>, data: Buffer): { value: unknown } | undefined {
  try {
    return { value: codec.read(new Reader(data)) };
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

describe('commands', () => {
  it('are at least 70, each at a place of its own', () => {
    const places = commands.map((command) => `${command.netFn}/${command.group ?? '-'}/${command.code}`);
    expect(commands.length).toBeGreaterThanOrEqual(70);
    expect(new Set(places).size).toBe(commands.length);
  });

  it('change nothing when they may be repeated', () => {
    const risky = /^(Set|Clear|Add|Delete|Write|Activate|Deactivate|Close|Cold|Warm|Chassis Control|Chassis Identify|Platform|Reset)/;
    const repeatable = commands.filter((command) => command.repeatable && risky.test(command.name)).map((command) => command.name);
    // Raising the privilege level to the same level twice is the same as once.
    expect(repeatable).toEqual(['Set Session Privilege Level']);
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    '%s: any bytes are a value or MalformedError, and a value survives',
    (_name, command) => {
      for (const codec of [command.request, command.response]) {
        fc.assert(
          fc.property(bytes, (data) => {
            const first = readOrMalformed(codec, data);
            if (first === undefined) return;
            const written = pack(codec, first.value);
            expect(readOrMalformed(codec, written)).toEqual(first);
          }),
          { numRuns: 60, seed: 5 },
        );
      }
    },
  );
});
