import { useState, type MouseEvent, type ReactElement } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import type { Timeline } from '../../../../src-shared/model/timeline.ts';
import { STATE_WORDS } from '../../../../src-shared/text/words.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatPreciseClock } from '../../../kit/format.ts';
import { markOfItem } from '../../../kit/marks.ts';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import { useNow } from '../../../kit/use-now.ts';
import type { RecordView } from '../model/record-view.ts';
import { barAt, barsOf, momentsOf, nextMoment, placeOf, reveal, timeAt, zoom, type Bar, type Span } from '../model/time-axis.ts';
import { usePlace } from '../use-place.ts';
import { useVersion } from '../use-record.ts';
import { AtMoment } from './AtMoment.tsx';
import { Lane } from './Lane.tsx';
import { MachineLanes } from './MachineLanes.tsx';
import './timeline.css';

interface Props {
  readonly run: Run;
  readonly view: RecordView;
}

/** While a run goes on it is asked again so often, ms. */
const AGAIN = 5000;

/** Tests, consoles, deeds, event logs and readings on one axis of time. */
export function TimelineTab({ run, view }: Props): ReactElement {
  const now = useNow('second');
  const turn = run.state === 'ended' ? 0 : Math.floor(now / AGAIN);
  const { data, problem, again } = useCall(() => client.timeline.read({ id: run.id }), [run.id, run.state, turn]);
  if (run.startedAt === null) return <EmptyState title="The run has not begun" />;
  if (data !== null) return <Axis run={run} view={view} timeline={data} />;
  return problem === null ? <LoadingShape /> : <ErrorState problem={problem} onRetry={again} />;
}

function Axis({ run, view, timeline }: Props & { readonly timeline: Timeline }): ReactElement {
  useVersion(view);
  const [, go] = usePlace(run.state === 'ended');
  const whole: Span = { from: timeline.from, to: Math.max(timeline.to, timeline.from + 1000) };
  const [zoomed, setZoomed] = useState<Span | null>(null);
  const [moment, setMoment] = useState<number | null>(null);
  const span = zoomed ?? whole;
  const bars = barsOf(view.tree.items.values(), ['test'], timeline.to);
  const suites = barsOf(view.tree.items.values(), ['suite'], timeline.to);
  const at = moment ?? bars.find(({ status }) => status === 'failed')?.to ?? whole.to;
  const show = (when: number): void => {
    setMoment(when);
    if (zoomed !== null) setZoomed(reveal(zoomed, whole, when));
  };
  const step = (by: 1 | -1): void => show(nextMoment(momentsOf(timeline, bars), at, by) ?? at);
  useHotkeys([
    { keys: 'arrowleft', label: 'Event before', run: () => step(-1) },
    { keys: 'arrowright', label: 'Next event', run: () => step(1) },
  ]);
  const click = (event: MouseEvent<HTMLDivElement>): void => {
    if (!(event.target instanceof Element) || event.target.closest('button') !== null) return;
    const lane = event.currentTarget.querySelector('.lane-time')?.getBoundingClientRect();
    if (lane === undefined || event.clientX < lane.left) return;
    setMoment(timeAt((event.clientX - lane.left) / lane.width, span));
  };
  return (
    <div className="timeline">
      <div className="timeline-tools row tight">
        <Button small onClick={() => setZoomed(zoom(span, whole, { around: at, factor: 0.5 }))}>
          Nearer
        </Button>
        <Button small onClick={() => setZoomed(zoom(span, whole, { around: at, factor: 2 }))}>
          Farther
        </Button>
        <Button small onClick={() => setZoomed(null)}>
          Fit run
        </Button>
        <span className="grow" />
        <Button small variant="quiet" onClick={() => step(-1)}>
          Event before
        </Button>
        <Button small variant="quiet" onClick={() => step(1)}>
          Next event
        </Button>
      </div>
      <div className="timeline-body">
        {/* The keys left and right do the same as a click in it. */}
        <div className="lanes" onClick={click} role="presentation">
          <div className="cursor-field" aria-hidden>
            <Cursor place={placeOf(at, span)} />
          </div>
          <Ruler span={span} />
          <Phases run={run} span={span} until={timeline.to} />
          <Bars name="Suites" bars={suites} span={span} onBar={(bar) => show(bar.from)} />
          <Bars name="Tests" bars={bars} span={span} onBar={(bar) => show(bar.status === 'failed' ? bar.to : bar.from)} />
          {timeline.machines.map((machine) => (
            <MachineLanes key={machine.sutId} machine={machine} span={span} at={at} onMoment={show} />
          ))}
          {timeline.machines.length === 0 ? <p className="none dim">Nothing of a machine was kept with this run.</p> : null}
        </div>
        <AtMoment run={run} timeline={timeline} at={at} bar={barAt(bars, at)} onTree={(item) => go({ tab: 'tree', item })} />
      </div>
    </div>
  );
}

const TICKS = [0, 0.25, 0.5, 0.75];

/** Through all lanes. */
function Cursor({ place }: { readonly place: number }): ReactElement | null {
  return place < 0 || place > 100 ? null : <i className="cursor" style={{ left: `${place}%` }} />;
}

function Ruler({ span }: { readonly span: Span }): ReactElement {
  return (
    <Lane name="" height={24}>
      {TICKS.map((share) => (
        <span key={share} className="tick dim small figures" style={{ left: `${share * 100}%` }}>
          {formatPreciseClock(timeAt(share, span))}
        </span>
      ))}
    </Lane>
  );
}

function Phases({ run, span, until }: { readonly run: Run; readonly span: Span; readonly until: number }): ReactElement {
  return (
    <Lane name="Phases" height={24}>
      {run.phases
        .filter(({ outcome, endedAt }) => outcome !== 'skipped' && (endedAt ?? until) >= span.from)
        .map(({ state, startedAt, endedAt }) => (
          <span
            key={state}
            className="lane-phase small"
            style={stretch({ from: startedAt, to: endedAt ?? until }, span)}
            title={STATE_WORDS[state]}
          >
            {STATE_WORDS[state]}
          </span>
        ))}
    </Lane>
  );
}

interface BarsProps {
  readonly name: string;
  readonly bars: readonly Bar[];
  readonly span: Span;
  readonly onBar: (bar: Bar) => void;
}

/** More than these would be drawn over each other. */
const MOST_BARS = 400;

function Bars({ name, bars, span, onBar }: BarsProps): ReactElement {
  const shown = bars.filter(({ from, to }) => to >= span.from && from <= span.to).slice(0, MOST_BARS);
  return (
    <Lane name={name} about={String(bars.length)} height={28}>
      {shown.map((bar) => (
        <button
          key={bar.item}
          type="button"
          className={`lane-bar small ${markOfItem(bar.status)}`}
          style={stretch(bar, span)}
          title={bar.name}
          onClick={() => onBar(bar)}
        >
          {bar.name}
        </button>
      ))}
    </Lane>
  );
}

function stretch({ from, to }: Span, span: Span): { left: string; width: string } {
  const left = Math.max(0, placeOf(from, span));
  return { left: `${left}%`, width: `${Math.max(0.3, Math.min(100, placeOf(to, span)) - left)}%` };
}
