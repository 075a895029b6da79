import type { PreflightReason, Repair } from '../../../src-shared/model/preflight.ts';
import { slotOfAside } from '../../../src-shared/model/set-aside.ts';
import { unmetNeeds, type SutNeeds } from '../../../src-shared/model/sut-needs.ts';
import { listLeases } from '../../store/leases.ts';
import { findSutByName, type SutRow } from '../../store/suts.ts';
import type { CheckServices } from './preflight-services.ts';
import { error, warning } from './reason.ts';
import type { WantedRun } from './wanted-run.ts';

export interface CheckedSuts {
  suts: SutRow[];
  reasons: PreflightReason[];
  fine: string[];
}

/** The SUTs of a wanted run: are they there, may they be used, are they what the plan needs. */
export function checkSuts(
  services: Pick<CheckServices, 'store' | 'holds'>,
  wanted: Pick<WantedRun, 'suts' | 'sutNeeds' | 'startedBy'>,
): CheckedSuts {
  const { store } = services;
  const named = [...new Set(wanted.suts)].map((name) => ({ name, sut: findSutByName(store, name) }));
  const suts = [...new Map(named.flatMap(({ sut }) => (sut === undefined ? [] : [[sut.id, sut] as const]))).values()];
  const leases = new Map(listLeases(store).map((lease) => [lease.sutId, lease]));
  const reasons = [
    ...named.flatMap(({ name, sut }) => (sut === undefined ? [notThere(name)] : [])),
    ...notReserved(services, wanted, suts),
    ...suts.flatMap(environmentAside),
    ...suts.flatMap((sut) => inUse(sut, leases.get(sut.id))),
    ...(wanted.sutNeeds === null ? [] : unmet(wanted.sutNeeds, suts)),
  ];
  const tested = suts.filter(({ role }) => role === 'sut');
  const fine = tested.length > 0 && reasons.length === 0 ? [`${tested.map(({ name }) => name).join(', ')} can be used now.`] : [];
  return { suts, reasons, fine };
}

function notThere(name: string): PreflightReason {
  return error('SUT_MISSING', `There is no SUT named ${name}. Choose another.`, {
    subject: name,
    repair: { action: 'chooseOtherSut', sut: name },
  });
}

/** The test environment is for all: a run is told about it but neither leases nor reserves it. */
function notReserved(
  { holds }: Pick<CheckServices, 'holds'>,
  wanted: Pick<WantedRun, 'startedBy'>,
  suts: readonly SutRow[],
): PreflightReason[] {
  const tested = suts.filter(({ role }) => role === 'sut');
  const against = holds.reasons({ suts: tested, starter: wanted.startedBy, reserve: true, expectedMs: null });
  return against.map(({ code, message, subject }) => {
    const repair: Repair | null = subject === null ? null : { action: 'chooseOtherSut', sut: subject };
    return error(code === 'SUT_SET_ASIDE' ? code : 'SUT_NOT_RESERVED', message, { subject, repair });
  });
}

/** A run does not have it to itself, so it may begin; what fails may be no fault of the machine under test. */
function environmentAside(sut: SutRow): PreflightReason[] {
  const slot = sut.role === 'environment' ? slotOfAside(sut) : null;
  return slot === null
    ? []
    : [warning('SUT_SET_ASIDE', `${slot.why} It is part of the test environment.`, { subject: sut.name, repair: null })];
}

function inUse({ name, role }: SutRow, lease: { runId: string; runName: string } | undefined): PreflightReason[] {
  if (lease === undefined || role === 'environment') return [];
  return [
    warning('SUT_IN_USE', `${name} is in use by the run ${lease.runName}. This run waits for it in the queue.`, {
      subject: name,
      repair: {
        action: 'waitForRun',
        runId: lease.runId,
      },
    }),
  ];
}

function unmet(needs: SutNeeds, suts: readonly SutRow[]): PreflightReason[] {
  const tested = suts.filter(({ role }) => role === 'sut');
  const wrong = tested.flatMap((sut) => {
    const [first, ...more] = unmetNeeds(needs, sut);
    if (first === undefined) return [];
    const all = [first, ...more].join(', and ');
    return [
      error('SUT_WRONG_KIND', `${sut.name} is not what the plan needs. It ${all}.`, {
        subject: sut.name,
        repair: { action: 'chooseOtherSut', sut: sut.name },
      }),
    ];
  });
  return [...wrong, ...wrongNumber(needs.count, tested.length)];
}

function wrongNumber(count: number | null, chosen: number): PreflightReason[] {
  if (count === null || count === chosen) return [];
  const words = `The plan needs ${count === 1 ? 'one SUT' : `${count} SUTs`}; ${chosen === 0 ? 'none is' : `${chosen} ${chosen === 1 ? 'is' : 'are'}`} chosen.`;
  if (chosen < count)
    return [error('SUTS_TOO_FEW', `${words} Choose ${count - chosen} more.`, { subject: 'suts', repair: { action: 'chooseSuts' } })];
  return [error('SUTS_TOO_MANY', `${words} Leave ${chosen - count} out.`, { subject: 'suts', repair: { action: 'chooseSuts' } })];
}
