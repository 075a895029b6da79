import { inspect } from 'node:util';

export type Facts = Record<string, string | number>;

/** JSON lines on stderr, where whatever runs the hub collects them. Secrets never come here. */
export const log = {
  info: (message: string, facts: Facts = {}) => write({ level: 'info', message, ...facts }),
  error: (message: string, error: unknown, facts: Facts = {}) => write({ level: 'error', message, ...facts, error: describe(error) }),
};

function write(line: object): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
}

function describe(error: unknown): string[] {
  const lines: string[] = [];
  for (
    let current: unknown = error;
    current !== undefined && lines.length < 10;
    current = current instanceof Error ? current.cause : undefined
  ) {
    lines.push(current instanceof Error ? (current.stack ?? current.message) : inspect(current));
  }
  return lines;
}
