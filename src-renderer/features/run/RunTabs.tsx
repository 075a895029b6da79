import { ChartGantt, Columns2, FileText, ListTree, Server, SquareTerminal } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Run } from '../../../src-shared/model/run.ts';
import { Button } from '../../kit/Button.tsx';
import { Tabs } from '../../kit/Tabs.tsx';
import { useHotkeys } from '../../kit/use-hotkeys.ts';
import { ConsoleTab } from './console/ConsoleTab.tsx';
import type { RecordView } from './model/record-view.ts';
import { MachinesTab } from './machines/MachinesTab.tsx';
import { ReportTab } from './report/ReportTab.tsx';
import { FollowSwitch } from './tree/FollowSwitch.tsx';
import { TreeTab } from './tree/TreeTab.tsx';
import { TimelineTab } from './timeline/TimelineTab.tsx';
import { usePlace, type RunTab } from './use-place.ts';

interface Props {
  readonly run: Run;
  readonly view: RecordView;
}

const TABS = [
  { value: 'tree', label: 'Tree', icon: <ListTree /> },
  { value: 'console', label: 'Console', icon: <SquareTerminal /> },
  { value: 'machines', label: 'Machines', icon: <Server /> },
  { value: 'timeline', label: 'Timeline', icon: <ChartGantt /> },
  { value: 'report', label: 'Report', icon: <FileText /> },
] as const;

/** Machines stand there where the run does something to them. */
const tabsOf = (run: Run): readonly (typeof TABS)[number][] =>
  TABS.filter(({ value }) => {
    if (run.purpose === 'provision' && OF_TESTS.includes(value)) return false;
    return value !== 'machines' || run.provisioning !== null;
  });

/** There is nothing to see of Robot in a run without tests. */
const OF_TESTS: readonly RunTab[] = ['tree', 'console'];

const OTHER: Readonly<Record<RunTab, RunTab>> = { tree: 'console', console: 'tree', machines: 'tree', timeline: 'tree', report: 'tree' };

export function RunTabs({ run, view }: Props): ReactElement {
  const ended = run.state === 'ended';
  const [placed, go] = usePlace(ended);
  const place = run.purpose === 'provision' && OF_TESTS.includes(placed.tab) ? { ...placed, tab: 'machines' as const } : placed;
  const show = (tab: RunTab): void => go({ tab, side: place.side === tab ? OTHER[tab] : place.side });
  useHotkeys(tabsOf(run).map(({ value, label }, index) => ({ keys: String(index + 1), label, run: () => show(value) })));
  return (
    <>
      <Tabs
        label="Views of the run"
        value={place.tab}
        onChange={show}
        tabs={tabsOf(run).map(({ value, label, icon }) => ({
          value,
          label: (
            <>
              {icon}
              {label}
            </>
          ),
        }))}
        aside={
          <>
            {ended ? null : <FollowSwitch view={view} />}
            <Button
              variant="quiet"
              icon={<Columns2 />}
              pressed={place.side !== null}
              onClick={() => go({ side: place.side === null ? OTHER[place.tab] : null })}
            >
              Side by side
            </Button>
          </>
        }
      />
      <div className="run-views">
        <OneView tab={place.tab} beside={place.side} run={run} view={view} />
        {place.side === null ? null : <OneView tab={place.side} beside={place.tab} run={run} view={view} />}
      </div>
    </>
  );
}

function OneView({ tab, beside, run, view }: Props & { readonly tab: RunTab; readonly beside: RunTab | null }): ReactElement {
  return (
    <section className="run-view" aria-label={TABS.find(({ value }) => value === tab)?.label}>
      {tab === 'tree' ? <TreeTab run={run} view={view} /> : null}
      {tab === 'console' ? <ConsoleTab run={run} view={view} slash={beside !== 'tree'} /> : null}
      {tab === 'machines' ? <MachinesTab run={run} /> : null}
      {tab === 'timeline' ? <TimelineTab run={run} view={view} /> : null}
      {tab === 'report' ? <ReportTab run={run} /> : null}
    </section>
  );
}
