import { useCallback, useMemo, useState, type ReactElement } from 'react';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { EmptyState, LoadingShape } from '../../../kit/States.tsx';
import { useFixedRows } from '../../../kit/use-fixed-rows.ts';
import { useHarnessNow, useReservations } from '../../../state/reservations.ts';
import { useSuts } from '../../../state/suts.ts';
import { useMe } from '../../../state/system.ts';
import { blocksOf, type Block } from '../model/blocks.ts';
import { boardSuts } from '../model/board-suts.ts';
import { placeDraft, type Draft } from '../model/place.ts';
import { isGroup, linesOf, type Grouping } from '../model/lines.ts';
import type { Scale } from '../model/scale.ts';
import { Axis } from './Axis.tsx';
import { ClockDoubt } from './ClockDoubt.tsx';
import { DraftHint, Ghost } from './Ghost.tsx';
import { GroupRow } from './GroupRow.tsx';
import { HoverCard, type Hovered } from './HoverCard.tsx';
import { Row } from './Row.tsx';
import { Shades } from './Shades.tsx';
import { useBoardKeys } from './use-board-keys.ts';
import { useDrag } from './use-drag.ts';

interface Props {
  readonly scale: Scale;
  readonly find: string;
  readonly grouping: Grouping;
  readonly selected: string | null;
  readonly draft: Draft | null;
  /** A form shows the draft: the hint beside it would say the same. */
  readonly formOpen: boolean;
  readonly onDraft: (draft: Draft | null) => void;
  readonly onMore: () => void;
  readonly onOpen: (id: string) => void;
}

/** From so many machines on rows are low and text is small. */
const COMPACT_FROM = 25;
const ROW = 37;
const LOW_ROW = 22;

export function Board({ scale, find, grouping, selected, draft, formOpen, onDraft, onMore, onOpen }: Props): ReactElement {
  const me = useMe();
  const now = useHarnessNow();
  const { byId, order, known } = useSuts();
  const reservations = useReservations((state) => state.byId);
  const runs = useReservations((state) => state.runs);
  const suts = useMemo(() => boardSuts({ byId, order }, reservations, find), [byId, order, reservations, find]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => linesOf(suts, { grouping, folded, byId }), [suts, grouping, folded, byId]);
  const fold = useCallback((group: string) => setFolded((before) => toggled(before, group)), []);
  const blocks = useMemo(() => blocksOf(reservations.values(), { runs, scale, me, now }), [reservations, runs, scale, me, now]);
  const [cursor, setCursor] = useState<number | null>(null);
  const [hover, setHover] = useState<{ hovered: Hovered; view: string } | null>(null);
  // What opens beside the board moves it: a card of before would hang in the air.
  const view = `${selected ?? ''} ${String(formOpen)} ${String(draft === null)} ${scale.from}`;
  const hovered = hover?.view === view ? hover.hovered : null;
  const setHovered = useCallback((next: Hovered | null) => setHover(next === null ? null : { hovered: next, view }), [view]);
  const rowHeight = suts.length >= COMPACT_FROM ? LOW_ROW : ROW;
  const { frame, from, to, onScroll, bring } = useFixedRows({ count: lines.length, rowHeight, overscan: 6 });
  const placement = useMemo(
    () => (draft === null ? null : placeDraft(draft, { reservations: reservations.values(), suts: byId }, now)),
    [draft, reservations, byId, now],
  );
  const drag = useDrag({ lines, scale, rowHeight, now, frame, onDraft });
  useBoardKeys({ lines, cursor, draft, placement, now, onDraft, onCursor: (index) => (setCursor(index), bring(index, 1)) });
  if (!known) return <LoadingShape />;
  if (suts.length === 0) return <Nothing any={order.length > 0} />;
  return (
    <div className={`board${rowHeight === LOW_ROW ? ' low' : ''}`}>
      <ClockDoubt />
      <Axis scale={scale} now={now} hovered={hovered} />
      <div
        ref={frame}
        className="board-frame"
        role="grid"
        aria-label="Reservations"
        aria-rowcount={lines.length}
        onScroll={onScroll}
        {...drag}
      >
        <div className="board-rows" style={{ height: lines.length * rowHeight }}>
          <Shades scale={scale} now={now} />
          {lines
            .slice(from, to)
            .map((line, index) =>
              isGroup(line) ? (
                <GroupRow
                  key={`group ${line.group}`}
                  {...{ line, blocks, scale, now }}
                  top={(from + index) * rowHeight}
                  height={rowHeight}
                  number={from + index + 1}
                  onFold={fold}
                />
              ) : (
                <Row
                  key={line.id}
                  sut={line}
                  top={(from + index) * rowHeight}
                  height={rowHeight}
                  number={from + index + 1}
                  blocks={blocks.get(line.id) ?? NO_BLOCKS}
                  scale={scale}
                  now={now}
                  active={cursor === from + index || draft?.sutIds.includes(line.id) === true}
                  selected={selected}
                  onOpen={onOpen}
                  onHover={setHovered}
                />
              ),
            )}
          {draft === null || placement === null ? null : (
            <Ghost draft={draft} placement={placement} lines={lines} scale={scale} rowHeight={rowHeight} />
          )}
        </div>
        {draft === null || placement === null || formOpen || draft.sutIds.length === 0 ? null : (
          <DraftHint draft={draft} placement={placement} suts={suts} onDraft={onDraft} onMore={onMore} onDone={onOpen} />
        )}
      </div>
      {hovered === null || (draft !== null && !formOpen) ? null : <HoverCard hovered={hovered} now={now} />}
    </div>
  );
}

function toggled(before: ReadonlySet<string>, group: string): ReadonlySet<string> {
  const next = new Set(before);
  if (!next.delete(group)) next.add(group);
  return next;
}

const NO_BLOCKS: readonly Block[] = [];

function Nothing({ any }: { readonly any: boolean }): ReactElement {
  return any ? (
    <EmptyState title="No machine matches" why="The filter looks at names, tags and holders." />
  ) : (
    <EmptyState
      title="No machine yet"
      why="The board shows who has which machine when."
      actions={
        <Button small href={addresses.newSut}>
          Add a machine
        </Button>
      }
    />
  );
}
