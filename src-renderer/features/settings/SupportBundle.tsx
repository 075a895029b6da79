import { useState, type ReactElement } from 'react';
import type { BundlePreview } from '../../../src-shared/model/support-bundle.ts';
import { formatAmount, formatBytes } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { saveAs } from '../../kit/save-as.ts';
import { ErrorState } from '../../kit/States.tsx';
import { Setting } from './Setting.tsx';

/** What somebody who helps needs to know. It is made once, read by the person, and saved as it was read. */
export function SupportBundle(): ReactElement {
  const [wish, setWish] = useState({ maskNames: false, testContent: false });
  const [preview, setPreview] = useState<BundlePreview | null>(null);
  const make = useAction(async () => setPreview(await client.system.previewBundle(wish)));
  const save = useAction(async () => {
    if (preview === null) return;
    const { fileName, content } = await client.system.takeBundle({ id: preview.id });
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    saveAs(fileName, bytes, 'application/zip');
  });
  const choose = (part: Partial<typeof wish>): void => {
    setWish({ ...wish, ...part });
    setPreview(null);
  };
  const problem = make.problem ?? save.problem;
  return (
    <Setting
      title="Support bundle"
      about="One file for somebody who helps: checks, versions, settings, the log, and what the engine said of the last runs. Secrets are left out. Read it before you send it."
    >
      <label className="row tight">
        <input type="checkbox" checked={wish.maskNames} onChange={(event) => choose({ maskNames: event.currentTarget.checked })} />
        Replace names and addresses
      </label>
      <label className="row tight">
        <input type="checkbox" checked={wish.testContent} onChange={(event) => choose({ testContent: event.currentTarget.checked })} />
        With what is tested, and consoles
      </label>
      <span className="row tight">
        <Button small busy={make.busy} onClick={() => void make.run()}>
          Show what is in it
        </Button>
        {preview === null ? null : (
          <Button small variant="primary" busy={save.busy} onClick={() => void save.run()}>
            Save {formatBytes(preview.size)}
          </Button>
        )}
      </span>
      {preview?.files.map(({ name, what, size, masked, head }) => (
        <details key={name} className="small">
          <summary>
            <span className="mono">{name}</span>{' '}
            <span className="dim">
              {what}, {formatBytes(size)}
              {masked === 0 ? '' : `, ${formatAmount(masked, 'place')} masked`}
            </span>
          </summary>
          <pre className="bundle-head">{head}</pre>
        </details>
      ))}
      {problem === null ? null : <ErrorState problem={problem} />}
    </Setting>
  );
}
