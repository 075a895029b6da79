import type { ReactElement } from 'react';
import { LoadingShape } from '../../kit/States.tsx';
import { SectionTitle } from './General.tsx';
import { NumberField, Setting, useChange, useSettings } from './Setting.tsx';
import { Segments } from '../../kit/Segments.tsx';

const MINUTE = 60_000;
const USUAL_LIMIT = 60;

export function RunSettings(): ReactElement {
  const settings = useSettings();
  const workers = useChange();
  const grace = useChange();
  const limit = useChange();
  if (settings === null) return <LoadingShape />;
  const minutes = settings.defaultTimeLimitMs === null ? null : Math.max(1, Math.round(settings.defaultTimeLimitMs / MINUTE));
  return (
    <>
      <SectionTitle title="Runs and workers" />
      <div className="setting-list">
        <Setting
          title="Runs at the same time"
          about="More runs wait in the queue. Two runs never share a machine, however many workers there are."
        >
          <NumberField
            label="Runs at the same time"
            value={settings.workers}
            limits={[1, 64]}
            unit="workers"
            onCommit={(value) => workers.change({ workers: value })}
          />
          {workers.said}
        </Setting>
        <Setting
          title="Grace of a stopped run"
          about="A stopped run is asked to end so that tear-downs run and the report is written. After this time it is asked again, then ended."
        >
          <NumberField
            label="Grace of a stopped run"
            value={settings.stopGraceSeconds}
            limits={[1, 3600]}
            unit="seconds"
            onCommit={(value) => grace.change({ stopGraceSeconds: value })}
          />
          {grace.said}
        </Setting>
        <Setting
          title="Time limit of a run"
          about="For runs that bring no limit of their own. A run over its limit ends in error, cause: time limit."
        >
          <Segments
            label="Time limit"
            value={minutes === null ? 'none' : 'limited'}
            segments={[
              { value: 'none', label: 'None' },
              { value: 'limited', label: 'After' },
            ]}
            onChange={(value) => limit.change({ defaultTimeLimitMs: value === 'none' ? null : USUAL_LIMIT * MINUTE })}
          />
          {minutes === null ? null : (
            <NumberField
              label="Minutes a run may take"
              value={minutes}
              limits={[1, 20_160]}
              unit="minutes"
              onCommit={(value) => limit.change({ defaultTimeLimitMs: value * MINUTE })}
            />
          )}
          {limit.said}
        </Setting>
      </div>
    </>
  );
}
