import { Play } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { HubPlan } from '../../../src-shared/model/hub-plans.ts';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { foreseenProblems } from '../bringing-choice.ts';
import { useHubInfo } from '../hub-info.ts';
import { limitsOf, type WhatIsHere } from '../use-what-is-here.ts';

/** For how long machines are asked for with one press. */
const HOURS = 2;
const HOUR_MS = 3_600_000;

interface Props {
  readonly plan: HubPlan;
  readonly here: WhatIsHere;
  readonly onChanged: () => void;
}

/** A plan: what it needs, where it could run now, its conditions (each is a run), and Start. */
export function PlanLine({ plan, here, onChanged }: Props): ReactElement {
  const { me } = useHubInfo();
  const mine = plan.person === me.login || me.role !== 'tester';
  const [, go] = useLocation();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [heldId, setHeld] = useState('');
  const fitting = here.held.filter(({ suts }) => suts.length >= plan.body.need.count);
  const hold = fitting.find(({ id }) => id === heldId) ?? fitting[0];
  const problems = hold === undefined ? [] : foreseenProblems(limitsOf(here.labs, hold.harnessId), plan.body, here.images);
  const start = useAction(async (reservationId: string) => {
    const runs = await hub.plans.start({ id: plan.id, key, reservationId });
    setKey(crypto.randomUUID());
    go(runs.length === 1 && runs[0] !== undefined ? addresses.run(runs[0].id) : addresses.runs);
  });
  const change = useAction(async (conditionIds: string[]) => {
    await hub.plans.save({ id: plan.id, name: plan.name, body: { ...plan.body, conditionIds } });
    onChanged();
  });
  const remove = useAction(async () => {
    await hub.plans.remove({ id: plan.id });
    onChanged();
  });
  const { conditionIds } = plan.body;
  const tick = (id: string, chosen: boolean): void =>
    void change.run(chosen ? [...conditionIds, id] : conditionIds.filter((each) => each !== id));
  const reserve = useAction(async () => {
    const durationMs = HOURS * HOUR_MS;
    const offer = (await hub.directory.offers({ ...plan.body.need, durationMs })).find(({ up, free }) => up && free);
    if (offer === undefined) throw new Error('No lab that is linked has machines like that free now. Look at SUTs for a later time.');
    await hub.reservations.ask({ id: crypto.randomUUID(), harnessId: offer.harnessId, suts: offer.suts, durationMs, purpose: plan.name });
    onChanged();
  });
  const none = `Reserve ${formatAmount(plan.body.need.count, 'machine')} of one lab first.`;
  const problem = start.problem ?? change.problem ?? remove.problem ?? reserve.problem;
  return (
    <li>
      <span className="strong">{plan.name}</span>
      <span className="mid small">{needsOf(plan, here)}</span>
      <span className="grow" />
      <span className="dim small">{plan.person}</span>
      {fitting.length < 2 ? null : (
        <span className="field">
          <select aria-label={`Machines for ${plan.name}`} value={hold?.id} onChange={(event) => setHeld(event.currentTarget.value)}>
            {fitting.map(({ id, suts, harness }) => (
              <option key={id} value={id}>
                {suts.join(', ')} at {harness}
              </option>
            ))}
          </select>
        </span>
      )}
      {hold === undefined ? (
        <Button small busy={reserve.busy} onClick={() => void reserve.run()}>
          Reserve for {HOURS} h
        </Button>
      ) : null}
      <Button
        small
        icon={<Play />}
        busy={start.busy}
        disabledReason={hold === undefined ? none : (problems[0] ?? null)}
        onClick={() => (hold === undefined ? undefined : void start.run(hold.id))}
      >
        {conditionIds.length > 1 ? `Start ${conditionIds.length} runs` : 'Start'}
      </Button>
      {mine ? (
        <ConfirmButton
          small
          variant="quiet"
          title={`Remove ${plan.name}?`}
          harm="Nobody can start it any more. Runs that were started stay."
          verb="Remove it"
          safe="Keep it"
          onConfirm={() => void remove.run()}
        >
          Remove
        </ConfirmButton>
      ) : null}
      {here.conditions.length === 0 ? null : (
        <span className="wide row small" role="group" aria-label={`Conditions of ${plan.name}`}>
          {here.conditions.map(({ id, name }) => (
            <label key={id} className="hub-tick">
              <input
                type="checkbox"
                disabled={!mine || change.busy}
                checked={conditionIds.includes(id)}
                onChange={(event) => tick(id, event.currentTarget.checked)}
              />
              {name}
            </label>
          ))}
        </span>
      )}
      {problem === null ? null : (
        <span className="wide small mark-failed" role="alert">
          {problem.message}
        </span>
      )}
    </li>
  );
}

/** `Fan curve, 2 libraries, Debian 13, 1 machine`. */
function needsOf({ body }: HubPlan, { suites, images }: WhatIsHere): string {
  const libraries = body.libraryIds.length + body.requirements.length;
  return [
    suites.find(({ id }) => id === body.testDataId)?.name ?? 'test data that were removed',
    ...(libraries === 0 ? [] : [formatAmount(libraries, 'library', 'libraries')]),
    ...(body.image === null ? [] : [images.find(({ id }) => id === body.image?.id)?.name ?? 'an image that was removed']),
    [formatAmount(body.need.count, 'machine'), ...body.need.tags].join(' '),
  ].join(', ');
}
