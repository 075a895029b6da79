import { Plus, X } from 'lucide-react';
import type { ReactElement } from 'react';
import type { FieldKind } from '../../../../src-shared/model/sut.ts';
import { Button } from '../../../kit/Button.tsx';
import { emptyField, type FieldDraft } from '../model/draft.ts';
import { FieldValue } from './FieldValue.tsx';

interface Props {
  readonly fields: readonly FieldDraft[];
  readonly obstacles: ReadonlyMap<string, string>;
  readonly onChange: (fields: readonly FieldDraft[]) => void;
}

const KINDS: Readonly<Record<FieldKind, string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  address: 'Address',
  secret: 'Secret',
};

/** What suites are told about the machine: name, kind and value of each field. */
export function Fields({ fields, obstacles, onChange }: Props): ReactElement {
  const change = (changed: FieldDraft): void => onChange(fields.map((field) => (field.id === changed.id ? changed : field)));
  return (
    <section aria-label="Information">
      <div className="form-label">Information</div>
      <div className="dim small form-about">
        Suites read it as <span className="mono">{'${SUTs}[name][field]'}</span>. Secrets are kept apart and never shown.
      </div>
      <ul className="field-rows">
        {fields.map((field, place) => (
          <li key={field.id}>
            <Row
              field={field}
              place={place + 1}
              wrong={obstacles.get(field.id)}
              onChange={change}
              onRemove={() => onChange(fields.filter(({ id }) => id !== field.id))}
            />
          </li>
        ))}
      </ul>
      <Button small icon={<Plus />} onClick={() => onChange([...fields, emptyField(crypto.randomUUID())])}>
        Add field
      </Button>
    </section>
  );
}

interface RowProps {
  readonly field: FieldDraft;
  readonly place: number;
  readonly wrong: string | undefined;
  readonly onChange: (field: FieldDraft) => void;
  readonly onRemove: () => void;
}

function Row({ field, place, wrong, onChange, onRemove }: RowProps): ReactElement {
  const name = field.key.trim() === '' ? `field ${place}` : field.key.trim();
  return (
    <>
      <div className="field-row">
        <span className="field">
          <input
            aria-label={`Name of field ${place}`}
            aria-invalid={wrong !== undefined}
            value={field.key}
            placeholder="name"
            maxLength={100}
            spellCheck={false}
            onChange={(event) => onChange({ ...field, key: event.currentTarget.value })}
          />
        </span>
        <select
          className="select"
          aria-label={`Kind of ${name}`}
          value={field.kind}
          onChange={(event) => onChange({ ...field, kind: event.currentTarget.value as FieldKind })}
        >
          {Object.entries(KINDS).map(([kind, word]) => (
            <option key={kind} value={kind}>
              {word}
            </option>
          ))}
        </select>
        <FieldValue field={field} name={name} onChange={onChange} />
        <Button variant="quiet" small icon={<X />} label={`Remove ${name}`} onClick={onRemove} />
      </div>
      {wrong === undefined ? null : (
        <div className="small mark-failed" role="alert">
          {wrong}
        </div>
      )}
    </>
  );
}
