import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation, useParams } from 'wouter';
import { addresses } from '../../kit/addresses.ts';
import { DetailSplit } from '../../kit/DetailSplit.tsx';
import { EmptyState, LoadingShape } from '../../kit/States.tsx';
import { Button } from '../../kit/Button.tsx';
import { useVerbs } from '../../kit/use-verbs.ts';
import { useConditions } from '../../state/conditions.ts';
import { useCrumbs } from '../../state/page.ts';
import './conditions.css';
import { ConditionForm } from './form/ConditionForm.tsx';
import { ConditionList } from './ConditionList.tsx';

export default function ConditionsPage(): ReactElement {
  const { id = null } = useParams<{ id?: string }>();
  const [, go] = useLocation();
  const { known, list } = useConditions();
  const condition = list.find((each) => each.id === id);
  const here = id === 'new' ? 'New condition' : (condition?.name ?? null);
  useCrumbs([
    { label: 'Test data', href: addresses.testData },
    { label: 'Conditions', href: addresses.conditions },
    ...(here === null ? [] : [{ label: here }]),
  ]);
  useVerbs('Conditions', [
    { id: 'conditions.add', label: 'New condition', keys: 'c', icon: <Plus />, run: () => go(addresses.condition('new')) },
  ]);
  const close = (): void => go(addresses.conditions);
  const detail =
    id === null ? null : id === 'new' ? (
      <ConditionForm key="new" condition={null} list={list} onClose={close} onSaved={(saved) => go(addresses.condition(saved))} />
    ) : condition === undefined ? (
      <Unknown known={known} onClose={close} />
    ) : (
      <ConditionForm key={id} condition={condition} list={list} onClose={close} onSaved={() => undefined} />
    );
  return (
    <DetailSplit
      name="conditions"
      list={<ConditionList known={known} list={list} selected={id} onOpen={(next) => go(addresses.condition(next))} />}
      detail={detail}
      detailLabel={here ?? 'Condition'}
      usual={560}
      onClose={close}
    />
  );
}

function Unknown({ known, onClose }: { readonly known: boolean; readonly onClose: () => void }): ReactElement {
  if (!known) return <LoadingShape />;
  return (
    <div className="detail-note">
      <EmptyState
        title="This condition does not exist"
        why="It was removed, or the address is wrong. Runs keep the variables they were started with."
        actions={
          <Button small onClick={onClose}>
            Close
          </Button>
        }
      />
    </div>
  );
}
