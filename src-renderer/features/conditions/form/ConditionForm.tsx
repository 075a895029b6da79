import { Select, Textarea, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useId, useState, type ReactElement } from 'react';
import type { TestCondition } from '../../../../src-shared/model/condition.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { Panel } from '../../../kit/Page.tsx';
import { ErrorState, Note } from '../../../kit/States.tsx';
import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import { draftOf, EMPTY_DRAFT, readDraft, type Draft } from '../model/draft.ts';
import { ConditionVerbs } from './ConditionVerbs.tsx';
import { Variables } from './Variables.tsx';

interface Props {
  /** Null: a new one. */
  readonly condition: TestCondition | null;
  readonly list: readonly TestCondition[];
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}

/** One condition as a form; what is not saved yet is told and stays until it is saved or taken back. */
export function ConditionForm({ condition, list, onClose, onSaved }: Props): ReactElement {
  const id = useId();
  const saved = condition === null ? EMPTY_DRAFT : draftOf(condition);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [told, setTold] = useState(false);
  const shown = draft ?? saved;
  const change = (part: Partial<Draft>): void => setDraft({ ...shown, ...part });
  const { input, wrong } = readDraft(shown);
  const save = useAction(async () => {
    setTold(true);
    if (input === null) return;
    const kept =
      condition === null ? await client.conditions.create(input) : await client.conditions.update({ id: condition.id, content: input });
    setDraft(null);
    setTold(false);
    onSaved(kept.id);
  });
  useHotkeys([{ keys: 'mod+s', label: 'Save the condition', whileTyping: true, run: () => void save.run() }]);
  const parents = list.filter((each) => each.id !== condition?.id).map((each) => ({ value: each.id, label: each.name }));
  const title = condition?.name ?? 'New condition';
  return (
    <Panel label={title}>
      <div className="row detail-title">
        <h2 className="panel-title ellipsis grow">{title}</h2>
        {condition === null ? null : <ConditionVerbs condition={condition} onRemoved={onClose} />}
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      <div className="scroll grow">
        {condition?.problem == null ? null : (
          <div className="detail-note">
            <Note tone="warn">
              <span className="strong">This condition cannot be used.</span> <span className="mid">{condition.problem}</span>
            </Note>
          </div>
        )}
        <div className="column condition-fields">
          <TextInput
            id={`${id}name`}
            label="Name"
            value={shown.name}
            maxLength={200}
            spellCheck={false}
            autoFocus={condition === null}
            error={told ? wrong.get('name') : undefined}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Select
            label="Inherits from"
            placeholder="nothing"
            data={parents}
            value={shown.parentId}
            clearable
            searchable={parents.length > 8}
            onChange={(parentId) => change({ parentId })}
          />
          <Textarea
            label="What for"
            value={shown.doc}
            autosize
            minRows={1}
            maxRows={5}
            onChange={(event) => change({ doc: event.currentTarget.value })}
          />
        </div>
        <Variables
          draft={shown}
          change={change}
          wrong={told ? wrong : new Map()}
          parent={list.find((each) => each.id === shown.parentId)}
        />
      </div>
      <Foot
        dirty={draft !== null}
        busy={save.busy}
        problems={told ? wrong.size : 0}
        onSave={() => void save.run()}
        onBack={() => {
          setDraft(null);
          setTold(false);
          save.clear();
        }}
      />
      {save.problem === null ? null : (
        <div className="detail-note">
          <ErrorState problem={save.problem} />
        </div>
      )}
    </Panel>
  );
}

interface FootProps {
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly problems: number;
  readonly onSave: () => void;
  readonly onBack: () => void;
}

function Foot({ dirty, busy, problems, onSave, onBack }: FootProps): ReactElement {
  return (
    <div className="row detail-foot">
      <span className={`small grow ${problems > 0 ? 'mark-failed' : 'dim'}`} role="status">
        {problems > 0 ? 'Some values need repair, see above.' : dirty ? 'Not saved yet' : ''}
      </span>
      {dirty ? (
        <Button variant="quiet" onClick={onBack}>
          Take back
        </Button>
      ) : null}
      <Button variant="primary" keys="mod+s" busy={busy} disabledReason={dirty ? null : 'Nothing is changed'} onClick={onSave}>
        Save
      </Button>
    </div>
  );
}
