import { Link2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { ImageSource } from '../../src-shared/model/recipe.ts';
import { Button } from './Button.tsx';

interface Props {
  readonly value: ImageSource | undefined;
  readonly onChange: (source: ImageSource | undefined) => void;
}

const SHA256 = /^[0-9a-f]{64}$/u;

/** Where the run fetches its image from when the library has not got it; nothing is handed on until both are said. */
export function ImageSourceField({ value, onChange }: Props): ReactElement {
  const [open, setOpen] = useState(value !== undefined);
  const [written, setWritten] = useState({ url: value?.url ?? '', sha256: value?.sha256 ?? '' });
  const write = (part: Partial<typeof written>): void => {
    const next = { ...written, ...part };
    setWritten(next);
    const source = { url: next.url.trim(), sha256: next.sha256.trim().toLowerCase() };
    onChange(lackOf(source) === null && source.url !== '' ? source : undefined);
  };
  if (!open)
    return (
      <span>
        <Button variant="quiet" small icon={<Link2 />} onClick={() => setOpen(true)}>
          Fetch it from an address
        </Button>
      </span>
    );
  const lack = lackOf({ url: written.url.trim(), sha256: written.sha256.trim().toLowerCase() });
  return (
    <div className="column tight">
      <span className="field">
        <input
          className="mono"
          aria-label="Address of the image"
          placeholder="https://mirror.example/debian-12.iso"
          value={written.url}
          spellCheck={false}
          onChange={(event) => write({ url: event.currentTarget.value })}
        />
      </span>
      <span className="field">
        <input
          className="mono"
          aria-label="sha256 of the image"
          placeholder="sha256, as its maker says it"
          value={written.sha256}
          spellCheck={false}
          onChange={(event) => write({ sha256: event.currentTarget.value })}
        />
      </span>
      <span className="dim small">{lack ?? 'The run fetches it before a machine is touched, unless the library has it.'}</span>
    </div>
  );
}

/** What is still missing, in words; null: nothing, or nothing was said at all. */
function lackOf({ url, sha256 }: ImageSource): string | null {
  if (url === '' && sha256 === '') return null;
  if (!/^https?:\/\/./iu.test(url)) return 'Not used yet: the address begins with https:// or http://.';
  if (!SHA256.test(sha256)) return 'Not used yet: a sha256 has 64 digits and letters from a to f.';
  return null;
}
