import { oc } from '@orpc/contract';
import { ERRORS } from './errors.ts';
import type { HubRight } from './hub/base.ts';

/**
 * Every procedure of a harness grows from this: the closed list of errors is part of the type. The right counts at a hub only, which
 * serves some of them too and says there who may call them.
 */
export const procedure = oc.$meta<{ right: HubRight }>({ right: { role: 'admin', scope: 'manage', audited: true } }).errors(ERRORS);
