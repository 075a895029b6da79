import type { PreflightReason, Repair } from '../../../../src-shared/model/preflight.ts';
import { client } from '../../../bridge/client.ts';
import type { ChangeDraft } from '../use-draft.ts';

/** What a page lets its reasons be repaired with. */
export interface Repairs {
  readonly testDataId: string;
  /** The plan that names the libraries; null: the set of the test data. */
  readonly planId: string | null;
  /** Null where the choice is not made on this page: then the repair leads to where it is. */
  readonly change: ChangeDraft | null;
  readonly suts: readonly string[];
  readonly onSuts: (names: readonly string[]) => void;
  /** Adds a line to the variables of the run. */
  readonly onVariable: ((name: string) => void) | null;
  readonly again: () => void;
}

type Place = Pick<Repairs, 'testDataId' | 'planId'>;

/** From the index into the registry, and into the set that the run takes. Tells what it does. */
async function addLibrary(requirement: string, place: Place, tell: (step: string) => void): Promise<void> {
  for await (const event of await client.libraries.add({ from: 'requirement', requirement })) {
    if (event.type === 'progress') tell(event.progress.step);
    else await takeLibrary(event.library.id, place);
  }
}

/** A plan with libraries of its own gets it; else the test data do, for all that is run of them. */
async function takeLibrary(id: string, { testDataId, planId }: Place): Promise<void> {
  const plan = planId === null ? null : await client.plans.get({ id: planId });
  if (plan === null || plan.libraries.length === 0) {
    await client.libraries.attach({ testDataId, libraryId: id });
    return;
  }
  const content = { ...plan, libraries: [...plan.libraries, { libraryId: id, versionId: null }] };
  await client.plans.update({ id: plan.id, content, expected: plan.version.sha256 });
}

async function reserveSut(name: string): Promise<void> {
  const sut = (await client.suts.list()).find((each) => each.name === name);
  if (sut !== undefined) await client.suts.hold({ id: sut.id });
}

/** Repairs that need no choice of a person, each once. */
export function repairsWithoutChoice(reasons: readonly PreflightReason[]): readonly Repair[] {
  const found = reasons.flatMap(({ repair }) => (repair !== null && AUTOMATIC.has(repair.action) ? [repair] : []));
  return [...new Map(found.map((repair) => [JSON.stringify(repair), repair])).values()];
}

const AUTOMATIC: ReadonlySet<Repair['action']> = new Set(['addLibrary', 'attachLibrary', 'reserve']);

/** Does one of those; tells what it does. */
export async function performRepair(repair: Repair, place: Place, tell: (step: string) => void): Promise<void> {
  if (repair.action === 'addLibrary') await addLibrary(repair.requirement, place, tell);
  if (repair.action === 'attachLibrary') await takeLibrary(repair.libraryId, place);
  if (repair.action === 'reserve') await reserveSut(repair.sut);
}
