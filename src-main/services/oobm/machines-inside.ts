import type { Sut } from '../../../src-shared/model/sut.ts';
import { WorkbenchError } from '../../errors.ts';
import { readAllSuts, type SutServices } from '../suts/sut-services.ts';

/** What stands in a machine or runs on it, however far down: it loses its power with it. */
export function machinesInside(services: SutServices, id: string): Sut[] {
  const all = readAllSuts(services);
  const inside: Sut[] = [];
  for (let above = new Set([id]); above.size > 0;) {
    const next = all.filter((sut) => sut.parentId !== null && above.has(sut.parentId) && sut.id !== id && !inside.includes(sut));
    inside.push(...next);
    above = new Set(next.map((sut) => sut.id));
  }
  return inside;
}

/** A run has its own machines only: what others hold or use inside of them keeps its power. */
export function refusePowerUnderOthers(sut: Sut, inside: readonly Sut[]): void {
  const others = inside.filter(
    ({ inUse, reservedBy }) =>
      (inUse !== null && inUse.runId !== sut.inUse?.runId) || (reservedBy !== null && reservedBy !== sut.reservedBy),
  );
  if (others.length === 0) return;
  const reasons = others.map(({ name, reservedBy, inUse }) => {
    const who = inUse === null ? `held by ${reservedBy ?? 'somebody'}` : `in use by the run "${inUse.runName}"`;
    return { code: 'SUT_BUSY', message: `${name}, which is in ${sut.name}, is ${who}.`, subject: name };
  });
  throw new WorkbenchError('SUT_BUSY', `${reasons.map(({ message }) => message).join(' ')} A run cannot take its power away.`, { reasons });
}
