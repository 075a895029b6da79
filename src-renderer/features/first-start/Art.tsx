import { ChevronDown, FileCode, Folder } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Mark } from '../../kit/marks.ts';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { VerdictStrip } from '../../kit/VerdictStrip.tsx';

const SAMPLE: readonly (readonly [Mark, string, string])[] = [
  ['passed', 'First steps', '0.4 s'],
  ['failed', 'Fails on purpose', '1.2 s'],
  ['skipped', 'Skips by itself', '0 s'],
  ['running', 'Takes its time', '8 s'],
];

/** Pictures of what comes next; they are drawn, not read from anywhere. */
export function SampleArt(): ReactElement {
  return (
    <div className="art-lines">
      {SAMPLE.map(([mark, name, time]) => (
        <div key={name}>
          <VerdictIcon mark={mark} decorative />
          {name}
          <span className="dim figures">{time}</span>
        </div>
      ))}
      <div className="dim">
        <VerdictStrip verdicts={['passed', 'passed', 'failed', 'passed', 'passed', 'running']} />
      </div>
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
