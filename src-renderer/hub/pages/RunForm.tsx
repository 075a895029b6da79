import { BookmarkPlus, Play } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { HubReservation } from '../../../src-shared/model/hub-directory.ts';
import type { HubTestData } from '../../../src-shared/model/hub-runs.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { foreseenProblems, NOTHING_CHOSEN, toBringing } from '../bringing-choice.ts';
import { allCases, selectionOf } from '../select-cases.ts';
import { limitsOf, type WhatIsHere } from '../use-what-is-here.ts';
import { BringingFields } from './BringingFields.tsx';
import { CaseTree } from './CaseTree.tsx';
import { ConditionChoice, NO_CONDITION } from './ConditionChoice.tsx';

interface Props {
  readonly data: HubTestData;
  /** Null: nothing can be started now, only saved. */
  readonly hold: HubReservation | null;
  readonly here: WhatIsHere;
}

/** Which cases, with which variables, libraries and image; then it is run, or kept as a plan. */
export function RunForm({ data, hold, here }: Props): ReactElement {
  const [, go] = useLocation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(allCases(data.suites)));
  const [condition, setCondition] = useState(NO_CONDITION);
  const [choice, setChoice] = useState(NOTHING_CHOSEN);
  const [limit, setLimit] = useState('');
  const [plan, setPlan] = useState('');
  const [tags, setTags] = useState('');
  const [id] = useState(() => crypto.randomUUID());
  const limits = hold === null ? null : limitsOf(here.labs, hold.harnessId);
  const bringing = toBringing(choice);
  const problems = limits === null ? [] : foreseenProblems(limits, bringing, here.images);
  const options = limit === '' ? {} : { options: { timeLimitMs: Math.round(Number(limit) * 60_000) } };
  const saved = here.conditions.find((each) => each.id === condition.id);
  const given =
    saved ?? (condition.id === 'own' && condition.yaml.trim() !== '' ? { name: 'Variables of this run', yaml: condition.yaml } : null);
  const start = useAction(async (at: HubReservation) => {
    const variables = given === null ? {} : { condition: { name: given.name, yaml: given.yaml } };
    const selection = selectionOf(data.suites, chosen);
    await hub.runs.start({ id, reservationId: at.id, testDataId: data.id, selection, bringing, ...variables, ...options });
    go(addresses.run(id));
  });
  const save = useAction(async () => {
    const conditionIds = saved === undefined ? [] : [saved.id];
    const need = { count: hold?.suts.length ?? 1, tags: tags.split(',').flatMap((tag) => tag.trim() || []) };
    const body = { testDataId: data.id, selection: selectionOf(data.suites, chosen), conditionIds, need, ...bringing, ...options };
    await hub.plans.save({ id: crypto.randomUUID(), name: plan.trim(), body });
    go('/plans');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (hold !== null) void start.run(hold);
  };
  const nothing = chosen.size === 0 ? 'Choose a case first.' : null;
  const noPlan =
    plan.trim() === ''
      ? 'Give the plan a name.'
      : condition.id === 'own'
        ? 'A plan keeps saved conditions: save it as one in Plans.'
        : null;
  const problem = start.problem ?? save.problem;
  return (
    <form onSubmit={submit}>
      <SectionHead title="Cases" count={`${chosen.size} of ${allCases(data.suites).length}`} ruled />
      <CaseTree suites={data.suites} chosen={chosen} onChange={setChosen} />
      <BringingFields {...{ choice, limits, problems, libraries: here.libraries, images: here.images }} onChange={setChoice} />
      <SectionHead title="How" ruled />
      <div className="hub-form">
        <ConditionChoice conditions={here.conditions} value={condition} onChange={setCondition} />
        <label>
          <span className="small mid">Time limit, minutes</span>
          <span className="field" style={{ width: 96 }}>
            <input type="number" min="1" max="100000" value={limit} onChange={(event) => setLimit(event.currentTarget.value)} />
          </span>
        </label>
        <Button
          variant="primary"
          submits
          icon={<Play />}
          busy={start.busy}
          disabledReason={nothing ?? problems[0] ?? (hold === null ? 'A run needs a machine that you hold.' : null)}
        >
          Run
        </Button>
      </div>
      <div className="hub-form">
        <label className="grow">
          <span className="small mid">Name of the plan</span>
          <span className="field">
            <input value={plan} maxLength={200} onChange={(event) => setPlan(event.currentTarget.value)} />
          </span>
        </label>
        <label>
          <span className="small mid">Its machines have the tags, with commas</span>
          <span className="field">
            <input value={tags} onChange={(event) => setTags(event.currentTarget.value)} />
          </span>
        </label>
        <Button icon={<BookmarkPlus />} busy={save.busy} disabledReason={nothing ?? noPlan} onClick={() => void save.run()}>
          Save as plan
        </Button>
      </div>
      {problem === null ? null : (
        <div className="hub-body">
          <ErrorState problem={problem} />
        </div>
      )}
    </form>
  );
}
