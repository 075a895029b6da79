import type { Endpoint as DriverEndpoint } from '../../drivers/endpoints.ts';
import type { OobmJobs } from '../../workers/oobm-jobs.ts';
import type { Log } from '../../log.ts';
import type { RefusedLogins } from './refused-logins.ts';
import type { SutServices } from '../suts/sut-services.ts';

/** What every use case of this folder works with. */
export interface OobmServices {
  suts: SutServices;
  jobs: OobmJobs;
  logins: RefusedLogins;
  log: Log;
  /** The folder in which virtual machines live, one each. */
  machines: string;
  /** How a simulated machine is reached now; started when it is not there. */
  simulated(
    sut: { id: string; name: string },
    kind: string,
  ): Promise<Omit<Extract<DriverEndpoint, { provider: 'simulated' | 'ipmi' }>, 'id'>>;
  /** Commands under way by SUT, so that a hold does not end under one. */
  underway: Map<string, number>;
}
