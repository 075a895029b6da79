import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';

type Facts = Record<string, string | number | boolean | null | string[]>;

/** What happened inside, for whoever has to find out why. Secrets never come here: callers give names and references, not values. */
export interface Log {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  /** With the stack and the causes of `error`. */
  error(message: string, error: unknown, facts?: Facts): void;
}

interface LogOptions {
  maxBytes: number;
  /** Older files kept beside the present one. */
  keep: number;
}

/**
 * JSON lines in `folder`/harness.log, the older ones in harness.1.log and up. Lines are few, so each is written at once: the last one
 * before a crash is the one that matters. A log that cannot be written never stops the work.
 */
export function createLog(folder: string, options: LogOptions = { maxBytes: 5_000_000, keep: 4 }): Log {
  const file = join(folder, 'harness.log');
  const write = (level: string, message: string, facts: Facts) => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), level, message, ...facts })}\n`;
    try {
      mkdirSync(folder, { recursive: true });
      if (sizeOf(file) + line.length > options.maxBytes) rotate(folder, options.keep);
      appendFileSync(file, line);
    } catch {
      process.stderr.write(line);
    }
  };
  return {
    info: (message, facts = {}) => write('info', message, facts),
    warn: (message, facts = {}) => write('warn', message, facts),
    error: (message, error, facts = {}) => write('error', message, { ...facts, error: describe(error) }),
  };
}

function describe(error: unknown): string[] {
  const lines: string[] = [];
  for (let current: unknown = error; current !== undefined && lines.length < 10;) {
    lines.push(current instanceof Error ? (current.stack ?? current.message) : inspect(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return lines;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function rotate(folder: string, keep: number): void {
  const name = (place: number) => join(folder, place === 0 ? 'harness.log' : `harness.${place}.log`);
  rmSync(name(keep), { force: true });
  for (let place = keep - 1; place >= 0; place -= 1) {
    if (sizeOf(name(place)) > 0) renameSync(name(place), name(place + 1));
  }
}
