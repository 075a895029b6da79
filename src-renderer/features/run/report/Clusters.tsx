import { ChevronRight } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { Run } from '../../../../src-shared/model/run.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { server } from '../../../bridge/client.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import { KnownForm } from '../triage/KnownForm.tsx';
import { sharedMessage, type FailureCluster } from './cluster-failures.ts';

const NAMED = 3;

interface Props {
  readonly run: Run;
  readonly clusters: readonly FailureCluster[];
  readonly total: number;
  /** A rule was made of a cluster. */
  readonly onKnown: () => void;
}

/** One cluster open at a time. */
export function Clusters({ run, clusters, total, onKnown }: Props): ReactElement {
  const [open, setOpen] = useState<string | null>(null);
  const about = `in ${formatAmount(clusters.length, 'cluster')}, by message shape`;
  return (
    <section aria-label="Failures">
      <SectionHead ruled title="Failures" count={total} about={about} />
      {clusters.map((cluster) => (
        <Cluster
          key={cluster.shape}
          run={run}
          cluster={cluster}
          open={open === cluster.shape}
          onKnown={onKnown}
          onToggle={() => setOpen(open === cluster.shape ? null : cluster.shape)}
        />
      ))}
    </section>
  );
}

interface ClusterProps {
  readonly run: Run;
  readonly cluster: FailureCluster;
  readonly open: boolean;
  readonly onKnown: () => void;
  readonly onToggle: () => void;
}

function Cluster({ run, cluster, open, onKnown, onToggle }: ClusterProps): ReactElement {
  const [naming, setNaming] = useState(false);
  const names = cluster.failures.slice(0, NAMED).map(({ test }) => test.name);
  const rest = cluster.failures.length - names.length;
  return (
    <div className={`cluster${open ? ' open' : ''}`}>
      <button type="button" className="cluster-head" aria-expanded={open} onClick={onToggle}>
        <ChevronRight className="twist-icon" aria-hidden />
        <VerdictIcon mark="failed" decorative />
        <b className="figures">{cluster.failures.length}</b>
        <span className="mono ellipsis grow" title={cluster.failures[0]?.message ?? undefined}>
          {sharedMessage(cluster).map(({ text, values }, index) =>
            values === null ? (
              text
            ) : (
              <span key={index} className="varies" title={values.slice(0, 20).join('\n')}>
                {text}
              </span>
            ),
          )}
        </span>
      </button>
      {open ? (
        <>
          <ul>
            {cluster.failures.map(({ test, keyword, message }) => (
              <li key={test.id}>
                <Link href={`${addresses.run(run.id)}?item=${(keyword ?? test).id}`}>{test.name}</Link>
                <span className="mid small failure-message">{(message ?? '').split('\n', 1)[0]}</span>
              </li>
            ))}
          </ul>
          {naming ? (
            <KnownForm run={run} cluster={cluster} onDone={() => (setNaming(false), onKnown())} />
          ) : server === 'hub' ? null : (
            <div className="known-form">
              <span>
                <Button small onClick={() => setNaming(true)}>
                  Make it a known failure
                </Button>
              </span>
            </div>
          )}
        </>
      ) : (
        <p className="dim small ellipsis">
          {names.join(', ')}
          {rest > 0 ? `, and ${rest} more` : ''}
        </p>
      )}
    </div>
  );
}
