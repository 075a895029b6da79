import { CalendarPlus, ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useState, type ReactElement } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { DetailSplit } from '../../kit/DetailSplit.tsx';
import { formatDay } from '../../kit/format.ts';
import { PageHead } from '../../kit/Page.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { useHotkeys } from '../../kit/use-hotkeys.ts';
import { useCrumbs } from '../../state/page.ts';
import { useHarnessNow } from '../../state/reservations.ts';
import { useSuts } from '../../state/suts.ts';
import { ReservationDetail } from './detail/ReservationDetail.tsx';
import { ReserveForm } from './form/ReserveForm.tsx';
import { Board } from './grid/Board.tsx';
import { Legend } from './grid/Legend.tsx';
import { GROUPINGS, type Grouping } from './model/lines.ts';
import type { Draft } from './model/place.ts';
import { SPAN_WORDS, SPANS, scaleAt, stepped, type Scale, type Span } from './model/scale.ts';
import './board.css';
import './board-groups.css';

export default function BoardPage(): ReactElement {
  const { id = null } = useParams<{ id?: string }>();
  const [, go] = useLocation();
  const [search] = useSearchParams();
  useCrumbs([{ label: 'Board', href: addresses.board }, ...(id === null ? [] : [{ label: id === 'new' ? 'Reserve' : 'Reservation' }])]);
  const place = usePlace();
  const chosen = useChosen();
  const [draft, setDraft] = useState<Draft | null>(null);
  const at = (address: string): string => {
    const kept = new URLSearchParams(search);
    kept.delete('sut');
    return kept.size === 0 ? address : `${address}?${kept.toString()}`;
  };
  const close = (): void => {
    setDraft(null);
    go(at(addresses.board));
  };
  const reserve = (begun: Draft | null): void => {
    setDraft(begun ?? { sutIds: chosen, begin: null, durationMs: 2 * 3_600_000 });
    go(at(addresses.reserve()));
  };
  useHotkeys([{ keys: 'c', label: 'Reserve', run: () => reserve(draft) }]);
  const form = id === 'new';
  const shown = draft ?? (form ? { sutIds: chosen, begin: null, durationMs: 2 * 3_600_000 } : null);
  return (
    <DetailSplit
      name="board"
      list={
        <>
          <Head place={place} primary={!form} onReserve={() => reserve(draft)} />
          <Board
            scale={place.scale}
            find={place.find}
            grouping={place.grouping}
            selected={form ? null : id}
            draft={shown}
            formOpen={form}
            onDraft={setDraft}
            onMore={() => reserve(draft)}
            onOpen={(next) => go(at(addresses.reservation(next)))}
          />
          <Legend grouping={place.grouping} onGroup={(group) => place.set({ group: group === 'none' ? null : group })} />
        </>
      }
      detail={
        id === null ? null : form && shown !== null ? (
          <ReserveForm
            draft={shown}
            onDraft={setDraft}
            onClose={close}
            onDone={(next) => (setDraft(null), go(at(addresses.reservation(next))))}
          />
        ) : (
          <ReservationDetail key={id} id={id} onClose={close} onOpen={(next) => go(at(addresses.reservation(next)))} />
        )
      }
      detailLabel={form ? 'Reserve' : 'Reservation'}
      onClose={close}
    />
  );
}

/** Machines that the address names: another page sent the reader here to reserve them. */
function useChosen(): string[] {
  const [search] = useSearchParams();
  const byId = useSuts((state) => state.byId);
  const names = search.getAll('sut').join('\n');
  return useMemo(() => {
    const wanted = new Set(names.split('\n'));
    return [...byId.values()].filter((sut) => wanted.has(sut.name) && sut.role === 'sut').map((sut) => sut.id);
  }, [names, byId]);
}

interface Place {
  readonly scale: Scale;
  readonly find: string;
  readonly grouping: Grouping;
  readonly set: (changes: Readonly<Record<string, string | null>>) => void;
  /** Null while it follows the present. */
  readonly at: number | null;
}

function usePlace(): Place {
  const now = useHarnessNow();
  const [search, setSearch] = useSearchParams();
  const span: Span = SPANS.find((one) => one === search.get('span')) ?? 'hours';
  const given = Number(search.get('at') ?? Number.NaN);
  const at = Number.isFinite(given) && given > 0 ? given : null;
  // The present moves the board only when a whole step of its scale has passed.
  const shown = at ?? Math.floor(now / 600_000) * 600_000;
  const scale = useMemo(() => scaleAt(span, shown), [span, shown]);
  const set = (changes: Readonly<Record<string, string | null>>): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  const grouping = GROUPINGS.find((one) => one === search.get('group')) ?? 'none';
  return { scale, find: search.get('find') ?? '', grouping, set, at };
}

interface HeadProps {
  readonly place: Place;
  readonly primary: boolean;
  readonly onReserve: () => void;
}

function Head({ place, primary, onReserve }: HeadProps): ReactElement {
  const now = useHarnessNow();
  const { scale, at, set, find } = place;
  const step = (direction: 1 | -1) => (): void => set({ at: String(stepped(scale.span, at ?? now, direction)) });
  const until = formatDay(scale.to - 1, now);
  return (
    <PageHead
      title="Board"
      actions={
        <>
          <SearchField slash value={find} onChange={(text) => set({ find: text })} placeholder="Machine or person" width={168} />
          <Button variant={primary ? 'primary' : 'outline'} icon={<CalendarPlus />} keys="c" onClick={onReserve}>
            Reserve
          </Button>
        </>
      }
    >
      <Segments
        label="How much time"
        value={scale.span}
        segments={SPANS.map((value) => ({ value, label: SPAN_WORDS[value] }))}
        onChange={(span) => set({ span: span === 'hours' ? null : span })}
      />
      <span className="row tight">
        <Button variant="quiet" small icon={<ChevronLeft />} label="Earlier" onClick={step(-1)} />
        <Button small pressed={at === null} onClick={() => set({ at: null })}>
          Now
        </Button>
        <Button variant="quiet" small icon={<ChevronRight />} label="Later" onClick={step(1)} />
      </span>
      <span className="mid nowrap figures board-dates">{`${formatDay(scale.from, now)} to ${until}`}</span>
    </PageHead>
  );
}
