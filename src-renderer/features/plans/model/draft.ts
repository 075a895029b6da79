import type { ProvisioningChoice } from '../../../../src-shared/model/recipe.ts';
import type { RunOptions, RunRequest } from '../../../../src-shared/model/run.ts';
import type { CaseTree } from './case-tree.ts';
import { selectionOf, type Picks } from './picks.ts';
import { readTime, readVariables, readWords } from './written.ts';

/** What a person has said about the run so far, as written; nothing of it is checked until it is read. */
export interface Draft {
  /** Null: the newest. */
  readonly revision: string | null;
  /** Empty: the name of the test data. */
  readonly name: string;
  readonly picks: Picks;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly suts: readonly string[];
  /** A condition that the harness keeps; not together with one written here. */
  readonly conditionId: string | null;
  readonly condition: { readonly name: string; readonly yaml: string } | null;
  readonly variables: string;
  readonly timeLimit: string;
  readonly silenceLimit: string;
  readonly robotOptions: string;
  readonly priority: number;
  /** Null: the machines are taken as they are. */
  readonly provisioning: ProvisioningChoice | null;
}

export const EMPTY_DRAFT: Draft = {
  revision: null,
  name: '',
  picks: null,
  include: [],
  exclude: [],
  suts: [],
  conditionId: null,
  condition: null,
  variables: '',
  timeLimit: '',
  silenceLimit: '',
  robotOptions: '',
  priority: 0,
  provisioning: null,
};

/** Where a reason not to start can be repaired on this page. */
export type Place =
  | 'testData'
  | 'revision'
  | 'selection'
  | 'suts'
  | 'condition'
  | 'variables'
  | 'timeLimit'
  | 'silenceLimit'
  | 'robotOptions'
  | 'provisioning';

/** Why the run cannot start, in words, with what it is about. */
export interface Obstacle {
  readonly place: Place | null;
  readonly title: string;
  readonly why: string;
  /** The SUT it is about. */
  readonly sut: string | null;
}

const obstacle = (place: Place, title: string, why: string): Obstacle => ({ place, title, why, sut: null });

const TIME_WORDS = 'Write for example 30 min, 1 h 30 m or 90 s, or leave it empty.';

type OptionDraft = Pick<Draft, 'variables' | 'timeLimit' | 'silenceLimit' | 'robotOptions' | 'priority'>;

/** What can be told without asking the harness; it has the last word. */
export function obstaclesOf(draft: OptionDraft & Pick<Draft, 'condition'>, taken: number | null): readonly Obstacle[] {
  const { wrong } = readVariables(draft.variables);
  return [
    ...(taken === 0 ? [obstacle('selection', 'No case is selected', 'Choose some in the tree, or change the tags.')] : []),
    ...(draft.condition !== null && draft.condition.name.trim() === ''
      ? [obstacle('condition', 'The condition has no name', 'Runs are found and compared by it: give it one.')]
      : []),
    ...wrong.map((line) => obstacle('variables', `“${line}” is not a variable`, 'Write NAME:VALUE, one a line.')),
    ...(readTime(draft.timeLimit) === undefined ? [obstacle('timeLimit', 'The time limit is not a time', TIME_WORDS)] : []),
    ...(readTime(draft.silenceLimit) === undefined ? [obstacle('silenceLimit', 'The silence limit is not a time', TIME_WORDS)] : []),
    ...(readWords(draft.robotOptions).open
      ? [obstacle('robotOptions', 'A quote in the Robot options is not closed', 'Close it, or take it away.')]
      : []),
  ];
}

interface Wanted {
  readonly testDataId: string;
  readonly tree: CaseTree | null;
}

/** What a draft asks for; of what cannot be understood (see `obstaclesOf`), the rest. */
export function requestOf(draft: Draft, { testDataId, tree }: Wanted): RunRequest {
  return {
    testDataId,
    ...(draft.revision === null ? {} : { revision: draft.revision }),
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }),
    selection: selectionOf(tree, draft.picks, draft),
    suts: [...draft.suts],
    ...(draft.provisioning === null ? {} : { provisioning: draft.provisioning }),
    ...(draft.conditionId === null ? {} : { conditionId: draft.conditionId }),
    ...(draft.condition === null || draft.conditionId !== null
      ? {}
      : { condition: { name: draft.condition.name.trim() || 'condition', yaml: draft.condition.yaml } }),
    options: optionsOf(draft),
  };
}

/** The options of a run or plan, as far as they can be understood. */
export function optionsOf(draft: OptionDraft): RunOptions {
  return {
    variables: [...readVariables(draft.variables).variables],
    timeLimitMs: readTime(draft.timeLimit) ?? null,
    silenceLimitMs: readTime(draft.silenceLimit) ?? null,
    robotOptions: [...readWords(draft.robotOptions).words],
    priority: draft.priority,
  };
}
