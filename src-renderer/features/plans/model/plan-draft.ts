import type { LibraryRef } from '../../../../src-shared/model/library.ts';
import type { PlanContent, PlanInput, PlanOrder, TestPlan } from '../../../../src-shared/model/plan.ts';
import { formatDuration } from '../../../../src-shared/text/quantities.ts';
import type { CaseTree } from './case-tree.ts';
import { EMPTY_DRAFT, obstaclesOf, optionsOf, type Draft, type Obstacle } from './draft.ts';
import { needText, readNeed } from './needs.ts';
import { picksOfSelection, selectionOf } from './picks.ts';

/** What a person says about a plan; what it shares with a run is written in the same fields. */
export interface PlanDraft extends Draft {
  readonly doc: string;
  readonly order: PlanOrder;
  /** A library's id, or `id@version id` where one version holds for ever. */
  readonly libraries: readonly string[];
  readonly retries: number;
  /** Empty: any number. */
  readonly sutCount: string;
  readonly sutTags: readonly string[];
  /** As `readNeed` understands it. */
  readonly sutFields: readonly string[];
}

export const EMPTY_PLAN: PlanDraft = {
  ...EMPTY_DRAFT,
  doc: '',
  order: { by: 'data' },
  libraries: [],
  retries: 0,
  sutCount: '',
  sutTags: [],
  sutFields: [],
};

/** The form of a saved plan. Its cases are found in the tree; without a tree (`null`) they are not known yet. */
export function draftOfPlan(plan: TestPlan, tree: CaseTree | null): PlanDraft {
  const { options, selection, sutNeeds } = plan;
  return {
    ...EMPTY_PLAN,
    name: plan.name,
    doc: plan.doc,
    revision: plan.revision === 'newest' ? null : plan.revision,
    picks: tree === null ? null : picksOfSelection(tree, selection),
    include: selection.include,
    exclude: selection.exclude,
    conditionId: plan.conditionId,
    variables: options.variables.join('\n'),
    timeLimit: timeText(options.timeLimitMs),
    silenceLimit: timeText(options.silenceLimitMs),
    robotOptions: options.robotOptions.map(quoted).join(' '),
    priority: options.priority,
    provisioning: plan.provisioning,
    order: plan.order,
    libraries: plan.libraries.map(libraryKey),
    retries: plan.retry.times,
    sutCount: sutNeeds.count === null ? '' : String(sutNeeds.count),
    sutTags: sutNeeds.tags,
    sutFields: sutNeeds.fields.map(needText),
  };
}

export function libraryKey({ libraryId, versionId }: LibraryRef): string {
  return versionId === null ? libraryId : `${libraryId}@${versionId}`;
}

/** Exact, in words that are understood again. */
function timeText(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000} s` : formatDuration(milliseconds);
}

function quoted(word: string): string {
  if (word !== '' && !/[\s"']/u.test(word)) return word;
  return word.includes('"') ? `'${word}'` : `"${word}"`;
}

/** `taken`: cases that it takes now; null while nobody knows. An empty choice must not be saved: it would mean everything. */
export function planObstacles(draft: PlanDraft, taken: number | null): readonly Obstacle[] {
  const wrongFields = draft.sutFields.filter((text) => readNeed(text) === undefined);
  const say = (title: string, why: string): Obstacle => ({ place: null, title, why, sut: null });
  return [
    ...(draft.name.trim() === '' ? [say('The plan has no name', 'Runs are found and compared by it: give it one.')] : []),
    ...obstaclesOf({ ...draft, condition: null }, taken),
    ...wrongFields.map((text) =>
      say(`“${text}” says nothing about a SUT`, 'Write for example vendor = Dell, memoryGb >= 64, or a field alone.'),
    ),
    ...(draft.sutCount === '' || /^\d{1,3}$/u.test(draft.sutCount.trim())
      ? []
      : [say('The number of SUTs is not a number', 'Leave it empty for any.')]),
  ];
}

interface Wanted {
  readonly testDataId: string;
  readonly tree: CaseTree | null;
  /** What is kept of a plan that the form does not show, and its selection while the tree is not read. */
  readonly plan: PlanContent | null;
}

/** The content of a plan without obstacles. */
export function contentOf(draft: PlanDraft, { testDataId, tree, plan }: Wanted): PlanInput {
  return {
    name: draft.name.trim(),
    doc: draft.doc,
    testDataId,
    revision: draft.revision ?? 'newest',
    selection: tree === null && plan !== null ? plan.selection : withoutRoot(tree, selectionOf(tree, draft.picks, draft)),
    order: draft.order,
    libraries: draft.libraries.map((key) => {
      const [libraryId = '', versionId = null] = key.split('@');
      return { libraryId, versionId };
    }),
    provisioning: draft.provisioning,
    options: optionsOf(draft),
    retry: { times: draft.retries },
    sutNeeds: {
      count: draft.sutCount.trim() === '' ? null : Number(draft.sutCount),
      tags: [...draft.sutTags],
      fields: draft.sutFields.flatMap((text) => readNeed(text) ?? []),
    },
    conditionId: draft.conditionId,
  };
}

/** Suites are named without the root, so that the plan holds for whatever the root is called. */
function withoutRoot(tree: CaseTree | null, selection: ReturnType<typeof selectionOf>): ReturnType<typeof selectionOf> {
  if (tree === null) return selection;
  const root = `${tree.root.longName}.`;
  return { ...selection, suites: selection.suites.map((suite) => (suite.startsWith(root) ? suite.slice(root.length) : suite)) };
}
