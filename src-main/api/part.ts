import type { Router } from '@orpc/server';
import type { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';

/** One domain of the contract, implemented: what each file of this folder answers. */
export type Part<Domain extends keyof typeof harnessContract> = Router<(typeof harnessContract)[Domain], ApiContext>;
export type Parts = { [Domain in keyof typeof harnessContract]: Part<Domain> };
