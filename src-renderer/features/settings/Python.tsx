import type { ReactElement } from 'react';
import { client, face } from '../../bridge/client.ts';
import { Button } from '../../kit/Button.tsx';
import { LoadingShape } from '../../kit/States.tsx';
import { useSystem } from '../../state/system.ts';
import { SectionTitle } from './General.tsx';
import { Packages } from './Packages.tsx';
import { Setting, TextField, useChange, useSettings } from './Setting.tsx';

export function Python(): ReactElement {
  const settings = useSettings();
  const robot = useSystem((state) => state.status?.robotVersion ?? null);
  const { change, said } = useChange();
  if (settings === null) return <LoadingShape />;
  const pick = async (): Promise<void> => {
    const { path } = await client.desktop.pickFile({ title: 'Python interpreter', extensions: ['*'] });
    if (path !== null) change({ pythonPath: path });
  };
  return (
    <>
      <SectionTitle title="Python and Robot" />
      <div className="setting-list">
        <Setting
          title="Python interpreter"
          about="One that has Robot Framework 6.1 or newer and the libraries your suites need. Left empty, the workbench makes an environment of its own."
        >
          <TextField
            label="Python interpreter"
            mono
            value={settings.pythonPath ?? ''}
            placeholder="made by the workbench"
            onCommit={(path) => change({ pythonPath: path === '' ? null : path })}
          />
          <div className="row">
            {face === 'desktop' ? (
              <Button small onClick={() => void pick()}>
                Choose a file
              </Button>
            ) : null}
            {settings.pythonPath === null ? null : (
              <Button small variant="quiet" onClick={() => change({ pythonPath: null })}>
                Use the workbench's own
              </Button>
            )}
          </div>
          {said}
        </Setting>
        <Setting title="Robot Framework" about="The version that the next run without libraries uses.">
          <span className="figures">{robot ?? 'Not known yet: it is found or installed before the first run'}</span>
        </Setting>
        <Packages settings={settings} />
      </div>
    </>
  );
}
