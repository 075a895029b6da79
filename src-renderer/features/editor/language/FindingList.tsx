import { CircleX, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Finding } from './language-client.ts';

interface Props {
  readonly findings: readonly Finding[];
  readonly onShow: (line: number) => void;
}

/** What is wrong in the open text, worst first; a press goes there. */
export function FindingList({ findings, onShow }: Props): ReactElement | null {
  if (findings.length === 0) return null;
  const sorted = findings.toSorted((a, b) => (a.severity ?? 1) - (b.severity ?? 1) || a.range.start.line - b.range.start.line);
  return (
    <section className="finding-list" aria-label="Problems">
      <h2>
        Problems <span className="dim small">{findings.length}</span>
      </h2>
      <ul>
        {sorted.map(({ message, range, severity = 1 }, place) => (
          <li key={place}>
            <button type="button" onClick={() => onShow(range.start.line + 1)}>
              {severity === 1 ? <CircleX className="bad" aria-label="Error" /> : <TriangleAlert className="warn" aria-label="Warning" />}
              <span className="grow ellipsis" title={message}>
                {message}
              </span>
              <span className="dim figures">line {range.start.line + 1}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
