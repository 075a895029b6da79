import { Popover } from '@mantine/core';
import { Clock } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Button } from '../../../kit/Button.tsx';
import { formatWhen } from '../../../kit/format.ts';
import { useNow } from '../../../kit/use-now.ts';
import { FilterChip } from './FilterChip.tsx';
import { readLocal, writeLocal } from './local-time.ts';
import { RANGES, type Filter, type Range } from './run-filter.ts';
import type { ChangeFilter } from './use-filter.ts';

interface Props {
  readonly filter: Filter;
  readonly change: ChangeFilter;
}

/** A range up to now, or exactly from one moment to another. */
export function TimeFilter({ filter, change }: Props): ReactElement {
  const [open, setOpen] = useState(false);
  const now = useNow('minute');
  const { range, span } = filter;
  const words = span === null ? (range === 'any' ? null : RANGES[range]) : `${formatWhen(span.from, now)} to ${formatWhen(span.to, now)}`;
  const set = (part: Partial<Filter>): void => {
    change(part);
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <FilterChip
          label="Time"
          value={words}
          icon={<Clock aria-hidden />}
          open={open}
          onPress={() => setOpen(!open)}
          onClear={() => change(span === null ? { range: 'any' } : { span: null })}
        />
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label="Time">
        <ul className="time-menu">
          {(Object.keys(RANGES) as Range[]).map((one) => (
            <li key={one}>
              <button type="button" aria-pressed={span === null && range === one} onClick={() => set({ range: one, span: null })}>
                {RANGES[one]}
              </button>
            </li>
          ))}
        </ul>
        <Exactly span={span} onSpan={(exact) => set({ span: exact })} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface ExactlyProps {
  readonly span: Filter['span'];
  readonly onSpan: (span: Filter['span']) => void;
}

function Exactly({ span, onSpan }: ExactlyProps): ReactElement {
  const [from, setFrom] = useState(span === null ? '' : writeLocal(span.from));
  const [to, setTo] = useState(span === null ? '' : writeLocal(span.to));
  const [begin, end] = [readLocal(from), readLocal(to)];
  const right = begin !== null && end !== null && begin < end;
  return (
    <form
      className="exactly"
      onSubmit={(event) => {
        event.preventDefault();
        if (right) onSpan({ from: begin, to: end });
      }}
    >
      <label className="field">
        <span className="dim small">From</span>
        <input type="datetime-local" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label className="field">
        <span className="dim small">To</span>
        <input type="datetime-local" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      </label>
      <Button small submits disabledReason={right ? null : 'Say both, the earlier one first'}>
        Show this time
      </Button>
    </form>
  );
}
