import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { SutInput } from '../../src-shared/model/sut.ts';
import { asWorkbenchError, WorkbenchError } from '../errors.ts';
import type { CommandContext } from './command.ts';

interface Added {
  name: string;
  outcome: 'added' | 'refused';
  message: string | null;
}

/** One machine or a list of them, as the contract's input of a SUT says; each comes out by itself. */
export async function addSuts({ client }: Pick<CommandContext, 'client'>, file: string): Promise<Added[]> {
  const machines = readMachines(file, await readFile(file, 'utf8').catch((cause: unknown) => unreadable(file, cause)));
  const added: Added[] = [];
  for (const [place, machine] of machines.entries()) {
    const known = SutInput.safeParse(machine);
    const name = known.success ? known.data.name : nameOf(machine, place);
    if (!known.success) {
      added.push({ name, outcome: 'refused', message: z.prettifyError(known.error).replaceAll('\n', ' ') });
      continue;
    }
    try {
      await client.suts.create(known.data);
      added.push({ name, outcome: 'added', message: null });
    } catch (error) {
      added.push({ name, outcome: 'refused', message: error instanceof Error ? error.message : asWorkbenchError(error).message });
    }
  }
  return added;
}

function readMachines(file: string, text: string): unknown[] {
  try {
    const read: unknown = parse(text);
    if (Array.isArray(read)) return read;
    if (typeof read === 'object' && read !== null) return [read];
  } catch (cause) {
    throw new WorkbenchError('BAD_REQUEST', `${file} is not YAML: ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
  throw new WorkbenchError('BAD_REQUEST', `${file} holds no machine: a list of name, role, tags, information, endpoints is expected.`);
}

function nameOf(machine: unknown, place: number): string {
  return typeof machine === 'object' && machine !== null && 'name' in machine ? String(machine.name) : `machine ${place + 1}`;
}

function unreadable(file: string, cause: unknown): never {
  throw new WorkbenchError('BAD_REQUEST', `${file} cannot be read.`, { cause });
}
