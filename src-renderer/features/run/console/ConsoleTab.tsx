import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import { formatAmount, formatBytes } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { SearchField } from '../../../kit/SearchField.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import type { RecordView } from '../model/record-view.ts';
import { useVersion } from '../use-record.ts';
import { consoleLines } from './console-text.ts';
import { useConsole } from './use-console.ts';

const LINE = 17;

interface Props {
  readonly run: Run;
  readonly view: RecordView;
}

/** What Robot and what it started wrote, as plain text; the file is read piece by piece, whatever its size. */
export function ConsoleTab({ run, view }: Props): ReactElement {
  useVersion(view);
  const { stretch, loading, problem, earlier } = useConsole(run.id, view.consoleSize);
  const [find, setFind] = useState('');
  const lines = useMemo(() => consoleLines(stretch.text), [stretch.text]);
  const shown = useMemo(
    () => (find === '' ? lines : lines.filter((line) => line.toLowerCase().includes(find.toLowerCase()))),
    [lines, find],
  );
  if (problem !== null && stretch.text === '') return <ErrorState problem={problem} />;
  if (loading && stretch.text === '') return <LoadingShape rows={10} />;
  if (stretch.text === '') {
    const why = run.state === 'ended' ? 'Robot Framework wrote nothing in this run.' : 'What Robot Framework writes appears here.';
    return (
      <div className="page-body">
        <EmptyState title="The console is empty" why={why} />
      </div>
    );
  }
  return (
    <>
      <div className="tree-tools">
        <SearchField placeholder="Only lines with" value={find} onChange={setFind} />
        <span className="dim small figures">
          {formatAmount(shown.length, 'line')}, {formatBytes(stretch.size)}
        </span>
        <span className="grow" />
        {earlier === null ? null : (
          <Button small variant="quiet" onClick={earlier}>
            Earlier, {formatBytes(stretch.from)} before this
          </Button>
        )}
      </div>
      <Lines lines={shown} follow={run.state !== 'ended' && find === ''} />
    </>
  );
}

function Lines({ lines, follow }: { readonly lines: readonly string[]; readonly follow: boolean }): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => frame.current, estimateSize: () => LINE, overscan: 30 });
  useEffect(() => {
    // New lines move the view only for a reader who is at the end.
    if (follow && atEnd.current) virtual.scrollToIndex(lines.length - 1);
  }, [follow, lines.length, virtual]);
  const onScroll = (): void => {
    const { scrollTop = 0, clientHeight = 0, scrollHeight = 0 } = frame.current ?? {};
    atEnd.current = scrollTop + clientHeight >= scrollHeight - 2 * LINE;
  };
  return (
    <div ref={frame} className="console grow-scroll" tabIndex={0} role="log" aria-label="Console" aria-live="off" onScroll={onScroll}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((place) => (
          <div key={place.key} className="console-line" style={{ transform: `translateY(${place.start}px)` }}>
            {lines[place.index]}
          </div>
        ))}
      </div>
    </div>
  );
}
