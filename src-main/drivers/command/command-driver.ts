import type { Duplex } from 'node:stream';
import type { Args, PowerState } from '../capabilities.ts';
import type { Driver, Task } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import type { CommandEndpoint, OperatorCommand } from '../endpoints.ts';
import { openProgram, runProgram, type Ended } from './processes.ts';

/** A link keeps nothing: every call is a process. */
type Link = CommandEndpoint;

/** The operator's own programs: a power strip, a relay, a terminal server. */
export const commandDriver: Driver<CommandEndpoint, Link> = {
  address: ({ id }) => id,
  open: (endpoint) => endpoint,
  close: async () => undefined,
  handlers: { power: { read: readPower, set: setPower } },
  offers: ({ commands }, capability, action) => {
    if (capability === 'console') return commands.console !== undefined;
    return action !== 'read' || commands.status !== undefined;
  },
  openConsole: openConsoleProgram,
};

async function readPower({ commands, environment }: Link, _args: unknown, { signal }: Task): Promise<PowerState> {
  const command = required(commands.status, 'status');
  const ended = await runProgram(command, environment, signal);
  if (ended.exitCode !== 0) throw failed(command, ended);
  const [, word, rest] = /^\s*(on|off)\b[\s:,-]*(.*)/i.exec(ended.output) ?? [];
  if (word === undefined) {
    const said = firstLine(ended.output);
    throw new DriverError('OOBM_REFUSED', `${command.program} says neither on nor off but "${said}". Its first word must be one of them.`);
  }
  return { on: word.toLowerCase() === 'on', detail: rest?.trim() ? rest.trim() : null };
}

async function setPower({ commands, environment }: Link, { action }: Args<'power', 'set'>, { signal, permit }: Task): Promise<null> {
  const own = commands[action];
  // A power cycle can be put together; a reset cannot: without power is not the same.
  const both = action === 'cycle' && own === undefined ? [commands.off, commands.on] : [own];
  const steps = both.map((step) => required(step, action));
  for (const command of steps) {
    permit();
    const ended = await runProgram(command, environment, signal);
    if (ended.exitCode !== 0) throw failed(command, ended);
  }
  return null;
}

async function openConsoleProgram({ commands, environment }: Link, { permit }: Task): Promise<Duplex> {
  const command = required(commands.console, 'console');
  permit();
  return openProgram(command, environment);
}

function required(command: OperatorCommand | undefined, name: string): OperatorCommand {
  if (command !== undefined) return command;
  throw new DriverError('OOBM_UNSUPPORTED', `No program is set for ${name} at this endpoint.`);
}

function failed({ program }: OperatorCommand, { exitCode, signal, output }: Ended): DriverError {
  const end = signal === null ? `code ${String(exitCode)}` : signal;
  const said = firstLine(output);
  return new DriverError('OOBM_REFUSED', `${program} ended with ${end}${said === '' ? '' : `: ${said}`}.`);
}

const firstLine = (output: string): string => output.trim().split('\n')[0]?.slice(0, 300) ?? '';
