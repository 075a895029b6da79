import type { ReactElement } from 'react';
import { bringWords, type BringLimits } from '../../../src-shared/model/bring-limits.ts';
import type { HubTestData } from '../../../src-shared/model/hub-runs.ts';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import { SectionHead } from '../../kit/Page.tsx';
import type { BringingChoice } from '../bringing-choice.ts';

interface Props {
  readonly choice: BringingChoice;
  readonly onChange: (choice: BringingChoice) => void;
  readonly libraries: readonly HubTestData[];
  readonly images: readonly HubTestData[];
  /** Null where no lab is chosen yet. */
  readonly limits: BringLimits | null;
  readonly problems: readonly string[];
}

/** Libraries and an image of a run, and what the lab takes of that. */
export function BringingFields({ choice, onChange, libraries, images, limits, problems }: Props): ReactElement {
  const tick = (id: string, chosen: boolean): void =>
    onChange({ ...choice, libraryIds: chosen ? [...choice.libraryIds, id] : choice.libraryIds.filter((each) => each !== id) });
  return (
    <section aria-label="Libraries and image">
      <SectionHead title="Libraries and image" about={limits === null ? undefined : `this lab takes ${bringWords(limits)}`} ruled />
      {libraries.length === 0 ? null : (
        <div className="hub-form" role="group" aria-label="Libraries">
          {libraries.map(({ id, name, fileName }) => (
            <label key={id} className="hub-tick">
              <input type="checkbox" checked={choice.libraryIds.includes(id)} onChange={(event) => tick(id, event.currentTarget.checked)} />
              {name} {name === fileName ? null : <span className="dim small mono">{fileName}</span>}
            </label>
          ))}
        </div>
      )}
      <div className="hub-form">
        <label className="grow">
          <span className="small mid">Libraries by name, as pip takes them</span>
          <span className="field">
            <input
              className="mono"
              value={choice.requirements}
              onChange={(event) => onChange({ ...choice, requirements: event.currentTarget.value })}
            />
          </span>
        </label>
        <label className="grow">
          <span className="small mid">Install the machines from</span>
          <span className="field">
            <select value={choice.imageId} onChange={(event) => onChange({ ...choice, imageId: event.currentTarget.value })}>
              <option value="">nothing, take them as they are</option>
              {images.map(({ id, name, size }) => (
                <option key={id} value={id}>
                  {name}, {formatBytes(size)}
                </option>
              ))}
            </select>
          </span>
        </label>
        {choice.imageId === '' ? null : (
          <label>
            <span className="small mid">By the recipe (built-in, or a file of the suites)</span>
            <span className="field">
              <input
                className="mono"
                value={choice.recipe}
                onChange={(event) => onChange({ ...choice, recipe: event.currentTarget.value })}
              />
            </span>
          </label>
        )}
      </div>
      {problems.length === 0 ? null : (
        <ul className="hub-body small mark-failed" role="alert">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
