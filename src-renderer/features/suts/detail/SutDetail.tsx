import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { Button } from '../../../kit/Button.tsx';
import { FetchedFiles } from '../../../kit/FetchedFiles.tsx';
import { formatPerson } from '../../../kit/format.ts';
import { Chip, Facts, Panel } from '../../../kit/Page.tsx';
import { EmptyState, LoadingShape } from '../../../kit/States.tsx';
import { Tabs } from '../../../kit/Tabs.tsx';
import { When } from '../../../kit/Times.tsx';
import { useServed } from '../../../state/images.ts';
import { useSuts } from '../../../state/suts.ts';
import { useMe } from '../../../state/system.ts';
import { SutForm } from '../form/SutForm.tsx';
import { Holder } from '../Holder.tsx';
import { InUse } from '../InUse.tsx';
import { HealthCell, PowerCell } from '../cells/MachineCells.tsx';
import { ConsoleTab } from '../console/ConsoleTab.tsx';
import { whyHealth } from '../model/machine.ts';
import { SensorsTab } from '../sensors/SensorsTab.tsx';
import { EventLogTab } from './EventLogTab.tsx';
import { Family } from './Family.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { InstalledOn } from './InstalledOn.tsx';
import { Information } from './Information.tsx';
import { InventoryTab } from './InventoryTab.tsx';
import { SutActions } from './SutActions.tsx';
import { VerifiedCard } from './VerifiedCard.tsx';

interface Props {
  readonly id: string;
  readonly onClose: () => void;
}

/** One machine; `?edit` shows it as a form. */
export function SutDetail({ id, onClose }: Props): ReactElement {
  const known = useSuts((state) => state.known);
  const sut = useSuts((state) => state.byId.get(id));
  const [search, setSearch] = useSearchParams();
  const setEditing = (on: boolean): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (on) next.set('edit', '1');
      else next.delete('edit');
      return next;
    });
  if (sut === undefined) return <Unknown known={known} onClose={onClose} />;
  return (
    <Panel label={sut.name}>
      <div className="sut-head">
        <h2 className="panel-title ellipsis" title={sut.name}>
          {sut.name}
        </h2>
        <span className="dim small ellipsis grow">{kindOf(sut)}</span>
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      {search.has('edit') ? (
        <SutForm sut={sut} onSaved={() => setEditing(false)} onLeave={() => setEditing(false)} />
      ) : (
        <Body sut={sut} onEdit={() => setEditing(true)} onClose={onClose} />
      )}
    </Panel>
  );
}

const TABS = [
  { value: 'overview', label: 'Overview' },
  { value: 'sensors', label: 'Sensors' },
  { value: 'log', label: 'Event log' },
  { value: 'inventory', label: 'Inventory' },
  { value: 'console', label: 'Console' },
  { value: 'history', label: 'History' },
] as const;
type Tab = (typeof TABS)[number]['value'];

interface BodyProps {
  readonly sut: Sut;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

/** Deeds on top, then one view of the machine; which one is in the address. */
function Body({ sut, onEdit, onClose }: BodyProps): ReactElement {
  const [search, setSearch] = useSearchParams();
  const reached = sut.endpoints.length > 0;
  const tab = (reached && TABS.find(({ value }) => value === search.get('tab'))?.value) || 'overview';
  const show = (value: Tab): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.set('tab', value);
        return next;
      },
      { replace: true },
    );
  return (
    <>
      <SutActions sut={sut} onEdit={onEdit} onRemoved={onClose} />
      {reached ? (
        <div className="sut-tabs">
          <Tabs label={`Views of ${sut.name}`} value={tab} tabs={TABS} onChange={show} />
        </div>
      ) : null}
      {tab === 'console' ? (
        <ConsoleTab sut={sut} />
      ) : (
        <div className="scroll grow sut-view">
          {tab === 'overview' ? <Shown sut={sut} /> : null}
          {tab === 'sensors' ? <SensorsTab sut={sut} /> : null}
          {tab === 'log' ? <EventLogTab sut={sut} /> : null}
          {tab === 'inventory' ? <InventoryTab sut={sut} /> : null}
          {tab === 'history' ? <HistoryTab sut={sut} /> : null}
        </div>
      )}
    </>
  );
}

function kindOf({ role, identity }: Sut): string {
  const model = [identity?.manufacturer, identity?.model].filter((part) => part !== null && part !== undefined).join(' ');
  return model === '' ? (role === 'sut' ? 'Machine under test' : 'Test environment') : model;
}

function Shown({ sut }: { readonly sut: Sut }): ReactElement {
  const me = useMe();
  const fetching = useServed().list.filter(({ sutId }) => sutId === sut.id);
  return (
    <>
      <div className="sut-facts">
        <Facts
          facts={[
            ...(sut.role === 'sut' ? [] : ([['Role', 'Test environment: never held, powered or provisioned by a run']] as const)),
            ['Held by', <Holder sut={sut} />],
            ['In use by', sut.inUse === null ? <span className="dim">no run</span> : <InUse inUse={sut.inUse} />],
            ...(sut.role === 'sut' && sut.endpoints.length > 0 ? ([['Installed', <InstalledOn sut={sut} />]] as const) : []),
            ...(fetching.length === 0 ? [] : ([['Fetches', <FetchedFiles files={fetching} />]] as const)),
            ['Maintained by', formatPerson(sut.maintainedBy, me)],
            ['Tags', sut.tags.length === 0 ? <span className="dim">none</span> : <TagChips tags={sut.tags} />],
            ...machineFacts(sut),
            ['Added', <When at={sut.createdAt} />],
            ['Changed', <When at={sut.changedAt} />],
          ]}
        />
      </div>
      <Family sut={sut} />
      <VerifiedCard sut={sut} />
      <Information sut={sut} />
    </>
  );
}

function machineFacts(sut: Sut): [string, ReactElement | string][] {
  const { identity, endpoints } = sut;
  const why = whyHealth(sut);
  return [
    ...(endpoints.length === 0 ? [] : [['Power', <PowerCell sut={sut} />] as [string, ReactElement]]),
    ...(endpoints.length === 0 ? [] : [['Health', <HealthCell sut={sut} />] as [string, ReactElement]]),
    ...(why === null ? [] : [['Why', why] as [string, string]]),
    ...(identity?.serial ? [['Serial', identity.serial] as [string, string]] : []),
    ...(identity?.uuid ? [['UUID', <span className="mono">{identity.uuid}</span>] as [string, ReactElement]] : []),
    ...(identity?.bmcVersion ? [['BMC firmware', identity.bmcVersion] as [string, string]] : []),
  ];
}

function TagChips({ tags }: { readonly tags: readonly string[] }): ReactElement {
  return (
    <span className="row tight wrap">
      {tags.map((tag) => (
        <Chip key={tag} tag>
          {tag}
        </Chip>
      ))}
    </span>
  );
}

function Unknown({ known, onClose }: { readonly known: boolean; readonly onClose: () => void }): ReactElement {
  if (!known) return <LoadingShape />;
  return (
    <div className="sut-gone">
      <EmptyState
        title="This machine does not exist"
        why="It was removed, or the address is wrong. Runs of the past keep its name."
        actions={
          <Button small onClick={onClose}>
            Close
          </Button>
        }
      />
    </div>
  );
}
