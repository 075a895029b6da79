import type { ReactElement } from 'react';
import type { OutlineSuite } from '../../../src-shared/model/hub-runs.ts';
import { caseKey } from '../select-cases.ts';

interface Props {
  readonly suites: readonly OutlineSuite[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

/** Suites with their cases, each to be ticked; a suite ticks all of its own. */
export function CaseTree({ suites, chosen, onChange }: Props): ReactElement {
  const set = (keys: readonly string[], wanted: boolean): void => {
    const next = new Set(chosen);
    for (const key of keys)
      if (wanted) next.add(key);
      else next.delete(key);
    onChange(next);
  };
  return (
    <ul className="hub-cases">
      {suites.map(({ path, cases }) => {
        const keys = cases.map((name) => caseKey(path, name));
        const some = keys.filter((key) => chosen.has(key)).length;
        return (
          <li key={path}>
            <label className="row tight">
              <input
                type="checkbox"
                ref={(box) => {
                  if (box !== null) box.indeterminate = some > 0 && some < keys.length;
                }}
                checked={some === keys.length}
                onChange={(event) => set(keys, event.currentTarget.checked)}
              />
              <span className="strong mono">{path}</span>
            </label>
            <ul>
              {cases.map((name, index) => (
                <li key={`${index} ${name}`}>
                  <label className="row tight">
                    <input
                      type="checkbox"
                      checked={chosen.has(caseKey(path, name))}
                      onChange={(event) => set([caseKey(path, name)], event.currentTarget.checked)}
                    />
                    {name}
                  </label>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}
