import { NumberInput, Select, Textarea } from '@mantine/core';
import type { ReactElement } from 'react';
import type { PlanOrder } from '../../../../src-shared/model/plan.ts';
import { PlanRow } from '../plan/PlanRow.tsx';
import type { FieldsProps } from './PlanFields.tsx';

const CHOICES: readonly { readonly value: PlanOrder['by']; readonly label: string }[] = [
  { value: 'data', label: 'As in the test data' },
  { value: 'random', label: 'Random' },
  { value: 'listed', label: 'Listed first, the rest after' },
];

/** In which order the cases run. */
export function OrderRow({ draft: { order }, change }: FieldsProps): ReactElement {
  const choose = (by: string | null): void => {
    if (by === 'data') change({ order: { by } });
    if (by === 'random') change({ order: { by, seed: null } });
    if (by === 'listed') change({ order: { by, tests: [] } });
  };
  return (
    <PlanRow label="Order">
      <Select aria-label="Order of the cases" data={[...CHOICES]} value={order.by} allowDeselect={false} onChange={choose} />
      {order.by === 'random' ? (
        <NumberInput
          aria-label="Seed"
          placeholder="Seed: drawn anew for each run"
          value={order.seed ?? ''}
          min={0}
          allowDecimal={false}
          onChange={(value) => change({ order: { by: 'random', seed: value === '' ? null : Number(value) } })}
        />
      ) : null}
      {order.by === 'listed' ? (
        <Textarea
          aria-label="Cases in order, one a line"
          placeholder={'Suite.Case, one a line'}
          defaultValue={order.tests.join('\n')}
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          onChange={(event) => change({ order: { by: 'listed', tests: linesOf(event.currentTarget.value) } })}
        />
      ) : null}
    </PlanRow>
  );
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
