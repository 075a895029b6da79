import { Check, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { formatAmount, formatCount } from '../../src-shared/text/quantities.ts';
import { addresses } from '../kit/addresses.ts';
import { Button } from '../kit/Button.tsx';
import { ImportGoing } from '../kit/ImportGoing.tsx';
import { ErrorState } from '../kit/States.tsx';
import { dismissImport, useImports, type Import, type Imported } from '../state/imports.ts';

/** Lines of warnings of one import. */
const MOST_WARNINGS = 5;

/** What is being brought in, from wherever it was dropped: how far, and a way out. Stays until the person has seen the end. */
export function ImportStrip(): ReactElement | null {
  const imports = useImports((state) => state.imports);
  if (imports.length === 0) return null;
  return (
    <section className="import-strip" aria-label="Imports" aria-live="polite">
      {imports.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </section>
  );
}

function Entry({ entry }: { readonly entry: Import }): ReactElement {
  const dismiss = (): void => dismissImport(entry.id);
  const { outcome } = entry;
  if (outcome.type === 'failed') {
    return (
      <ErrorState
        problem={outcome.problem}
        actions={
          <Button small onClick={dismiss}>
            Close
          </Button>
        }
      />
    );
  }
  if (outcome.type === 'going') return <ImportGoing what={entry.source} progress={entry.progress} onCancel={dismiss} />;
  return (
    <div>
      <Done outcome={outcome} onLeave={dismiss} />
      <Warnings warnings={outcome.warnings} />
    </div>
  );
}

/** What was left out or may surprise; many are folded, so that the page below keeps its place. */
function Warnings({ warnings }: { readonly warnings: readonly string[] }): ReactElement | null {
  const shown = warnings.slice(0, MOST_WARNINGS);
  if (warnings.length === 0) return null;
  return (
    <ul className="mid small" aria-label="Warnings of the import">
      {shown.map((warning) => (
        <li key={warning} style={{ overflowWrap: 'anywhere', paddingLeft: 24 }}>
          {warning}
        </li>
      ))}
      {warnings.length > shown.length ? (
        <li className="dim" style={{ paddingLeft: 24 }}>
          and {formatCount(warnings.length - shown.length)} more
        </li>
      ) : null}
    </ul>
  );
}

function Done({ outcome, onLeave }: { readonly outcome: Imported; readonly onLeave: () => void }): ReactElement {
  const { testData, unchanged } = outcome;
  const { counts } = testData.newest;
  const found = counts === null ? 'not read yet' : `${formatAmount(counts.cases, 'case')} in ${formatAmount(counts.suites, 'suite')}`;
  return (
    <div className="row">
      <Check className="mark-passed" aria-hidden />
      <span className="strong ellipsis">{testData.name}</span>
      <span className="dim small ellipsis">
        {unchanged ? 'unchanged, nothing new was kept' : found}
        {counts === null || counts.errors === 0 ? '' : `, ${formatAmount(counts.errors, 'problem')}`}
      </span>
      <span className="grow" />
      <Link className="button small" href={addresses.oneTestData(testData.id)} onClick={onLeave}>
        Open
      </Link>
      <Link className="button small" href={addresses.newRun(testData.id)} onClick={onLeave}>
        New run
      </Link>
      <Button variant="quiet" small icon={<X />} label="Close" onClick={onLeave} />
    </div>
  );
}
