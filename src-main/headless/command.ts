import type { ContractRouterClient } from '@orpc/contract';
import type { harnessContract } from '../../src-shared/contract/index.ts';
import type { CommandLine } from './command-line.ts';
import type { Output } from './output.ts';

/** The harness as a command sees it: the same calls, whether it runs in this process or in the app that owns the home. */
export type HarnessClient = ContractRouterClient<typeof harnessContract>;

export interface CommandContext {
  output: Output;
  client: HarnessClient;
  /** Aborted at the first Ctrl-C; a second one ends the process. */
  interrupted: AbortSignal;
}

/**
 * First the command line is understood, wrong use included; only then a harness is asked for, and the work answers the exit code.
 */
export type Command = (line: CommandLine) => (context: CommandContext) => Promise<number>;
