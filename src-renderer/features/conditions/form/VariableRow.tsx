import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import type { VariableType } from '../../../../src-shared/model/condition.ts';
import { Button } from '../../../kit/Button.tsx';
import { TYPE_WORDS, type Row } from '../model/draft.ts';
import { ValueField } from './ValueField.tsx';

interface Props {
  readonly row: Row;
  readonly wrong: string | undefined;
  readonly onChange: (part: Partial<Row>) => void;
  readonly onRemove: () => void;
}

const TYPES = Object.keys(TYPE_WORDS) as VariableType[];

export function VariableRow({ row, wrong, onChange, onRemove }: Props): ReactElement {
  const name = row.name === '' ? 'the new variable' : row.name;
  return (
    <div className="variable-own" role="row">
      <div className="variable-line" role="presentation">
        <span role="cell" className="field">
          <input
            className="mono"
            aria-label={`Name of ${name}`}
            aria-invalid={wrong !== undefined}
            value={row.name}
            placeholder="LIMIT"
            spellCheck={false}
            autoFocus={row.name === '' && row.text === ''}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
        </span>
        <span role="cell">
          <select
            className="plain-select"
            aria-label={`Type of ${name}`}
            value={row.type}
            onChange={(event) => {
              const type = TYPES.find((each) => each === event.currentTarget.value);
              if (type !== undefined) onChange({ type, text: textFor(type, row), stored: null });
            }}
          >
            {TYPES.map((type) => (
              <option key={type} value={type}>
                {TYPE_WORDS[type]}
              </option>
            ))}
          </select>
        </span>
        <span role="cell" className="row tight">
          <ValueField row={row} name={name} onChange={(text) => onChange({ text })} />
          <Button small variant="quiet" icon={<X />} label={`Remove ${name}`} onClick={onRemove} />
        </span>
      </div>
      {wrong === undefined ? null : (
        <div className="mark-failed small variable-wrong" role="alert">
          {wrong}
        </div>
      )}
    </div>
  );
}

/** What is written stays where the new type may take it; a secret never becomes readable by another type. */
function textFor(type: VariableType, row: Row): string {
  if (row.type === 'secret') return type === 'bool' ? 'true' : '';
  if (type === 'bool') return row.text === 'false' ? 'false' : 'true';
  return row.text;
}
