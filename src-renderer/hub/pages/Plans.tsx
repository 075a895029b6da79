import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../kit/Button.tsx';
import { PageHead, SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useWhatIsHere } from '../use-what-is-here.ts';
import { Conditions } from './Conditions.tsx';
import { PlanLine } from './PlanLine.tsx';

/** What is started again and again, and the conditions that it is started with. */
export function Plans(): ReactElement {
  const { here, problem, again } = useWhatIsHere();
  return (
    <>
      <PageHead
        title="Plans"
        about={here?.plans.length}
        actions={
          <Button icon={<Plus />} href="/runs/new">
            New plan
          </Button>
        }
      />
      <div className="hub-main">
        {problem === null ? null : <ErrorState problem={problem} onRetry={again} />}
        {here === null && problem === null ? <LoadingShape /> : null}
        {here?.plans.length === 0 ? (
          <EmptyState title="No plans yet" why="Put a run together and save it as a plan: from then on it starts with one press." />
        ) : null}
        <ul className="hub-lines" aria-label="Plans">
          {here?.plans.map((plan) => (
            <PlanLine key={`${plan.id} ${plan.changedAt}`} plan={plan} here={here} onChanged={again} />
          ))}
        </ul>
        {here === null ? null : (
          <>
            <SectionHead title="Conditions" count={here.conditions.length} about="variables that runs are given" ruled />
            <Conditions conditions={here.conditions} onChanged={again} />
          </>
        )}
      </div>
    </>
  );
}
