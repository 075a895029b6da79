import { oc } from '@orpc/contract';
import { ERRORS } from './errors.ts';

/** Every procedure of every contract grows from this: the closed list of errors is part of the type. */
export const procedure = oc.errors(ERRORS);
