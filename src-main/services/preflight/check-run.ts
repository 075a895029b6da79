import { countSelected } from '../../../src-shared/model/match-selection.ts';
import type { Preflight, PreflightReason, PreflightStage } from '../../../src-shared/model/preflight.ts';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import { hasOption, refuseOptions } from '../../robot/command-line.ts';
import type { SutRow } from '../../store/suts.ts';
import { conditionReasons } from './condition-reasons.ts';
import type { CheckServices } from './preflight-services.ts';
import { error, refusal } from './reason.ts';
import { checkSuts } from './sut-reasons.ts';
import type { WantedRun } from './wanted-run.ts';

/** What a run that can start is bound to. */
export interface Checked {
  testData: TestData;
  revision: string;
  suts: SutRow[];
  /** Selected cases; 0 when discovery has not looked at the revision yet. */
  total: number;
}

export interface Examined {
  reasons: PreflightReason[];
  fine: Preflight['fine'];
  /** Null when nobody can tell yet. */
  cases: number | null;
  /** Undefined when test data or revision are not there. */
  found: { testData: TestData; revision: string; suts: SutRow[] } | undefined;
}

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
export async function checkRun(services: CheckServices, wanted: WantedRun): Promise<Checked> {
  const { reasons, found, cases } = await examineRun(services, wanted);
  if (found === undefined || reasons.some(({ severity }) => severity === 'error')) throw refusal(reasons);
  return { ...found, total: cases ?? 0 };
}

/** All that can be said at once. Exactly what a start is refused for: a check that looks longer only adds warnings. */
export async function examineRun(services: CheckServices, wanted: WantedRun): Promise<Examined> {
  const testData = services.testData.find(wanted.testDataId);
  const revision = wanted.revision ?? testData?.newest.hash;
  const size = revision === undefined ? undefined : services.testData.sizeOf(wanted.testDataId, revision);
  const cases = testData === undefined || size === undefined ? null : await selectedCases(services, wanted, { testData, revision });
  const machines = checkSuts(services, wanted);
  const condition = conditionReasons(wanted.condition);
  const room = await roomReasons(services, size ?? 0);
  const reasons = [
    ...testDataReasons(wanted, testData, size),
    ...(cases === 0 ? [nothingSelected()] : []),
    ...machines.reasons,
    ...condition,
    ...refuseOptions(wanted.options.robotOptions).map((sentence) =>
      error('OPTION_REFUSED', sentence, { subject: 'robotOptions', repair: { action: 'changeOptions' } }),
    ),
    ...room.reasons,
    ...(await provisioningReasons(services, wanted, { revision, suts: machines.suts })),
  ];
  const say = (stage: PreflightStage, sentences: readonly string[]) => sentences.map((sentence) => ({ stage, sentence }));
  return {
    reasons,
    fine: [
      ...say('request', cases === null || cases === 0 ? [] : [`${cases === 1 ? 'One case is' : `${cases} cases are`} chosen.`]),
      ...say('suts', machines.fine),
      ...say('request', wanted.condition === null || condition.length > 0 ? [] : [`The condition ${wanted.condition.name} can be used.`]),
      ...say('room', room.fine),
    ],
    cases,
    found: testData === undefined || revision === undefined || size === undefined ? undefined : { testData, revision, suts: machines.suts },
  };
}

function testDataReasons(wanted: WantedRun, testData: TestData | undefined, size: number | undefined): PreflightReason[] {
  if (testData === undefined) return [error('TEST_DATA_MISSING', 'These test data do not exist any more.', wanted.testDataId)];
  if (size !== undefined) return [];
  const { revision } = wanted;
  return [
    error('REVISION_MISSING', `${testData.name} has no revision ${revision?.slice(0, 12) ?? ''}.`, {
      subject: revision ?? null,
      repair: {
        action: 'chooseRevision',
      },
    }),
  ];
}

function nothingSelected(): PreflightReason {
  return error('NOTHING_SELECTED', 'The selection matches no test. Choose others, or clear it.', {
    subject: 'selection',
    repair: {
      action: 'changeSelection',
    },
  });
}

/** Why the machines cannot be provisioned as asked; a `revision` of null has the built-in recipes only. */
export async function provisioningReasons(
  services: Pick<CheckServices, 'provisioningReasons'>,
  { provisioning }: Pick<WantedRun, 'provisioning'>,
  { revision, suts }: { revision: string | null | undefined; suts: SutRow[] },
): Promise<PreflightReason[]> {
  if (provisioning === null || revision === undefined) return [];
  return services.provisioningReasons({ choice: provisioning, revision, suts });
}

/** Null when nobody can tell: not discovered yet, or options that change what Robot finds. */
async function selectedCases(
  services: CheckServices,
  { selection, options }: WantedRun,
  { testData, revision }: { testData: TestData; revision: string | undefined },
): Promise<number | null> {
  if (revision === undefined || OPTIONS_THAT_FIND_TESTS.some((name) => hasOption(options.robotOptions, name))) return null;
  const discovery = await services.testData.known(revision, testData.suiteName);
  return discovery === undefined ? null : countSelected(discovery.root, selection);
}

async function roomReasons(services: CheckServices, revisionSize: number): Promise<{ reasons: PreflightReason[]; fine: string[] }> {
  const free = await services.freeBytes(services.runsFolder);
  const needed = revisionSize + SPARE_ROOM;
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`;
  if (free === null) return { reasons: [], fine: [] };
  if (free >= needed) return { reasons: [], fine: [`${megabytes(free)} are free on the disk, ${megabytes(needed)} are needed.`] };
  const sentence = `The disk has ${megabytes(free)} left; a run of this needs ${megabytes(needed)}. Remove old runs or free some space.`;
  return { reasons: [error('DISK_FULL', sentence, { subject: services.runsFolder, repair: { action: 'freeDisk' } })], fine: [] };
}
