import { ChevronDown, FileCode, Folder } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Mark } from '../../kit/marks.ts';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';

const SAMPLE: readonly (readonly [Mark, string])[] = [
  ['passed', 'Inventory'],
  ['passed', 'Power'],
  ['failed', 'Sensors'],
  ['running', 'Files'],
  ['notRun', 'Checks'],
];

/** Pictures of what comes next; they are drawn, not read from anywhere. */
export function SampleArt(): ReactElement {
  return (
    <div className="art-lines">
      {SAMPLE.map(([mark, name]) => (
        <div key={name}>
          <VerdictIcon mark={mark} decorative />
          {name}
        </div>
      ))}
    </div>
  );
}

export function SuitesArt(): ReactElement {
  return (
    <div className="art-lines">
      <div>
        <ChevronDown className="tiny" />
        <Folder className="small" />
        suites
        <span className="dim">41 cases</span>
      </div>
      {[
        ['01__login.robot', '12'],
        ['02__power.robot', '9'],
        ['variables.yaml', ''],
      ].map(([name, count]) => (
        <div key={name} className="below">
          <FileCode className="small" />
          {name}
          <span className="dim">{count}</span>
        </div>
      ))}
    </div>
  );
}

export function MachineArt(): ReactElement {
  return (
    <div className="art-lines">
      {[
        ['name', 'dl380-07'],
        ['address', '10.20.4.17'],
        ['password', '••••••••'],
        ['tags', 'lab-a, uefi'],
      ].map(([key, value]) => (
        <div key={key}>
          <span className="dim art-key">{key}</span>
          <span className="mono">{value}</span>
        </div>
      ))}
    </div>
  );
}
