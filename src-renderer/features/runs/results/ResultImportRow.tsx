import { Check, TriangleAlert, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { formatAmount, formatCount } from '../../../../src-shared/text/quantities.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { ImportGoing } from '../../../kit/ImportGoing.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { dismissResultImport, type ImportedResults, type ResultImport } from '../../../state/result-imports.ts';

/** Lines of what could not be read; a folder of thousands says how many more. */
const MOST_REFUSED = 50;

export function ResultImportRow({ entry }: { readonly entry: ResultImport }): ReactElement {
  const close = <Button variant="quiet" small icon={<X />} label="Close" onClick={() => dismissResultImport(entry.id)} />;
  if (entry.problem !== null) return <ErrorState problem={entry.problem} actions={close} />;
  if (entry.outcome === null)
    return <ImportGoing what={entry.what} progress={entry.progress} onCancel={() => dismissResultImport(entry.id)} />;
  return <Came what={entry.what} outcome={entry.outcome} close={close} />;
}

interface CameProps {
  readonly what: string;
  readonly outcome: ImportedResults;
  readonly close: ReactElement;
}

function Came({ what, outcome: { imported, known, refused }, close }: CameProps): ReactElement {
  const [only] = imported;
  const words = [
    formatAmount(imported.length, 'run'),
    ...(known === 0 ? [] : [`${formatCount(known)} here already`]),
    ...(refused.length === 0 ? [] : [`${formatCount(refused.length)} not readable`]),
  ];
  return (
    <div>
      <div className="row">
        {refused.length === 0 ? <Check className="mark-passed" aria-hidden /> : <TriangleAlert className="mark-error" aria-hidden />}
        <span className="strong ellipsis">{what}</span>
        <span className="dim small ellipsis">{words.join(', ')}</span>
        <span className="grow" />
        {imported.length === 1 && only !== undefined ? (
          <Link className="button small" href={addresses.run(only.runId)}>
            Open run
          </Link>
        ) : null}
        {close}
      </div>
      {refused.length === 0 ? null : (
        <ul className="mid small result-refused" aria-label="What could not be read">
          {refused.slice(0, MOST_REFUSED).map(({ path, why }) => (
            <li key={path}>
              <span className="mono">{path}</span> {why}
            </li>
          ))}
          {refused.length > MOST_REFUSED ? <li className="dim">and {formatCount(refused.length - MOST_REFUSED)} more</li> : null}
        </ul>
      )}
    </div>
  );
}
