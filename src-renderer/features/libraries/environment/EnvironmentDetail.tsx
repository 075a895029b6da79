import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Environment } from '../../../../src-shared/model/library.ts';
import { formatAmount, formatBytes } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { Facts, Panel, SectionHead } from '../../../kit/Page.tsx';
import { EmptyState, LoadingShape, Note } from '../../../kit/States.tsx';
import { When } from '../../../kit/Times.tsx';
import { useEnvironments } from '../../../state/environments.ts';
import { EnvironmentStanding } from '../list/Environments.tsx';
import { EnvironmentVerbs } from './EnvironmentVerbs.tsx';
import { Wheelhouse } from './Wheelhouse.tsx';

interface Props {
  readonly environment: Environment | undefined;
  readonly onClose: () => void;
}

/** One environment: how it stands, what is in it, who needs it. */
export function EnvironmentDetail({ environment, onClose }: Props): ReactElement {
  const { known } = useEnvironments();
  if (environment === undefined)
    return known ? (
      <div className="detail-note">
        <EmptyState title="This environment is not known here" why="Its lock was made in another home, or the address is wrong." />
      </div>
    ) : (
      <LoadingShape />
    );
  const { lockHash, packages, builtAt, lastUsedAt, size, usedBy } = environment;
  return (
    <Panel label={`Environment ${lockHash.slice(0, 8)}`}>
      <div className="row detail-title">
        <h2 className="panel-title grow">
          Environment <span className="mono">{lockHash.slice(0, 8)}</span>
        </h2>
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      <div className="scroll grow">
        <EnvironmentVerbs environment={environment} />
        {environment.note === null || environment.state !== 'damaged' ? null : (
          <div className="detail-note">
            <Note tone="warn">{environment.note} It is rebuilt by itself when a run needs it.</Note>
          </div>
        )}
        <div className="environment-facts">
          <Facts
            facts={[
              ['State', <EnvironmentStanding of={environment} />],
              ['Lock', <span className="mono">{lockHash}</span>],
              ['Robot', environment.robotVersion],
              ['Python', environment.pythonVersion],
              ['Size', size === null ? <span className="dim">nothing on the disk</span> : formatBytes(size)],
              ['Built', builtAt === null ? <span className="dim">not yet</span> : <When at={builtAt} />],
              ['Last used', lastUsedAt === null ? <span className="dim">never</span> : <When at={lastUsedAt} />],
              ['Used by', usedBy.length === 0 ? <span className="dim">nothing now</span> : usedBy.map(({ name }) => name).join(', ')],
            ]}
          />
        </div>
        <SectionHead ruled title="Pieces" count={packages.length} about="each with its hashes" />
        <ul className="pieces">
          {packages.map(({ name, version, sha256s }) => (
            <li key={name} className="row small">
              <span className="mono strong grow ellipsis">{name}</span>
              <span className="mono">{version}</span>
              <span className="mono dim" title={sha256s.join('\n')}>
                {sha256s.length === 1 ? sha256s[0]?.slice(0, 8) : formatAmount(sha256s.length, 'hash', 'hashes')}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <Wheelhouse environment={environment} />
    </Panel>
  );
}
