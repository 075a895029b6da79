import { useState, type ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import type { HubSut } from '../../../src-shared/model/hub-directory.ts';
import { hub } from '../../bridge/hub-client.ts';
import { Button } from '../../kit/Button.tsx';
import { DenseTable } from '../../kit/DenseTable.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useFresh } from '../use-fresh.ts';
import { machineColumns } from './machine-columns.tsx';
import { NeedForm } from './NeedForm.tsx';
import { ReserveForm } from './ReserveForm.tsx';

const MOST = 1000;
const keyOf = (sut: HubSut): string => `${sut.harnessId} ${sut.id}`;

/** All machines of all labs; the search is in the address. */
export function Machines(): ReactElement {
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('q') ?? '';
  const [chosen, setChosen] = useState<HubSut | null>(null);
  const [byNeed, setByNeed] = useState(false);
  const found = useFresh(() => hub.directory.list({ search, limit: MOST }), [search]);
  const onSearch = (text: string): void => setParameters(text === '' ? {} : { q: text }, { replace: true });
  const rows = found.data?.rows ?? [];
  return (
    <>
      <PageHead title="SUTs" about={found.data === null ? undefined : `${found.data.all} in all labs`}>
        <Button small pressed={byNeed} onClick={() => setByNeed(!byNeed)}>
          By need
        </Button>
        <SearchField value={search} onChange={onSearch} placeholder="Name, lab, tag, field" slash />
      </PageHead>
      {byNeed ? <NeedForm onAsked={found.again} /> : null}
      {found.problem === null ? null : <ErrorState problem={found.problem} onRetry={found.again} />}
      {found.data === null && found.problem === null ? <LoadingShape /> : null}
      {found.data?.all === 0 ? (
        <EmptyState
          title={search === '' ? 'No lab shares a machine' : 'No machine fits'}
          why={search === '' ? 'A lab shares machines on its own Hub page.' : `Nothing has “${search}” in its name, lab, tags or fields.`}
        />
      ) : (
        <DenseTable
          label="Machines"
          columns={machineColumns}
          rows={rows}
          keyOf={keyOf}
          selected={chosen === null ? null : keyOf(chosen)}
          onSelect={setChosen}
          ruled
        />
      )}
      {chosen === null ? null : (
        <ReserveForm key={keyOf(chosen)} sut={chosen} onAsked={() => (found.again(), setChosen(null))} onClose={() => setChosen(null)} />
      )}
    </>
  );
}
