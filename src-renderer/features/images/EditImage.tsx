import { useState, type FormEvent, type ReactElement } from 'react';
import type { Image } from '../../../src-shared/model/image.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/States.tsx';

/** Plans find an image by its name and revision, so both can be changed only here and on purpose. */
export function EditImage({ image }: { readonly image: Image }): ReactElement {
  const { id, name, revision, category } = image;
  const [words, setWords] = useState({ name, revision, category });
  const save = useAction(() => client.images.update({ id, ...words }));
  const changed = words.name !== name || words.revision !== revision || words.category !== category;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  const field = (key: keyof typeof words, label: string): ReactElement => (
    <span className="field grow">
      <input
        aria-label={label}
        placeholder={label}
        value={words[key]}
        onChange={(event) => setWords({ ...words, [key]: event.currentTarget.value })}
      />
    </span>
  );
  return (
    <form className="row image-words" onSubmit={submit} aria-label="Name, revision and category">
      {field('name', 'Name')}
      {field('revision', 'Revision')}
      {field('category', 'Category')}
      <Button small submits busy={save.busy} disabledReason={changed ? null : 'Nothing is changed'}>
        Save
      </Button>
      {save.problem === null ? null : <ErrorState problem={save.problem} />}
    </form>
  );
}
