import type { BoundLibrary } from '../../../src-shared/model/library.ts';
import type { ProvisioningBinding, ProvisioningChoice } from '../../../src-shared/model/recipe.ts';
import { ProvisionRequest } from '../../../src-shared/model/run.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { expectedDuration } from '../../store/run-history.ts';
import { indexNewRun } from '../../store/run-search-index.ts';
import { bindingOf, findRunByRequestKey, insertRun, librariesOf, seriesKey, type RunRow } from '../../store/runs.ts';
import type { SutRow } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { provisioningReasons } from '../preflight/check-run.ts';
import { error, refusal } from '../preflight/reason.ts';
import { checkSuts } from '../preflight/sut-reasons.ts';
import { announce, type RunServices } from './run-services.ts';

const NO_TESTS = {
  selection: { include: [], exclude: [], suites: [], tests: [] },
  options: { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 },
  failedOnly: false,
};

/**
 * Queues a run without tests: it waits for its machine, provisions it, takes back what it did and keeps its report, all as a run of tests does.
 * Refused with every reason at once. Answers its id; the same `requestKey` answers the same run.
 */
export async function startProvisioning(services: RunServices, request: ProvisionRequest, caller: Caller): Promise<string> {
  const { sut: name, testDataId, revision: fixed, requestKey, ...asked } = ProvisionRequest.parse(request);
  const known = requestKey === undefined ? undefined : findRunByRequestKey(services.store, requestKey);
  if (known !== undefined) return known.id;
  const choice: ProvisioningChoice = { ...asked, leaves: 'clean' };
  const revision = revisionOf(services, { testDataId, fixed });
  const sut = await checkMachine(services, { name, choice, revision, startedBy: caller.user });
  const binding = await services.provisioning.bind({ choice, revision, suts: [sut] });
  if (binding === null) throw new WorkbenchError('NOT_FOUND', 'This recipe does not exist any more. Choose another.');
  const withSuites = binding.suitesOf != null && testDataId !== undefined;
  const libraries = withSuites ? services.bindLibraries({ testDataId, libraries: null }) : [];
  return queue(services, { sut, binding, libraries, startedBy: caller.user, requestKey: requestKey ?? null, origin: null });
}

/** The same recipe and image as before, whatever their names mean now. */
export async function provisionAgain(
  services: RunServices,
  again: { origin: RunRow; suts?: readonly string[] | undefined; requestKey?: string | undefined },
  caller: Caller,
): Promise<string> {
  const { origin, requestKey, suts = JSON.parse(origin.suts) as string[] } = again;
  const binding = bindingOf(origin);
  const [name, ...more] = suts;
  if (binding === null || name === undefined || more.length > 0)
    throw new WorkbenchError('BAD_REQUEST', 'A provisioning is repeated on one SUT. Name one.');
  const sut = await checkMachine(services, { name, choice: null, revision: null, startedBy: caller.user });
  const { libraries } = librariesOf(origin);
  return queue(services, { sut, binding, libraries, startedBy: caller.user, requestKey: requestKey ?? null, origin });
}

function revisionOf(
  { testData }: RunServices,
  { testDataId, fixed }: { testDataId: string | undefined; fixed: string | undefined },
): string | null {
  if (fixed !== undefined || testDataId === undefined) return fixed ?? null;
  const found = testData.find(testDataId);
  if (found === undefined) throw new WorkbenchError('NOT_FOUND', 'These test data do not exist any more.');
  return found.newest.hash;
}

interface Wish {
  name: string;
  /** Null: the recipe is bound already. */
  choice: ProvisioningChoice | null;
  revision: string | null;
  startedBy: string;
}

async function checkMachine(services: RunServices, { name, choice, revision, startedBy }: Wish): Promise<SutRow> {
  const { suts, reasons } = checkSuts(services, { suts: [name], sutNeeds: null, startedBy });
  const all = [
    ...reasons,
    ...suts.filter(({ role }) => role === 'environment').map(partOfEnvironment),
    ...(suts.length === 0 ? [] : await provisioningReasons(services, { provisioning: choice }, { revision, suts })),
  ];
  const [sut] = suts;
  if (sut === undefined || all.some(({ severity }) => severity === 'error')) throw refusal(all);
  return sut;
}

function partOfEnvironment({ name }: SutRow) {
  return error('SUT_WRONG_KIND', `${name} is part of the test environment, which is never provisioned.`, name);
}

interface Bound {
  sut: SutRow;
  binding: ProvisioningBinding;
  /** Of the test data that the suites of the recipe are part of. */
  libraries: readonly BoundLibrary[];
  startedBy: string;
  requestKey: string | null;
  origin: RunRow | null;
}

async function queue(services: RunServices, { sut, binding, libraries, startedBy, requestKey, origin }: Bound): Promise<string> {
  const { store, clock, content, holds } = services;
  const sutsSha256 = await content.put(JSON.stringify([sut]));
  const name = `Provision ${sut.name}`;
  const id = store.transaction(() => {
    const known = requestKey === null ? undefined : findRunByRequestKey(store, requestKey);
    if (known !== undefined) return known.id;
    const at = clock.now();
    const run = newId(at);
    const expectedMs = expectedDuration(store, seriesKey({ name, suts: [sut.name], condition: null }));
    holds.reserve({ suts: [sut], starter: startedBy, reserve: true, expectedMs, runName: name });
    const number = insertRun(store, {
      ...{ id: run, requestKey, name, startedBy, sutsSha256, expectedMs },
      purpose: 'provision',
      testDataId: null,
      revision: binding.recipeSha256, // what is executed is the recipe
      suts: [{ id: sut.id, name: sut.name }],
      sutNames: [sut.name],
      condition: null,
      provisioning: binding,
      libraries,
      rerunOf: origin?.id ?? null,
      request: NO_TESTS,
      total: 0,
      createdAt: at,
    });
    indexNewRun(store, number);
    return run;
  })();
  announce(services, [id]);
  holds.settle();
  services.changes.emit('suts:changed', { ids: [sut.id], removed: [] });
  return id;
}
