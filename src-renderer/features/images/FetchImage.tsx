import { Popover } from '@mantine/core';
import { Link2 } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/States.tsx';

const FIELDS = [
  { key: 'url', label: 'Address of the image', placeholder: 'https://mirror.example/debian-12.iso', mono: true },
  { key: 'check', label: 'Its sha256, or the address of a checksum file', placeholder: 'sha256, or https://…/SHA256SUMS', mono: true },
  { key: 'name', label: 'Name', placeholder: 'Name; else that of the file', mono: false },
  { key: 'revision', label: 'Revision', placeholder: 'Revision, like 12.11', mono: false },
  { key: 'category', label: 'Category', placeholder: 'Category, like installers', mono: false },
] as const;
type Words = Readonly<Record<(typeof FIELDS)[number]['key'], string>>;
const NOTHING: Words = { url: '', check: '', name: '', revision: '', category: '' };

/** The harness fetches it by itself, over cut lines and restarts. */
export function FetchImage({ initiallyOpen }: { readonly initiallyOpen: boolean }): ReactElement {
  const [open, setOpen] = useState(initiallyOpen);
  return (
    <Popover opened={open} onChange={setOpen} width={460} position="bottom-end" trapFocus returnFocus closeOnEscape withRoles={false}>
      <Popover.Target>
        <span>
          <Button icon={<Link2 />} expanded={open} onClick={() => setOpen(!open)}>
            From an address
          </Button>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Fetch image">
        <Form onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Form({ onDone }: { readonly onDone: () => void }): ReactElement {
  const [words, setWords] = useState(NOTHING);
  const fetching = useAction(() => client.images.fetch(wishOf(words)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (words.url.trim() === '') return;
    void fetching.run().then((arrival) => (arrival === null ? undefined : onDone()));
  };
  return (
    <form className="column fetch-image" onSubmit={submit}>
      {FIELDS.map(({ key, label, placeholder, mono }, index) => (
        <span key={key} className="field">
          <input
            autoFocus={index === 0}
            className={mono ? 'mono' : ''}
            aria-label={label}
            placeholder={placeholder}
            value={words[key]}
            spellCheck={false}
            onChange={(event) => setWords({ ...words, [key]: event.currentTarget.value })}
          />
        </span>
      ))}
      {fetching.problem === null ? null : <ErrorState problem={fetching.problem} />}
      <div className="row">
        <span className="dim small grow">Without a checksum nobody knows whether it is what its maker gave out.</span>
        <Button submits busy={fetching.busy} disabledReason={words.url.trim() === '' ? 'Write the address first' : null}>
          Fetch now
        </Button>
      </div>
    </form>
  );
}

function wishOf({ url, check, name, revision, category }: Words): Parameters<typeof client.images.fetch>[0] {
  const said = check.trim();
  const checksum = said === '' ? {} : /^https?:/iu.test(said) ? { checksumUrl: said } : { sha256: said.toLowerCase() };
  const named = name.trim() === '' ? {} : { name: name.trim() };
  return { url: url.trim(), revision: revision.trim(), category: category.trim(), ...named, ...checksum };
}
