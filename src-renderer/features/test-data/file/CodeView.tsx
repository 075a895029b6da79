import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type ReactElement } from 'react';
import type { ParseError } from '../../../../src-shared/model/test-data.ts';
import { contextsOf, type LineContext } from '../../../kit/robot/line-contexts.ts';
import { tokensOf, type Token } from '../../../kit/robot/tokens.ts';

interface Props {
  readonly path: string;
  readonly text: string;
  /** From 1; brought into view and marked. */
  readonly line: number | null;
  readonly problems: readonly ParseError[];
}

/** Height of a line, in pixels. */
const LINE = 20;

/** Text with line numbers, to read; virtual, so that the longest file scrolls like the shortest. */
export function CodeView({ path, text, line, problems }: Props): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.split(/\r\n|\r|\n/u), [text]);
  const contexts = useMemo(() => (/\.(?:robot|resource)$/iu.test(path) ? contextsOf(lines) : null), [path, lines]);
  const longest = useMemo(() => lines.reduce((most, { length }) => Math.max(most, length), 0), [lines]);
  const wrong = useMemo(() => new Set(problems.filter((each) => each.path === path).map((each) => each.line)), [problems, path]);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => frame.current, estimateSize: () => LINE, overscan: 20 });
  useEffect(() => {
    if (line !== null) virtual.scrollToIndex(Math.min(line, lines.length) - 1, { align: 'center' });
  }, [line, lines, virtual]);
  return (
    <div ref={frame} className="code" role="region" aria-label={`Text of ${path}`} tabIndex={0}>
      <div className="code-lines" style={{ height: virtual.getTotalSize(), minWidth: `calc(${longest}ch + 80px)` }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            className={`code-line${index + 1 === line ? ' current' : ''}`}
            aria-current={index + 1 === line ? 'location' : undefined}
            style={{ transform: `translateY(${start}px)` }}
          >
            <span className="gutter">
              {wrong.has(index + 1) ? <i role="img" aria-label="Problem" /> : null}
              {index + 1}
            </span>
            <Line text={lines[index] ?? ''} context={contexts?.[index]} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Line({ text, context }: { readonly text: string; readonly context: LineContext | undefined }): ReactElement {
  const tokens: readonly Token[] = context === undefined ? [{ kind: 'plain', text }] : tokensOf(text, context);
  return (
    <span className="code-text">
      {tokens.map((token, place) =>
        token.kind === 'plain' ? (
          token.text
        ) : (
          <span key={place} className={`token-${token.kind}`}>
            {token.text}
          </span>
        ),
      )}
    </span>
  );
}
