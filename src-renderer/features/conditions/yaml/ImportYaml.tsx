import { Textarea, TextInput } from '@mantine/core';
import { FileInput } from 'lucide-react';
import { useRef, useState, type ChangeEvent, type FormEvent, type ReactElement } from 'react';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState, Note } from '../../../kit/States.tsx';

interface Props {
  readonly onDone: () => void;
  readonly onImported: (id: string) => void;
}

/** A variable file, or what an export wrote: chosen or pasted. What was not taken over is said. */
export function ImportYaml({ onDone, onImported }: Props): ReactElement {
  const file = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [yaml, setYaml] = useState('');
  const [notes, setNotes] = useState<readonly string[]>([]);
  const load = useAction(async () => {
    const wanted = name.trim();
    const imported = await client.conditions.import({ yaml, ...(wanted === '' ? {} : { name: wanted }) });
    setNotes(imported.notes);
    onImported(imported.condition.id);
    if (imported.notes.length === 0) onDone();
  });
  const read = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [chosen] = event.currentTarget.files ?? [];
    if (chosen === undefined) return;
    setName(chosen.name.replace(/\.(?:condition\.)?(?:ya?ml|txt)$/iu, ''));
    setYaml(await chosen.text());
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (yaml.trim() !== '') void load.run();
  };
  return (
    <form className="column import-yaml" aria-label="Import YAML" onSubmit={submit}>
      <div className="row">
        <TextInput
          className="grow"
          aria-label="Name of the condition"
          placeholder="Name; a file of an export has one"
          value={name}
          spellCheck={false}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button icon={<FileInput />} onClick={() => file.current?.click()}>
          Choose a file
        </Button>
        <input ref={file} type="file" hidden accept=".yaml,.yml,.txt" aria-label="YAML file" onChange={(event) => void read(event)} />
      </div>
      <Textarea
        aria-label="YAML"
        placeholder={'LIMIT: 1200\nFANS: [FAN 1, FAN 2]'}
        value={yaml}
        autosize
        minRows={4}
        maxRows={12}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        onChange={(event) => setYaml(event.currentTarget.value)}
      />
      {load.problem === null ? null : <ErrorState problem={load.problem} />}
      {notes.length === 0 ? null : (
        <Note tone="warn">
          {notes.map((note) => (
            <div key={note}>{note}</div>
          ))}
        </Note>
      )}
      <div className="row">
        <span className="dim small grow">The same name again replaces its variables. Secrets are never in a file.</span>
        <Button variant="quiet" onClick={onDone}>
          {notes.length === 0 ? 'Cancel' : 'Close'}
        </Button>
        <Button submits busy={load.busy} disabledReason={yaml.trim() === '' ? 'Choose a file or paste its text' : null}>
          Import
        </Button>
      </div>
    </form>
  );
}
