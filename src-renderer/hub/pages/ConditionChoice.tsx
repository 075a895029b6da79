import type { ReactElement } from 'react';
import type { HubCondition } from '../../../src-shared/model/hub-plans.ts';

/** `id`: of a saved one, `own` for what is written here, empty for none. */
interface Chosen {
  readonly id: string;
  readonly yaml: string;
}

export const NO_CONDITION: Chosen = { id: '', yaml: '' };

interface Props {
  readonly conditions: readonly HubCondition[];
  readonly value: Chosen;
  readonly onChange: (value: Chosen) => void;
}

/** Variables of a run: none, saved ones, or written for this run only. */
export function ConditionChoice({ conditions, value, onChange }: Props): ReactElement {
  return (
    <>
      <label className="grow">
        <span className="small mid">Condition</span>
        <span className="field">
          <select value={value.id} onChange={(event) => onChange({ ...value, id: event.currentTarget.value })}>
            <option value="">none</option>
            {conditions.map(({ id, name, person }) => (
              <option key={id} value={id}>
                {name}, of {person}
              </option>
            ))}
            <option value="own">variables of this run only…</option>
          </select>
        </span>
      </label>
      {value.id === 'own' ? (
        <label className="grow">
          <span className="small mid">Variables (YAML), for this run</span>
          <textarea
            className="field mono hub-yaml"
            rows={4}
            value={value.yaml}
            onChange={(event) => onChange({ ...value, yaml: event.currentTarget.value })}
          />
        </label>
      ) : null}
    </>
  );
}
