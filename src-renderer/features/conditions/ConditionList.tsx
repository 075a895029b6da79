import { FileInput, Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { TestCondition } from '../../../src-shared/model/condition.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { AreaLinks, TEST_DATA_AREAS } from '../../kit/AreaLinks.tsx';
import { Button } from '../../kit/Button.tsx';
import { DenseTable, type Column } from '../../kit/DenseTable.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { EmptyState, LoadingShape } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { ImportYaml } from './yaml/ImportYaml.tsx';

interface Props {
  readonly known: boolean;
  readonly list: readonly TestCondition[];
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
}

interface Line {
  readonly condition: TestCondition;
  readonly parent: string | null;
}

const COLUMNS: readonly Column<Line>[] = [
  {
    id: 'state',
    title: '',
    width: '34px',
    render: ({ condition }) => (condition.problem === null ? null : <VerdictIcon mark="error" />),
    hint: ({ condition }) => condition.problem ?? undefined,
  },
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(140px, 1fr)',
    render: ({ condition }) => <span className="strong">{condition.name}</span>,
    hint: ({ condition }) => [condition.name, condition.doc].filter((part) => part !== '').join('\n'),
  },
  { id: 'parent', title: 'Inherits from', width: 'minmax(96px, 0.6fr)', render: ({ parent }) => <span className="dim">{parent}</span> },
  { id: 'own', title: 'Own', width: '52px', align: 'right', render: ({ condition }) => formatCount(condition.variables.length) },
  {
    id: 'all',
    title: 'In all',
    width: '60px',
    align: 'right',
    render: ({ condition }) => <span className="dim">{condition.problem === null ? formatCount(condition.effective.length) : '–'}</span>,
  },
  { id: 'changed', title: 'Changed', width: '96px', render: ({ condition }) => <When at={condition.changedAt} /> },
  { id: 'by', title: 'By', width: '84px', render: ({ condition }) => <span className="dim">{condition.changedBy}</span> },
];

/** Every condition, found by its name and by its variables. */
export function ConditionList({ known, list, selected, onOpen }: Props): ReactElement {
  const [find, setFind] = useState('');
  const [importing, setImporting] = useState(false);
  const wanted = find.trim().toLowerCase();
  const byId = new Map(list.map((each) => [each.id, each.name]));
  const rows = list
    .filter(({ name, effective }) =>
      [name, ...effective.map(({ variable }) => variable.name)].some((text) => text.toLowerCase().includes(wanted)),
    )
    .map((condition): Line => ({ condition, parent: condition.parentId === null ? null : (byId.get(condition.parentId) ?? 'gone') }));
  return (
    <>
      <PageHead
        title="Conditions"
        about={known ? formatCount(list.length) : undefined}
        actions={
          <>
            <Button icon={<FileInput />} expanded={importing} onClick={() => setImporting(!importing)}>
              Import YAML
            </Button>
            <Button variant={selected === null ? 'primary' : 'outline'} icon={<Plus />} href={addresses.condition('new')}>
              New condition
            </Button>
          </>
        }
      >
        <AreaLinks label="Test data" areas={TEST_DATA_AREAS} here={addresses.conditions} />
      </PageHead>
      {importing ? <ImportYaml onDone={() => setImporting(false)} onImported={onOpen} /> : null}
      {list.length === 0 ? null : (
        <div className="filter-line">
          <SearchField slash value={find} onChange={setFind} placeholder="Name, variable" />
        </div>
      )}
      {!known ? (
        <LoadingShape />
      ) : rows.length === 0 ? (
        <div className="page-body">
          {list.length === 0 ? (
            <Nothing />
          ) : (
            <EmptyState title={`No condition has “${find}”`} why="Neither in its name nor in a variable." />
          )}
        </div>
      ) : (
        <DenseTable
          ruled
          label="Conditions"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ condition }) => condition.id}
          selected={selected}
          onSelect={({ condition }) => onOpen(condition.id)}
        />
      )}
    </>
  );
}

function Nothing(): ReactElement {
  return (
    <EmptyState
      title="No conditions yet"
      why="A condition is a named set of variables with types: the same cases run under each, side by side in a matrix."
      actions={
        <Button small href={addresses.condition('new')}>
          New condition
        </Button>
      }
    />
  );
}
