import { Play } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { hub } from '../../bridge/hub-client.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { PlainTable } from '../../kit/PlainTable.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useFresh } from '../use-fresh.ts';
import { runColumns } from './run-columns.tsx';

const CHOICES = [
  { value: 'all', label: "Everybody's" },
  { value: 'mine', label: 'Mine' },
  { value: 'active', label: 'Going on' },
] as const;

/** What runs and what came out, at all labs. */
export function Runs(): ReactElement {
  const [, go] = useLocation();
  const [text, setText] = useState('');
  const [choice, setChoice] = useState<(typeof CHOICES)[number]['value']>('all');
  const found = useFresh(() => hub.runs.list({ text, mine: choice === 'mine', active: choice === 'active' }), [text, choice]);
  return (
    <>
      <PageHead title="Runs" about={found.data?.length}>
        <SearchField placeholder="Name, machine, lab, person" value={text} onChange={setText} />
        <Segments label="Which" segments={CHOICES} value={choice} onChange={setChoice} />
        <Button variant="primary" icon={<Play />} href="/runs/new">
          New run
        </Button>
      </PageHead>
      <div className="hub-main">
        {found.problem === null ? null : <ErrorState problem={found.problem} onRetry={found.again} />}
        {found.data === null && found.problem === null ? <LoadingShape /> : null}
        {found.data?.length === 0 ? <EmptyState title="No run" why="A run needs test data, and a machine that you hold." /> : null}
        {found.data === null || found.data.length === 0 ? null : (
          <PlainTable
            label="Runs"
            columns={runColumns}
            rows={found.data}
            keyOf={({ id }) => id}
            onOpen={({ id }) => go(addresses.run(id))}
          />
        )}
      </div>
    </>
  );
}
