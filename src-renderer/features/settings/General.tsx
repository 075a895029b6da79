import type { ReactElement } from 'react';
import { Segments } from '../../kit/Segments.tsx';
import { LoadingShape } from '../../kit/States.tsx';
import { useSystem } from '../../state/system.ts';
import { Setting, TextField, useChange, useSettings } from './Setting.tsx';

const SCHEMES = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export function General(): ReactElement {
  const settings = useSettings();
  const info = useSystem((state) => state.info);
  const name = useChange();
  const colours = useChange();
  return (
    <>
      <SectionTitle title="General" />
      {settings === null || info === null ? (
        <LoadingShape />
      ) : (
        <div className="setting-list">
          <Setting title="Name of this harness" about="How it is called in the title bar, in reports, and by colleagues.">
            <TextField label="Name of this harness" value={settings.harnessName} onCommit={(harnessName) => name.change({ harnessName })} />
            {name.said}
          </Setting>
          <Setting title="Colours" about="Light, dark, or as the system has them.">
            <Segments
              label="Colours"
              value={settings.colorScheme}
              segments={SCHEMES}
              onChange={(colorScheme) => colours.change({ colorScheme })}
            />
            {colours.said}
          </Setting>
          <Setting
            title="Home"
            about="Everything the harness keeps is in this folder: test data, runs, reports. It is chosen when the harness starts."
          >
            <span className="mono" style={{ overflowWrap: 'anywhere' }}>
              {info.home}
            </span>
          </Setting>
          <Setting title="You" about="Runs you start and machines you hold carry this name.">
            <span>{info.user}</span>
          </Setting>
        </div>
      )}
    </>
  );
}

/** Head of a part of the settings; the page's own title stands in the list. */
export function SectionTitle({ title }: { readonly title: string }): ReactElement {
  return (
    <div className="page-head">
      <h2 className="panel-title">{title}</h2>
    </div>
  );
}
