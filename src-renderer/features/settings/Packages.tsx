import type { ReactElement } from 'react';
import type { Settings } from '../../../src-shared/model/system.ts';
import { Setting, TextField, useChange } from './Setting.tsx';

interface Props {
  readonly settings: Settings;
}

/** Where test libraries come from, and what installs them. */
export function Packages({ settings }: Props): ReactElement {
  const version = useChange();
  const index = useChange();
  const folders = useChange();
  const uv = useChange();
  return (
    <>
      <Setting
        title="Robot Framework of new environments"
        about="Locks that are made from now on have this version; what was locked before keeps its own."
      >
        <TextField
          label="Robot Framework of new environments"
          mono
          value={settings.robotVersion}
          onCommit={(robotVersion) => version.change({ robotVersion })}
        />
        {version.said}
      </Setting>
      <Setting
        title="Package index"
        about="The only index that is asked for test libraries. Left empty, what pip and uv are set to on this machine holds. User and password belong in your netrc file."
      >
        <TextField
          label="Package index"
          mono
          value={settings.packageIndexUrl ?? ''}
          placeholder="as this machine is set"
          onCommit={(url) => index.change({ packageIndexUrl: url === '' ? null : url })}
        />
        {index.said}
      </Setting>
      <Setting
        title="Folders with wheels"
        about="Looked at besides the index, on the machine of the workbench. Several are separated by semicolons."
      >
        <TextField
          label="Folders with wheels"
          mono
          value={settings.packageFolders.join('; ')}
          placeholder="none"
          onCommit={(text) => folders.change({ packageFolders: listFrom(text) })}
        />
        {folders.said}
      </Setting>
      <Setting
        title="uv"
        about="The program that solves and installs in a moment. Left empty, the one on the PATH is taken; where there is none, pip does the same, slower."
      >
        <TextField
          label="uv"
          mono
          value={settings.uvPath ?? ''}
          placeholder="found by itself"
          onCommit={(path) => uv.change({ uvPath: path === '' ? null : path })}
        />
        {uv.said}
      </Setting>
    </>
  );
}

function listFrom(text: string): string[] {
  return text
    .split(';')
    .map((folder) => folder.trim())
    .filter((folder) => folder !== '');
}
