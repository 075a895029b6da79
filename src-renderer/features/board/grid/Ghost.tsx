import { Ban } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { formatRough } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatTime, formatWhen } from '../../../kit/format.ts';
import { ErrorState } from '../../../kit/States.tsx';
import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import { useHarnessNow } from '../../../state/reservations.ts';
import { useMe } from '../../../state/system.ts';
import type { Draft, Placement } from '../model/place.ts';
import { requestOf } from '../model/request.ts';
import { isGroup, type Line } from '../model/lines.ts';
import { shareOf, type Scale } from '../model/scale.ts';
import { inTheWayWords } from '../model/words.ts';
import { percent } from './percent.ts';

interface GhostProps {
  readonly draft: Draft;
  readonly placement: Placement;
  readonly lines: readonly Line[];
  readonly scale: Scale;
  readonly rowHeight: number;
}

/** The draft where it may stand, and hatched where it was wanted and may not. */
export function Ghost({ draft, placement, lines, scale, rowHeight }: GhostProps): ReactElement {
  const rows = draft.sutIds
    .map((id) => ({ id, index: lines.findIndex((line) => !isGroup(line) && line.id === id) }))
    .filter(({ index }) => index >= 0);
  const { begin, wanted, inTheWay } = placement;
  const end = draft.durationMs === null ? scale.to : (begin ?? wanted) + draft.durationMs;
  const blocked = new Set(inTheWay.flatMap(({ sutIds }) => sutIds));
  const until = Math.min(begin ?? wanted + (draft.durationMs ?? scale.to - wanted), scale.to);
  const stretch = (from: number, to: number) => ({
    left: percent(shareOf(scale, from)),
    width: percent(shareOf(scale, Math.min(to, scale.to)) - shareOf(scale, Math.max(from, scale.from))),
  });
  return (
    <div className="ghosts" aria-hidden>
      {rows.map(({ id, index }) => (
        <div key={id} style={{ top: index * rowHeight, height: rowHeight }}>
          {blocked.has(id) && until > wanted ? <i className="refused-stretch" style={stretch(wanted, until)} /> : null}
          {begin === null ? null : (
            <div className="ghost" style={stretch(begin, end)}>
              <b>You</b> {draft.durationMs === null ? 'no end' : formatRough(draft.durationMs)}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

interface HintProps {
  readonly draft: Draft;
  readonly placement: Placement;
  readonly suts: readonly Sut[];
  readonly onDraft: (draft: Draft | null) => void;
  readonly onMore: () => void;
  readonly onDone: (id: string) => void;
}

/** What the draft would be, who is in the way, and what can be done about it. */
export function DraftHint({ draft, placement, suts, onDraft, onMore, onDone }: HintProps): ReactElement {
  const now = useHarnessNow();
  const me = useMe();
  const names = new Map(suts.map(({ id, name }) => [id, name]));
  const chosen = draft.sutIds.map((id) => names.get(id) ?? id);
  const { begin, end, wanted, inTheWay } = placement;
  const reserve = useAction(async (wait: boolean) => {
    const made = await client.reservations.request(requestOf({ draft, begin, now, wait }, chosen));
    onDraft(null);
    onDone(made.id);
  });
  const blocked = new Set(inTheWay.flatMap(({ sutIds }) => sutIds));
  const free = draft.sutIds.filter((id) => !blocked.has(id));
  const at = begin === null ? null : begin <= now ? 'now' : `at ${formatTime(begin)}`;
  useHotkeys([
    { keys: 'enter', label: 'Reserve the draft', run: () => void (at === null ? undefined : reserve.run(false)) },
    { keys: 'escape', label: 'Drop the draft', run: () => onDraft(null) },
  ]);
  return (
    <div className="draft-hint" role="dialog" aria-label="Reserve">
      <div className="strong figures">{begin === null ? 'Not free' : spanWords(begin, end, now)}</div>
      <div className="dim small">{chosen.length > 1 ? `${chosen.join(', ')}, together or not at all` : chosen.join('')}</div>
      {inTheWay.length === 0 ? null : (
        <div className="row top small hint-why">
          <Ban aria-hidden className="mark-failed" />
          <span>
            {`${wanted <= now ? 'Now' : formatWhen(wanted, now)} is refused: `}
            {inTheWay.map((slot) => inTheWayWords(slot, { names, me, now })).join(' ')}
            {begin === null ? '' : ' Moved to the first free time.'}
          </span>
        </div>
      )}
      <div className="row tight wrap hint-actions">
        {at === null ? null : (
          <Button small variant="primary" keys="enter" busy={reserve.busy} onClick={() => void reserve.run(false)}>
            {`Reserve ${at}`}
          </Button>
        )}
        {free.length > 0 && free.length < draft.sutIds.length ? (
          <Button
            small
            onClick={() => onDraft({ ...draft, sutIds: free })}
          >{`Only ${free.map((id) => names.get(id) ?? id).join(', ')}`}</Button>
        ) : null}
        {inTheWay.length === 0 ? null : (
          <Button small busy={reserve.busy} onClick={() => void reserve.run(true)}>
            Wait in line
          </Button>
        )}
        <Button small variant="quiet" onClick={onMore}>
          More
        </Button>
        <Button small variant="quiet" onClick={() => onDraft(null)}>
          Drop
        </Button>
      </div>
      {reserve.problem === null ? null : <ErrorState problem={reserve.problem} />}
    </div>
  );
}

/** `Wed 09:30 to 12:30, 3 h` */
function spanWords(begin: number, end: number | null, now: number): string {
  const from = begin <= now ? 'Now' : formatWhen(begin, now);
  if (end === null) return `${from}, no end`;
  const sameDay = new Date(begin).toDateString() === new Date(end).toDateString();
  return `${from} to ${sameDay ? formatTime(end) : formatWhen(end, now)}, ${formatRough(end - begin)}`;
}
