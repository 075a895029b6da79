import { TagsInput } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { Segments } from '../../../kit/Segments.tsx';
import { ErrorState, Note } from '../../../kit/States.tsx';
import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import { useMe } from '../../../state/system.ts';
import { draftOf, emptyDraft, inputOf, isSame, obstaclesOf, type Draft } from '../model/draft.ts';
import { dropDraft, useDraft } from './draft-store.ts';
import { Endpoints } from './Endpoints.tsx';
import { Fields } from './Fields.tsx';
import { PartOf } from './PartOf.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  /** Null: a new one. */
  readonly sut: Sut | null;
  readonly onSaved: (sut: Sut) => void;
  readonly onLeave: () => void;
}

const NEW = 'new';

/** Makes or changes a machine. What is typed stays until it is saved or given up, whatever the harness answers. */
export function SutForm({ sut, onSaved, onLeave }: Props): ReactElement {
  const id = sut?.id ?? NEW;
  const [{ draft, base }, setDraft] = useDraft(id, sut === null ? emptyDraft() : draftOf(sut), sut === null);
  const [tried, setTried] = useState(false);
  const obstacles = obstaclesOf(draft);
  const save = useAction(() => (sut === null ? client.suts.create(inputOf(draft)) : client.suts.update({ ...inputOf(draft), id: sut.id })));
  const submit = async (): Promise<void> => {
    setTried(true);
    if (obstacles.size > 0) return;
    const saved = await save.run();
    if (saved === null) return;
    dropDraft(id);
    onSaved(saved);
  };
  const leave = (): void => {
    dropDraft(id);
    onLeave();
  };
  useHotkeys([{ keys: 'mod+enter', label: 'Save', run: () => void submit(), whileTyping: true }]);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  const shown = tried ? obstacles : new Map<string, string>();
  return (
    <form className="column grow" aria-label={sut === null ? 'Add a machine' : `Edit ${sut.name}`} onSubmit={onSubmit} noValidate>
      <div className="scroll grow sut-form">
        {base !== null && sut !== null && !isSame(base, draftOf(sut)) ? (
          <Note tone="warn" actions={<ReadAgain onClick={() => dropDraft(id)} />}>
            {sut.name} was changed meanwhile. Saving replaces those changes by yours.
          </Note>
        ) : null}
        <Facts draft={draft} wrongName={shown.get('name')} isNew={sut === null} onChange={setDraft} />
        <PartOf id={sut?.id ?? null} parentId={draft.parentId} onChange={(parentId) => setDraft({ ...draft, parentId })} />
        <Endpoints endpoints={draft.endpoints} obstacles={shown} onChange={(endpoints) => setDraft({ ...draft, endpoints })} />
        <Fields fields={draft.fields} obstacles={shown} onChange={(fields) => setDraft({ ...draft, fields })} />
      </div>
      <div className="form-foot">
        {save.problem === null ? null : <ErrorState problem={save.problem} />}
        <div className="row">
          <Button variant="primary" submits busy={save.busy} keys="mod+enter">
            {sut === null ? 'Add machine' : 'Save changes'}
          </Button>
          <Button variant="quiet" onClick={leave}>
            {sut === null ? 'Cancel' : 'Discard changes'}
          </Button>
          {tried && obstacles.size > 0 ? (
            <span className="small mark-failed" role="status">
              {obstacles.size === 1 ? 'One entry' : `${obstacles.size} entries`} to repair
            </span>
          ) : null}
        </div>
      </div>
    </form>
  );
}

function ReadAgain({ onClick }: { readonly onClick: () => void }): ReactElement {
  return (
    <Button small onClick={onClick}>
      Begin again
    </Button>
  );
}

interface FactsProps {
  readonly draft: Draft;
  readonly wrongName: string | undefined;
  readonly isNew: boolean;
  readonly onChange: (draft: Draft) => void;
}

function Facts({ draft, wrongName, isNew, onChange }: FactsProps): ReactElement {
  const me = useMe();
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        wrong={wrongName}
        autoFocus={isNew}
        placeholder="dl380-07"
        about={isNew ? 'As people call it. Suites and runs name it so.' : undefined}
        onChange={(name) => onChange({ ...draft, name })}
      />
      <div>
        <div className="form-label">Role</div>
        <Segments
          label="Role"
          value={draft.role}
          segments={[
            { value: 'sut', label: 'Machine under test' },
            { value: 'environment', label: 'Test environment' },
          ]}
          onChange={(role) => onChange({ ...draft, role })}
        />
        <div className="dim small form-about">
          {draft.role === 'sut'
            ? 'One run at a time has it; people hold it.'
            : 'Used by tests, never held, powered or provisioned by a run.'}
        </div>
      </div>
      <TagsInput
        label="Tags"
        placeholder={draft.tags.length === 0 ? 'Rack, model, lab' : ''}
        value={[...draft.tags]}
        maxTags={100}
        acceptValueOnBlur
        onChange={(tags) => onChange({ ...draft, tags })}
      />
      <TextField
        label="Maintained by"
        value={draft.maintainedBy}
        placeholder={me ?? ''}
        about="Looks after it, and can release it from others."
        onChange={(maintainedBy) => onChange({ ...draft, maintainedBy })}
      />
    </>
  );
}
