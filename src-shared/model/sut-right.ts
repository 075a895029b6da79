/** What of a SUT decides whether somebody may act on it. */
interface ActedOn {
  name: string;
  role: 'sut' | 'environment';
  maintainedBy: string;
  reservedBy: string | null;
  inUse: { runName: string } | null;
}

/** Whether `user` may do something to a machine that its holder or a run would feel, and whom it hurts. */
export interface Right {
  /** `confirm`: allowed, once the person has read `hurts` and says so. */
  verdict: 'free' | 'confirm' | 'refused';
  /** A sentence each. */
  hurts: string[];
}

/**
 * A machine that nobody holds may be used by everybody; a held one by its holder. Over a run, over another holder or over a member of the
 * test environment, only the holder and the maintainer, and only with open eyes. `inside` stands in it or runs on it and loses its power
 * with it.
 */
export function rightToAct(sut: ActedOn, user: string, inside: readonly Pick<ActedOn, 'name' | 'reservedBy' | 'inUse'>[] = []): Right {
  const hurts: string[] = [];
  if (sut.inUse !== null) hurts.push(`The run "${sut.inUse.runName}" is using ${sut.name} and will feel it.`);
  if (sut.reservedBy !== null && sut.reservedBy !== user) hurts.push(`${sut.name} is held by ${sut.reservedBy}.`);
  if (sut.role === 'environment') hurts.push(`${sut.name} is part of the test environment: other machines and their tests need it.`);
  for (const { name, inUse, reservedBy } of inside) {
    if (inUse !== null) hurts.push(`The run "${inUse.runName}" is using ${name}, which is in ${sut.name}.`);
    else if (reservedBy !== null && reservedBy !== user) hurts.push(`${name}, which is in ${sut.name}, is held by ${reservedBy}.`);
  }
  if (hurts.length === 0) return { verdict: 'free', hurts };
  const mayConfirm = user === sut.maintainedBy || user === sut.reservedBy;
  return { verdict: mayConfirm ? 'confirm' : 'refused', hurts };
}
