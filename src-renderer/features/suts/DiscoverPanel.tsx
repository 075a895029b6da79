import { X } from 'lucide-react';
import { useRef, useState, type FormEvent, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { FoundMachine } from '../../../src-shared/contract/harness/sut-operations.ts';
import { formatAmount, formatCount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { Panel } from '../../kit/Page.tsx';
import { toProblem, type Problem } from '../../kit/problem.ts';
import { EmptyState, ErrorState } from '../../kit/States.tsx';
import { prefillNew } from './form/draft-store.ts';
import { TextField } from './form/TextField.tsx';
import { emptyDraft } from './model/draft.ts';
import { emptyEndpoint } from './model/endpoint-draft.ts';

interface Props {
  readonly at: (address: string) => string;
  readonly onClose: () => void;
}

interface Search {
  readonly found: readonly FoundMachine[];
  readonly done: number;
  readonly total: number;
  readonly state: 'asking' | 'done' | 'stopped';
}

/** Searches the lab's network for BMCs and offers what answered. Nothing is logged in to and nothing is changed. */
export function DiscoverPanel({ at, onClose }: Props): ReactElement {
  const [ranges, setRanges] = useState('');
  const [rate, setRate] = useState('200');
  const [ports, setPorts] = useState({ ipmi: '623', redfish: '443' });
  const [search, setSearch] = useState<Search | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const leaving = useRef<AbortController | null>(null);
  const begin = async (): Promise<void> => {
    const controller = new AbortController();
    leaving.current = controller;
    setProblem(null);
    setSearch({ found: [], done: 0, total: 0, state: 'asking' });
    try {
      const asked = { ipmiPort: portOf(ports.ipmi), redfishPort: portOf(ports.redfish), perSecond: Number(rate) };
      const request = { ranges: ranges.split(/[\s,;]+/u).filter((range) => range !== ''), ...asked };
      for await (const event of await client.suts.discover(request, { signal: controller.signal }))
        setSearch((before) => stepped(before, event));
    } catch (error) {
      if (!controller.signal.aborted) setProblem(toProblem(error));
      setSearch((before) => before && { ...before, state: 'stopped' });
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void begin();
  };
  const asking = search?.state === 'asking';
  return (
    <Panel label="Discover machines">
      <div className="sut-head">
        <h2 className="panel-title grow">Discover machines</h2>
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      <form className="discover-form" onSubmit={submit}>
        <TextField
          label="Addresses"
          value={ranges}
          placeholder="10.20.4.0/24 10.20.5.10-40"
          about="Only these are asked, each once, for IPMI and Redfish."
          onChange={setRanges}
          autoFocus
        />
        <div className="discover-pace">
          <TextField label="Addresses a second" value={rate} onChange={setRate} />
          <TextField label="IPMI port" value={ports.ipmi} placeholder="not asked" onChange={(ipmi) => setPorts({ ...ports, ipmi })} />
          <TextField
            label="Redfish port"
            value={ports.redfish}
            placeholder="not asked"
            onChange={(redfish) => setPorts({ ...ports, redfish })}
          />
        </div>
        <div className="row">
          {asking ? (
            <Button onClick={() => leaving.current?.abort()}>Stop searching</Button>
          ) : (
            <Button variant="primary" submits disabledReason={ranges.trim() === '' ? 'Name the addresses first.' : null}>
              Search
            </Button>
          )}
          <span className="small mid figures" role="status">
            {search === null ? '' : progressOf(search)}
          </span>
        </div>
        {problem === null ? null : <ErrorState problem={problem} />}
      </form>
      <div className="scroll grow">
        {search !== null && search.state !== 'asking' && search.found.length === 0 && problem === null ? (
          <EmptyState title="No BMC answered" why="Check the range, and whether this computer reaches the management network." />
        ) : null}
        <Found machines={search?.found ?? []} at={at} />
      </div>
    </Panel>
  );
}

/** Empty: not asked. */
const portOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

type Told = Awaited<ReturnType<typeof client.suts.discover>> extends AsyncIterable<infer Event> ? Event : never;

function stepped(before: Search | null, event: Told): Search | null {
  if (before === null) return null;
  switch (event.type) {
    case 'found':
      return { ...before, found: [...before.found, event.machine] };
    case 'progress':
      return { ...before, done: event.done, total: event.total };
    case 'done':
      return { ...before, done: event.total, total: event.total, state: 'done' };
  }
}

function progressOf({ done, total, found, state }: Search): string {
  const words = `${formatCount(done)} of ${formatCount(total)} asked, ${formatCount(found.length)} found`;
  return state === 'stopped' ? `Stopped at ${words}` : words;
}

function Found({ machines, at }: { readonly machines: readonly FoundMachine[]; readonly at: (address: string) => string }): ReactElement {
  const [, go] = useLocation();
  const add = (machine: FoundMachine): void => {
    prefillNew({ ...emptyDraft(), name: machine.address, fields: [], endpoints: endpointsOf(machine) });
    go(at(addresses.newSut));
  };
  return (
    <ul className="found-list" aria-label={formatAmount(machines.length, 'machine')}>
      {machines.map((machine) => (
        <li key={`${machine.address}${machine.ipmiPort ?? ''}`}>
          <span className="mono">{machine.address}</span>
          <span className="dim small ellipsis grow">
            {[
              machine.ipmiPort === null ? '' : 'IPMI',
              machine.redfish === null ? '' : `Redfish ${machine.redfish.version}`,
              machine.redfish?.product ?? '',
            ]
              .filter((part) => part !== '')
              .join(', ')}
          </span>
          {machine.sutName === null ? (
            <Button small onClick={() => add(machine)}>
              Add
            </Button>
          ) : (
            <span className="dim small">{machine.sutName}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The certificate that was shown is pinned: who adds the machine sees it in the form. */
function endpointsOf({ address, ipmiPort, redfish }: FoundMachine) {
  const ipmi = ipmiPort === null ? [] : [{ ...emptyEndpoint('found-ipmi'), address, port: String(ipmiPort) }];
  if (redfish === null) return ipmi;
  return [
    { ...emptyEndpoint('found-redfish'), provider: 'redfish' as const, address: redfish.url, pin: redfish.fingerprint ?? '' },
    ...ipmi,
  ];
}
