import { WorkbenchError } from '../../errors.ts';
import { findFence } from '../../store/fences.ts';
import { listLeases } from '../../store/leases.ts';
import { findRun } from '../../store/runs.ts';
import type { RunAccessServices, RunEntry, RunMember } from './run-access-services.ts';

type Services = Pick<RunAccessServices, 'store'>;

const USING: readonly string[] = ['provisioning', 'executing', 'tearingDown'];

/** A machine that the run was started with. Throws FORBIDDEN for any other, and for a run that has ended. */
export function needMember({ store }: Services, run: RunEntry, name: string): RunMember {
  const state = findRun(store, run.id)?.state;
  if (run.leaving.aborted || state === undefined || !USING.includes(state)) {
    throw new WorkbenchError('FORBIDDEN', `The run "${run.name}" has ended: it does nothing to machines any more.`);
  }
  const member = run.members.find((each) => each.name === name);
  if (member !== undefined) return member;
  const mine = run.members.map((each) => each.name).join(', ');
  throw new WorkbenchError(
    'FORBIDDEN',
    `${name} is not a machine of this run. Its machines are: ${mine}. Start the run with ${name} to use it.`,
  );
}

/** A machine that the run may change, with the fence of its lease. Throws FORBIDDEN for the environment, NOT_RESERVED when the lease is gone. */
export function needLeased(services: Services, run: RunEntry, name: string): RunMember & { fence: string } {
  const member = needMember(services, run, name);
  if (member.role === 'environment') {
    throw new WorkbenchError(
      'FORBIDDEN',
      `${name} is part of the test environment: a run may look at it, but never switch, boot or change it, because other tests need it.`,
    );
  }
  const lease = listLeases(services.store).find(({ sutId }) => sutId === member.id);
  if (lease?.runId === run.id && findFence(services.store, member.id).token === lease.token) return { ...member, fence: lease.token };
  throw new WorkbenchError(
    'NOT_RESERVED',
    `The run has ${name} no longer: its reservation has ended or was given to somebody else. See on the board who has it.`,
  );
}
