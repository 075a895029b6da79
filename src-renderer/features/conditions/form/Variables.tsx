import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import type { EffectiveVariable, TestCondition } from '../../../../src-shared/model/condition.ts';
import { Button } from '../../../kit/Button.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { inheritedFor, rowOf, textOf, TYPE_WORDS, type Draft, type Row } from '../model/draft.ts';
import { VariableRow } from './VariableRow.tsx';

interface Props {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly wrong: ReadonlyMap<string, string>;
  readonly parent: TestCondition | undefined;
}

/** What is inherited stands dim with its origin; own variables below it, each a row. */
export function Variables({ draft, change, wrong, parent }: Props): ReactElement {
  const inherited = inheritedFor(draft, parent);
  const add = (row: Row): void => change({ rows: [...draft.rows, row] });
  const edit = (key: string, part: Partial<Row>): void =>
    change({ rows: draft.rows.map((row) => (row.key === key ? { ...row, ...part } : row)) });
  return (
    <section aria-label="Variables">
      <SectionHead
        title="Variables"
        count={draft.rows.length}
        about={inherited.length === 0 ? undefined : `and ${inherited.length} inherited`}
        ruled
        actions={
          <Button small icon={<Plus />} onClick={() => add({ key: crypto.randomUUID(), name: '', type: 'str', text: '', stored: null })}>
            Add variable
          </Button>
        }
      />
      <div className="variables" role="table" aria-label="Variables of this condition">
        <div className="variable-line head tiny dim" role="row">
          <span role="columnheader">Name</span>
          <span role="columnheader">Type</span>
          <span role="columnheader">Value</span>
        </div>
        {inherited.map((each) => (
          <Inherited
            key={each.variable.name}
            of={each}
            onOverride={() =>
              add(rowOf(each.variable.type === 'secret' ? { ...each.variable, value: null } : each.variable, crypto.randomUUID()))
            }
          />
        ))}
        {draft.rows.map((row) => (
          <VariableRow
            key={row.key}
            row={row}
            wrong={wrong.get(row.key)}
            onChange={(part) => edit(row.key, part)}
            onRemove={() => change({ rows: draft.rows.filter(({ key }) => key !== row.key) })}
          />
        ))}
      </div>
      {draft.rows.length + inherited.length === 0 ? (
        <p className="dim small variables-none">
          None yet. A run under this condition gets them as Robot variables of exactly these types.
        </p>
      ) : null}
    </section>
  );
}

function Inherited({
  of: { variable, from },
  onOverride,
}: {
  readonly of: EffectiveVariable;
  readonly onOverride: () => void;
}): ReactElement {
  return (
    <div className="variable-line inherited dim" role="row">
      <span role="cell" className="mono ellipsis" title={variable.name}>
        {variable.name}
      </span>
      <span role="cell">{TYPE_WORDS[variable.type]}</span>
      <span role="cell" className="row">
        <span className="mono ellipsis grow" title={textOf(variable)}>
          {textOf(variable)}
        </span>
        <span className="small nowrap">from {from.name}</span>
        <Button small variant="quiet" onClick={onOverride}>
          Override
        </Button>
      </span>
    </div>
  );
}
