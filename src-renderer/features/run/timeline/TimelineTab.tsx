import { useState, type MouseEvent, type ReactElement } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import type { Timeline } from '../../../../src-shared/model/timeline.ts';
import { STATE_WORDS } from '../../../../src-shared/text/words.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatPreciseClock } from '../../../kit/format.ts';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import { useNow } from '../../../kit/use-now.ts';
import type { RecordView } from '../model/record-view.ts';
import {
  barsOf,
  momentsOf,
  nearEnough,
  nextMoment,
  placeOf,
  ranAt,
  reveal,
  spanOf,
  timeAt,
  withoutTwice,
  zoom,
  type Bar,
  type Span,
} from '../model/time-axis.ts';
import { usePlace } from '../use-place.ts';
import { useVersion } from '../use-record.ts';
import { useRevealed } from '../use-revealed.ts';
import { AtMoment } from './AtMoment.tsx';
import { Bars, stretch } from './Bars.tsx';
import { Lane } from './Lane.tsx';
import { MachineLanes } from './MachineLanes.tsx';
import { useRan, type Ran } from './use-ran.ts';
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
  if (data !== null) return <Axis run={run} view={view} timeline={data} turn={turn} />;
  return problem === null ? <LoadingShape /> : <ErrorState problem={problem} onRetry={again} />;
}

function Axis({ run, view, timeline, turn }: Props & { readonly timeline: Timeline; readonly turn: number }): ReactElement {
  useVersion(view);
  const [place, go] = usePlace(run.state === 'ended');
  const whole: Span = { from: timeline.from, to: Math.max(timeline.to, timeline.from + 1000) };
  const near = (item: number | null): Span | null => {
    const known = item === null ? undefined : view.tree.items.get(item);
    return known === undefined ? null : nearEnough(spanOf(known, timeline.to), whole);
  };
  const [zoomed, setZoomed] = useState<Span | null>(() => near(place.item));
  const [mark, setMark] = useState<Mark>({ at: null, item: place.item });
  // What is chosen in the tree, beside this or before it, is where the mark goes; null was chosen by nobody.
  const [followed, setFollowed] = useState(place.item);
  if (followed !== place.item) {
    setFollowed(place.item);
    setMark({ at: null, item: place.item });
    setZoomed(near(place.item) ?? zoomed);
  }
  const span = zoomed ?? whole;
  const ran = useRan(run, span, { turn, until: timeline.to });
  const suites = barsOf(view.tree.items.values(), ['suite'], timeline.to);
  const tests = withoutTwice(barsOf(view.tree.items.values(), ['test'], timeline.to), ran.tests);
  const chosen = useRevealed(view, mark.item);
  const at = mark.at ?? chosen?.startedAt ?? tests.find(({ status }) => status === 'failed')?.to ?? whole.to;
  const show = (when: number, item: number | null = null): void => {
    setMark({ at: when, item });
    if (zoomed !== null) setZoomed(reveal(zoomed, whole, when));
  };
  const choose = (bar: Bar, when: number): void => {
    setFollowed(bar.item);
    go({ item: bar.item });
    show(when, bar.item);
  };
  const step = (by: 1 | -1): void => show(nextMoment(momentsOf(timeline, tests), at, by) ?? at);
  useHotkeys([
    { keys: 'arrowleft', label: 'Event before', run: () => step(-1) },
    { keys: 'arrowright', label: 'Next event', run: () => step(1) },
  ]);
  const click = (event: MouseEvent<HTMLDivElement>): void => {
    if (!(event.target instanceof Element) || event.target.closest('button') !== null) return;
    const lane = event.currentTarget.querySelector('.lane-time')?.getBoundingClientRect();
    if (lane === undefined || event.clientX < lane.left) return;
    setMark({ at: timeAt((event.clientX - lane.left) / lane.width, span), item: null });
  };
  return (
    <div className="timeline">
      <Tools onZoom={(factor) => setZoomed(zoom(span, whole, { around: at, factor }))} onWhole={() => setZoomed(null)} onStep={step} />
      <div className="timeline-body">
        {/* The keys left and right do the same as a click in it. */}
        <div className="lanes" onClick={click} role="presentation">
          <div className="cursor-field" aria-hidden>
            <Cursor place={placeOf(at, span)} />
          </div>
          <Ruler span={span} />
          <Phases run={run} span={span} until={timeline.to} />
          <Bars name="Suites" rows={[suites]} span={span} chosen={mark.item} onBar={(bar) => choose(bar, bar.from)} />
          <Bars
            name="Tests"
            rows={[tests]}
            span={span}
            chosen={mark.item}
            onBar={(bar) => choose(bar, bar.status === 'failed' ? bar.to : bar.from)}
          />
          <Keywords ran={ran} span={span} chosen={mark.item} onBar={(bar) => choose(bar, bar.from)} />
          {timeline.machines.map((machine) => (
            <MachineLanes key={machine.sutId} machine={machine} span={span} at={at} onMoment={show} />
          ))}
          {timeline.machines.length === 0 ? <p className="none dim">Nothing of a machine was kept with this run.</p> : null}
        </div>
        <AtMoment
          run={run}
          timeline={timeline}
          at={at}
          bars={ranAt({ tests, keywords: ran.keywords, chosen: mark.item, at })}
          onTree={(item) => go({ tab: 'tree', item })}
          onMoment={show}
        />
      </div>
    </div>
  );
}

/** The moment that is looked at, and the item it was chosen by. Null: the beginning of the item; no item: just a moment. */
interface Mark {
  readonly at: number | null;
  readonly item: number | null;
}

interface ToolsProps {
  readonly onZoom: (factor: number) => void;
  readonly onWhole: () => void;
  readonly onStep: (by: 1 | -1) => void;
}

function Tools({ onZoom, onWhole, onStep }: ToolsProps): ReactElement {
  return (
    <div className="timeline-tools row tight">
      <Button small onClick={() => onZoom(0.5)}>
        Nearer
      </Button>
      <Button small onClick={() => onZoom(2)}>
        Farther
      </Button>
      <Button small onClick={onWhole}>
        Fit run
      </Button>
      <span className="grow" />
      <Button small variant="quiet" onClick={() => onStep(-1)}>
        Event before
      </Button>
      <Button small variant="quiet" onClick={() => onStep(1)}>
        Next event
      </Button>
    </div>
  );
}

interface KeywordsProps {
  readonly ran: Ran;
  readonly span: Span;
  readonly chosen: number | null;
  readonly onBar: (bar: Bar) => void;
}

function Keywords({ ran: { keywords, cut }, span, chosen, onBar }: KeywordsProps): ReactElement {
  if (keywords.length === 0)
    return (
      <Lane name="Keywords" height={24}>
        <span className="dim small">None is long enough to be seen from here. Come nearer.</span>
      </Lane>
    );
  const shown = keywords.flat().length;
  return (
    <Bars name="Keywords" about={cut ? `the longest ${shown}` : String(shown)} rows={keywords} span={span} chosen={chosen} onBar={onBar} />
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
