import { useState, type KeyboardEvent, type ReactElement } from 'react';
import { Search } from 'lucide-react';
import type { FreeSlot } from '../../../../src-shared/model/reservation.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatWhen } from '../../../kit/format.ts';
import { ErrorState } from '../../../kit/States.tsx';
import type { Draft } from '../model/place.ts';
import { needOf } from '../model/need.ts';

/** The page's clock lags behind the harness's by so much at most, ms: what begins within it begins now. */
const MINUTE = 60_000;

interface Props {
  readonly draft: Draft;
  readonly now: number;
  readonly onDraft: (draft: Draft) => void;
}

/** Machines by what they are: the earliest times at which so many of them are free together, for as long as the draft is. */
export function SlotFinder({ draft, now, onDraft }: Props): ReactElement {
  const [what, setWhat] = useState('');
  const [count, setCount] = useState('1');
  const number = Number(count);
  const wrong = Number.isInteger(number) && number >= 1 && number <= 200 ? null : 'How many is a number from 1 to 200.';
  const find = useAction(() =>
    client.reservations.freeSlots({
      need: needOf(what, number),
      ...(draft.begin === null ? {} : { from: draft.begin }),
      ...(draft.durationMs === null ? {} : { durationMs: draft.durationMs }),
      count: 4,
    }),
  );
  const [slots, setSlots] = useState<readonly FreeSlot[] | null>(null);
  const search = (): void => {
    if (wrong === null) void find.run().then(setSlots);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    search();
  };
  const take = ({ begin, suts }: FreeSlot): void => {
    onDraft({ ...draft, sutIds: suts.map(({ id }) => id), begin: begin < now + MINUTE ? null : begin });
    setSlots(null);
  };
  return (
    <div className="board-finder">
      <span className="board-label">Or any that fit</span>
      <div className="row tight">
        <span className="field board-count">
          <input
            aria-label="How many"
            inputMode="numeric"
            value={count}
            onChange={(event) => setCount(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </span>
        <span className="field grow">
          <input
            aria-label="What they must have"
            placeholder="uefi 25G cores>=16"
            value={what}
            spellCheck={false}
            onChange={(event) => setWhat(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </span>
        <Button icon={<Search />} busy={find.busy} disabledReason={wrong} onClick={search}>
          Find a time
        </Button>
      </div>
      {find.problem === null ? null : <ErrorState problem={find.problem} />}
      {slots === null ? null : <Slots slots={slots} now={now} onTake={take} />}
    </div>
  );
}

interface SlotsProps {
  readonly slots: readonly FreeSlot[];
  readonly now: number;
  readonly onTake: (slot: FreeSlot) => void;
}

function Slots({ slots, now, onTake }: SlotsProps): ReactElement {
  if (slots.length === 0)
    return (
      <p className="small mid form-about" role="status">
        So many machines like that are never free together: there are too few of them, or those in the way have no end.
      </p>
    );
  return (
    <ul className="board-slots" aria-label="Free times">
      {slots.map((slot) => (
        <li key={slot.begin} className="row tight small">
          <span className="figures nowrap">{slot.begin < now + MINUTE ? 'now' : formatWhen(slot.begin, now)}</span>
          <span className="mid grow ellipsis" title={slot.suts.map(({ name }) => name).join(', ')}>
            {slot.suts.map(({ name }) => name).join(', ')}
          </span>
          <Button small onClick={() => onTake(slot)}>
            Take these
          </Button>
        </li>
      ))}
    </ul>
  );
}
