import { Download } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import type { Environment } from '../../../../src-shared/model/library.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client, face } from '../../../bridge/client.ts';
import { Button } from '../../../kit/Button.tsx';
import { exportWheelhouse } from '../arriving.ts';

/** Everything that another computer needs to build the same without an index. */
export function Wheelhouse({ environment: { lockHash, packages } }: { readonly environment: Environment }): ReactElement {
  const [path, setPath] = useState<string | null>(null);
  const pick = async (): Promise<void> => {
    const picked = await client.desktop.pickSavePath({ suggestedName: `wheelhouse-${lockHash.slice(0, 8)}.zip` });
    if (picked.path !== null) void exportWheelhouse(lockHash, picked.path);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (path === null || path.trim() === '') return;
    void exportWheelhouse(lockHash, path.trim());
    setPath(null);
  };
  return (
    <form className="column detail-foot wheelhouse" onSubmit={submit}>
      <div className="row">
        <div className="grow">
          <div className="strong">Wheelhouse</div>
          <div className="dim small">{formatAmount(packages.length, 'wheel')} with hashes: builds the same environment with no index.</div>
        </div>
        {path === null ? (
          <Button icon={<Download />} onClick={() => (face === 'desktop' ? void pick() : setPath(''))}>
            Export
          </Button>
        ) : null}
      </div>
      {path === null ? null : (
        <div className="row">
          <span className="field grow">
            <input
              autoFocus
              className="mono"
              aria-label="Where to write it on the harness’s computer"
              placeholder="/home/ada/wheels.zip"
              value={path}
              spellCheck={false}
              onChange={(event) => setPath(event.currentTarget.value)}
            />
          </span>
          <Button submits disabledReason={path.trim() === '' ? 'Write a path first' : null}>
            Export
          </Button>
        </div>
      )}
    </form>
  );
}
