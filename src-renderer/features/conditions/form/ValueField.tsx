import { Textarea } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Row } from '../model/draft.ts';

interface Props {
  readonly row: Row;
  readonly name: string;
  readonly onChange: (text: string) => void;
}

/** The value in the shape of its type. */
export function ValueField({ row, name, onChange }: Props): ReactElement {
  const label = `Value of ${name}`;
  if (row.type === 'none') return <span className="dim small grow">no value: Robot’s None</span>;
  if (row.type === 'bool')
    return (
      <select className="plain-select grow" aria-label={label} value={row.text} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="true">true</option>
        <option value="false">false</option>
      </select>
    );
  if (row.type === 'secret')
    return (
      <span className="field grow">
        <input
          type="password"
          autoComplete="new-password"
          aria-label={label}
          value={row.text}
          placeholder={row.stored === null ? 'not stored yet: write it' : 'stored; write to replace it'}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </span>
    );
  if (row.type === 'int' || row.type === 'float')
    return (
      <span className="field grow">
        <input
          className="figures"
          inputMode="decimal"
          aria-label={label}
          value={row.text}
          spellCheck={false}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </span>
    );
  return (
    <Textarea
      className="grow"
      aria-label={label}
      value={row.text}
      autosize
      minRows={1}
      maxRows={6}
      spellCheck={false}
      placeholder={row.type === 'list' ? '["FAN 1", "FAN 2"]' : row.type === 'dict' ? '{"low": 10, "high": 40}' : ''}
      classNames={{ input: 'mono' }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
