import type { ErrorData } from '../../../src-shared/contract/errors.ts';
import type { RunOptions } from '../../../src-shared/model/run.ts';
import type { Selection, TestData } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { hasOption, refuseOptions } from '../../robot/command-line.ts';
import { findSutByName, type SutRow } from '../../store/suts.ts';
import { countSelected } from '../../../src-shared/model/match-selection.ts';
import { readCondition } from './read-condition.ts';
import type { RunServices } from './run-services.ts';

/** A run that somebody wants: a new one, or one again. */
export interface WantedRun {
  testDataId: string;
  /** Newest when undefined. */
  revision: string | undefined;
  selection: Selection;
  suts: readonly string[];
  conditionYaml: string | null;
  options: RunOptions;
  startedBy: string;
}

export interface Checked {
  testData: TestData;
  revision: string;
  suts: SutRow[];
  /** Selected cases; 0 when discovery has not looked at the revision yet. */
  total: number;
}

type Reason = ErrorData['reasons'][number];

/** Room for records, logs and the store besides the copy of the revision, bytes. */
const SPARE_ROOM = 64 * 1024 * 1024;
/** With these Robot may find or make tests that discovery does not see. */
const OPTIONS_THAT_FIND_TESTS = [
  'listener',
  'prerunmodifier',
  'parser',
  'extension',
  'parseinclude',
  'runemptysuite',
  'name',
  'settag',
  'language',
];

/** Finds every reason why this run cannot start and refuses with all of them (PREFLIGHT_FAILED, `reasons`). */
export async function checkRun(services: RunServices, wanted: WantedRun): Promise<Checked> {
  const testData = services.testData.find(wanted.testDataId);
  const revision = wanted.revision ?? testData?.newest.hash;
  const size = revision === undefined ? undefined : services.testData.sizeOf(wanted.testDataId, revision);
  const suts = [...new Set(wanted.suts)].map((name) => ({ name, sut: findSutByName(services.store, name) }));
  const selected = await selectedCases(services, wanted, { revision, suiteName: testData?.suiteName });
  const reasons = [
    ...testDataReasons(wanted, testData, size),
    ...suts.flatMap(({ name, sut }) => sutReasons(name, sut, wanted.startedBy)),
    ...(wanted.conditionYaml === null
      ? []
      : readCondition(wanted.conditionYaml).problems.map((problem) =>
          reason('BAD_REQUEST', `The condition is broken. ${problem}`, 'condition'),
        )),
    ...refuseOptions(wanted.options.robotOptions).map((sentence) => reason('BAD_REQUEST', sentence, 'robotOptions')),
    ...(selected === 0 ? [reason('NO_SUITES', 'The selection matches no test. Choose others, or clear it.', 'selection')] : []),
    ...(await roomReasons(services, size ?? 0)),
  ];
  if (reasons.length > 0 || testData === undefined || revision === undefined) throw refusal(reasons);
  return { testData, revision, suts: unique(suts.flatMap(({ sut }) => sut ?? [])), total: selected ?? 0 };
}

function refusal(reasons: Reason[]): WorkbenchError {
  const [first] = reasons;
  const rest = reasons.length > 1 ? ` And ${reasons.length - 1} more.` : '';
  return new WorkbenchError('PREFLIGHT_FAILED', `The run cannot start. ${first?.message ?? ''}${rest}`, {
    reasons,
    details: reasons.map(({ message }) => message),
  });
}

function testDataReasons(wanted: WantedRun, testData: TestData | undefined, size: number | undefined): Reason[] {
  if (testData === undefined) return [reason('NOT_FOUND', 'These test data do not exist any more.', wanted.testDataId)];
  if (size !== undefined) return [];
  return [reason('NOT_FOUND', `${testData.name} has no revision ${wanted.revision?.slice(0, 12) ?? ''}.`, wanted.revision ?? null)];
}

/** The test environment is for all: a run is told about it but neither leases nor reserves it. */
function sutReasons(name: string, sut: SutRow | undefined, startedBy: string): Reason[] {
  if (sut === undefined) return [reason('NOT_FOUND', `There is no SUT named ${name}.`, name)];
  if (sut.role === 'environment' || sut.reservedBy === null || sut.reservedBy === startedBy) return [];
  return [reason('NOT_RESERVED', `${name} is reserved by ${sut.reservedBy}. Ask for it, or choose another SUT.`, name)];
}

/** Null when nobody can tell: not discovered yet, or options that change what Robot finds. */
async function selectedCases(
  services: RunServices,
  { selection, options }: WantedRun,
  { revision, suiteName }: { revision: string | undefined; suiteName: string | undefined },
): Promise<number | null> {
  if (revision === undefined || suiteName === undefined || OPTIONS_THAT_FIND_TESTS.some((name) => hasOption(options.robotOptions, name)))
    return null;
  const discovery = await services.testData.known(revision, suiteName);
  return discovery === undefined ? null : countSelected(discovery.root, selection);
}

async function roomReasons(services: RunServices, revisionSize: number): Promise<Reason[]> {
  const free = await services.freeBytes(services.runsFolder);
  const needed = revisionSize + SPARE_ROOM;
  if (free === null || free >= needed) return [];
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`;
  return [
    reason(
      'DISK_FULL',
      `The disk has ${megabytes(free)} left; a run of this needs ${megabytes(needed)}. Remove old runs or free some space.`,
      services.runsFolder,
    ),
  ];
}

function unique(suts: SutRow[]): SutRow[] {
  return [...new Map(suts.map((sut) => [sut.id, sut])).values()];
}

function reason(code: string, message: string, subject: string | null): Reason {
  return { code, message, subject };
}
