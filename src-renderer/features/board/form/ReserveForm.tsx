import { X } from 'lucide-react';
import { useMemo, useState, type FormEvent, type ReactElement } from 'react';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatWhen } from '../../../kit/format.ts';
import { Panel } from '../../../kit/Page.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useHarnessNow, useReservations } from '../../../state/reservations.ts';
import { useSuts } from '../../../state/suts.ts';
import { useMe } from '../../../state/system.ts';
import { fromLocalText, toLocalText } from '../model/local-text.ts';
import { placeDraft, type Draft } from '../model/place.ts';
import { requestOf } from '../model/request.ts';
import { inTheWayWords } from '../model/words.ts';
import { AtEnd, endOf, NOTHING_AT_END } from './AtEnd.tsx';
import { PersonField } from './PersonField.tsx';
import { SlotFinder } from './SlotFinder.tsx';
import { SutPicker } from './SutPicker.tsx';

interface Props {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}

const HOUR = 3_600_000;
const LENGTHS = [0.5, 1, 2, 4, 8, 24, 72, 168];

/** A new reservation, typed; the board draws the same draft. */
export function ReserveForm({ draft, onDraft, onClose, onDone }: Props): ReactElement {
  const now = useHarnessNow();
  const me = useMe();
  const [purpose, setPurpose] = useState('');
  const [holder, setHolder] = useState('');
  const [ending, setEnding] = useState(NOTHING_AT_END);
  const byId = useSuts((state) => state.byId);
  const reservations = useReservations((state) => state.byId);
  const placement = useMemo(
    () => placeDraft(draft, { reservations: reservations.values(), suts: byId }, now),
    [draft, reservations, byId, now],
  );
  const names = new Map(draft.sutIds.map((id) => [id, byId.get(id)?.name ?? id]));
  const reserve = useAction(async (wait: boolean) => {
    const wanted = requestOf({ draft, begin: placement.begin, now, wait }, [...names.values()]);
    const made = await client.reservations.request({
      ...wanted,
      ...endOf(ending),
      purpose,
      ...(holder.trim() === '' ? {} : { holder: holder.trim() }),
    });
    onDone(made.id);
  });
  const none = draft.sutIds.length === 0 ? 'Choose a machine' : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (none === null) void reserve.run(placement.begin === null);
  };
  const verb =
    placement.begin === null ? 'Wait in line' : placement.begin <= now ? 'Reserve now' : `Reserve at ${formatWhen(placement.begin, now)}`;
  return (
    <Panel label="Reserve">
      <div className="row detail-title">
        <h2 className="panel-title grow">Reserve</h2>
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      <form className="scroll grow board-form" onSubmit={submit}>
        <SutPicker chosen={draft.sutIds} onChange={(sutIds) => onDraft({ ...draft, sutIds })} />
        <SlotFinder draft={draft} now={now} onDraft={onDraft} />
        <Times draft={draft} now={now} onDraft={onDraft} />
        <label>
          <span className="board-label">What for</span>
          <span className="field">
            <input value={purpose} maxLength={500} onChange={(event) => setPurpose(event.currentTarget.value)} />
          </span>
        </label>
        <div>
          <span className="board-label">For whom</span>
          <PersonField label={`You${me === null ? '' : `, ${me}`}`} value={holder} except={me} onChange={setHolder} />
        </div>
        <AtEnd value={ending} onChange={setEnding} />
        {placement.inTheWay.length === 0 ? null : (
          <p className="small mid" role="status">
            {placement.inTheWay.map((slot) => inTheWayWords(slot, { names, me, now })).join(' ')}
            {placement.begin === null ? ' You can wait in line.' : ` Free from ${formatWhen(placement.begin, now)}.`}
          </p>
        )}
        {reserve.problem === null ? null : <ErrorState problem={reserve.problem} />}
        <div className="row">
          <Button variant="primary" submits busy={reserve.busy} disabledReason={none}>
            {verb}
          </Button>
          {placement.inTheWay.length === 0 || placement.begin === null ? null : (
            <Button busy={reserve.busy} onClick={() => void reserve.run(true)}>
              Wait in line
            </Button>
          )}
        </div>
      </form>
    </Panel>
  );
}

function Times({
  draft,
  now,
  onDraft,
}: {
  readonly draft: Draft;
  readonly now: number;
  readonly onDraft: (draft: Draft) => void;
}): ReactElement {
  const hours = draft.durationMs === null ? 'open' : String(draft.durationMs / HOUR);
  const offered = LENGTHS.includes(Number(hours)) || hours === 'open' ? LENGTHS : [...LENGTHS, Number(hours)].sort((a, b) => a - b);
  return (
    <div className="board-times">
      <label>
        <span className="board-label">From</span>
        <span className="field">
          <input
            type="datetime-local"
            value={draft.begin === null ? '' : toLocalText(draft.begin)}
            min={toLocalText(now)}
            onChange={(event) => onDraft({ ...draft, begin: fromLocalText(event.currentTarget.value) })}
          />
        </span>
        <span className="dim small">{draft.begin === null ? 'Now. Empty means now.' : ' '}</span>
      </label>
      <label>
        <span className="board-label">How long</span>
        <select
          className="board-select"
          value={hours}
          onChange={(event) =>
            onDraft({ ...draft, durationMs: event.currentTarget.value === 'open' ? null : Number(event.currentTarget.value) * HOUR })
          }
        >
          {offered.map((one) => (
            <option key={one} value={one}>
              {lengthWords(one)}
            </option>
          ))}
          <option value="open">No end</option>
        </select>
      </label>
    </div>
  );
}

function lengthWords(hours: number): string {
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  if (hours >= 24 && hours % 24 === 0) return hours === 24 ? '1 day' : `${hours / 24} days`;
  return Number.isInteger(hours) ? `${hours} h` : `${Math.floor(hours)} h ${Math.round((hours % 1) * 60)} min`;
}
