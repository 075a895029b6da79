import type { ReactElement } from 'react';
import { Button } from '../../../kit/Button.tsx';
import type { FieldDraft } from '../model/draft.ts';

interface Props {
  readonly field: FieldDraft;
  /** How the field is called: its own name or its place. */
  readonly name: string;
  readonly onChange: (field: FieldDraft) => void;
}

/** The value, typed by its kind. */
export function FieldValue({ field, name, onChange }: Props): ReactElement {
  if (field.kind === 'secret') return <Secret field={field} name={name} onChange={onChange} />;
  if (field.kind === 'boolean') {
    return (
      <select
        className="select grow"
        aria-label={`Value of ${name}`}
        value={field.text === 'true' || field.text === 'false' ? field.text : ''}
        onChange={(event) => onChange({ ...field, text: event.currentTarget.value })}
      >
        <option value="">not set</option>
        <option value="true">yes</option>
        <option value="false">no</option>
      </select>
    );
  }
  return (
    <span className="field grow">
      <input
        className={field.kind === 'address' ? 'mono' : field.kind === 'number' ? 'figures' : ''}
        inputMode={field.kind === 'number' ? 'decimal' : 'text'}
        aria-label={`Value of ${name}`}
        placeholder={field.kind === 'address' ? '10.20.4.17 or host.lab' : field.kind === 'number' ? '8' : ''}
        value={field.text}
        maxLength={10_000}
        spellCheck={false}
        onChange={(event) => onChange({ ...field, text: event.currentTarget.value })}
      />
    </span>
  );
}

/** A stored secret is kept or replaced, never shown. */
function Secret({ field, name, onChange }: Props): ReactElement {
  if (field.stored !== null && field.secret === null) {
    return (
      <span className="row grow tight">
        <span className="dim tiny grow ellipsis">stored, not shown</span>
        <Button small label={`Replace the secret ${name}`} onClick={() => onChange({ ...field, secret: '' })}>
          Replace
        </Button>
      </span>
    );
  }
  return (
    <span className="row grow tight">
      <span className="field grow">
        <input
          type="password"
          autoComplete="new-password"
          aria-label={`New value of ${name}`}
          placeholder={field.stored === null ? 'not stored yet' : 'empty removes it'}
          value={field.secret ?? ''}
          maxLength={10_000}
          onChange={(event) => onChange({ ...field, secret: event.currentTarget.value })}
        />
      </span>
      {field.stored === null ? null : (
        <Button small variant="quiet" label={`Keep the stored secret ${name}`} onClick={() => onChange({ ...field, secret: null })}>
          Keep
        </Button>
      )}
    </span>
  );
}
