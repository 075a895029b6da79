import { Select, Textarea, TextInput } from '@mantine/core';
import { FileInput, PencilLine, X } from 'lucide-react';
import { useId, useRef, useState, type ChangeEvent, type ReactElement } from 'react';
import { formatBytes } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { useConditions } from '../../../state/conditions.ts';
import type { Draft } from '../model/draft.ts';
import type { ChangeDraft } from '../use-draft.ts';
import { PlanRow } from './PlanRow.tsx';

/** What a condition may weigh, in bytes: the harness takes no more characters than this. */
const MOST = 10_000_000;

interface Props {
  readonly draft: Draft;
  readonly change: ChangeDraft;
}

/** A condition that the harness keeps, or one for this run alone: from a file, or written here. */
export function ConditionRow({ draft, change }: Props): ReactElement {
  const { condition, conditionId } = draft;
  const { list } = useConditions();
  const onChange = (next: Draft['condition']): void => change({ condition: next, conditionId: null });
  const file = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [chosen] = event.currentTarget.files ?? [];
    event.currentTarget.value = '';
    if (chosen === undefined) return;
    const outcome = await readCondition(chosen);
    setProblem(typeof outcome === 'string' ? outcome : null);
    if (typeof outcome !== 'string') onChange(outcome);
  };
  return (
    <PlanRow
      label="Condition"
      hint={condition === null && conditionId === null && problem === null ? 'Variables of this run. None: as the suites say.' : undefined}
    >
      {list.length > 0 && condition === null ? (
        <Select
          aria-label="Condition kept here"
          placeholder="None"
          data={list.map(({ id, name }) => ({ value: id, label: name }))}
          value={conditionId}
          clearable
          searchable={list.length > 8}
          onChange={(id) => change({ conditionId: id, condition: null })}
        />
      ) : null}
      {condition === null ? null : <Editor condition={condition} onChange={onChange} />}
      <div className="row tight wrap">
        <Button small icon={<FileInput />} onClick={() => file.current?.click()}>
          {condition === null ? 'From a file' : 'Other file'}
        </Button>
        {condition === null ? (
          <Button small variant="quiet" icon={<PencilLine />} onClick={() => onChange({ name: '', yaml: '' })}>
            Write or paste
          </Button>
        ) : (
          <Button small variant="quiet" icon={<X />} onClick={() => onChange(null)}>
            No condition
          </Button>
        )}
      </div>
      <input ref={file} type="file" hidden accept=".yaml,.yml,.txt" aria-label="Condition file" onChange={(event) => void read(event)} />
      {problem === null ? null : (
        <div className="mark-failed small" role="alert">
          {problem}
        </div>
      )}
    </PlanRow>
  );
}

interface EditorProps {
  readonly condition: NonNullable<Draft['condition']>;
  readonly onChange: (condition: Draft['condition']) => void;
}

function Editor({ condition, onChange }: EditorProps): ReactElement {
  const id = useId();
  return (
    <>
      <TextInput
        id={id}
        aria-label="Condition name"
        placeholder="Name, for instance uefi-secureboot"
        value={condition.name}
        spellCheck={false}
        autoFocus={condition.name === ''}
        onChange={(event) => onChange({ ...condition, name: event.currentTarget.value })}
      />
      <Textarea
        aria-label="Condition YAML"
        placeholder={'LIMIT: 1200\nFANS: [FAN 1, FAN 2]'}
        value={condition.yaml}
        autosize
        minRows={3}
        maxRows={10}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        onChange={(event) => onChange({ ...condition, yaml: event.currentTarget.value })}
      />
    </>
  );
}

/** The condition in a file, named after it; a sentence when it cannot be one. */
async function readCondition(file: File): Promise<NonNullable<Draft['condition']> | string> {
  if (file.size > MOST) return `${file.name} has ${formatBytes(file.size)}; a condition has at most ${formatBytes(MOST)}.`;
  try {
    const yaml = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return { name: file.name.replace(/\.(?:ya?ml|txt)$/iu, ''), yaml };
  } catch {
    return `${file.name} is not UTF-8 text. Choose a YAML file.`;
  }
}
