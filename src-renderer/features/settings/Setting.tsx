import { useId, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import type { Settings } from '../../../src-shared/model/system.ts';
import { useAction } from '../../bridge/use-call.ts';
import { changeSettings, useSystem } from '../../state/system.ts';

interface SettingProps {
  readonly title: string;
  /** What it changes, in a sentence. */
  readonly about: ReactNode;
  readonly children: ReactNode;
}

export function Setting({ title, about, children }: SettingProps): ReactElement {
  return (
    <section className="setting" aria-label={title}>
      <div>
        <div className="strong">{title}</div>
        <div className="dim small">{about}</div>
      </div>
      <div className="control">{children}</div>
    </section>
  );
}

export interface Change {
  readonly change: (part: Partial<Settings>) => void;
  /** What to say below the control: saved, or why not. */
  readonly said: ReactElement;
}

/** Changes take effect at once and say so; a refused one names its reason and leaves the old value. */
export function useChange(): Change {
  const [saved, setSaved] = useState(false);
  const action = useAction(changeSettings);
  const change = (part: Partial<Settings>): void => {
    setSaved(false);
    void action.run(part).then((settings) => setSaved(settings !== null));
  };
  const said = (
    <span className={`said small ${action.problem === null ? 'dim' : 'mark-failed'}`} role="status">
      {action.problem?.message ?? (action.busy ? 'Saving' : saved ? 'Saved' : '')}
    </span>
  );
  return { change, said };
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly onCommit: (value: string) => void;
}

/** Commits on Enter and on leaving; Esc brings the old text back. */
export function TextField({ label, value, placeholder = '', mono = false, onCommit }: TextFieldProps): ReactElement {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (): void => {
    if (draft !== null && draft.trim() !== value) onCommit(draft.trim());
    setDraft(null);
  };
  return (
    <label className="field">
      <input
        className={mono ? 'mono' : ''}
        aria-label={label}
        value={draft ?? value}
        placeholder={placeholder}
        spellCheck={false}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => onCommitKeys(event, commit, () => setDraft(null))}
      />
    </label>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly limits: readonly [number, number];
  readonly unit: string;
  readonly onCommit: (value: number) => void;
}

export function NumberField({ label, value, limits, unit, onCommit }: NumberFieldProps): ReactElement {
  const [draft, setDraft] = useState<string | null>(null);
  const id = useId();
  const wrong = draft !== null && !isBetween(draft, limits);
  const commit = (): void => {
    if (draft !== null && !wrong && Number(draft) !== value) onCommit(Number(draft));
    if (!wrong) setDraft(null);
  };
  return (
    <>
      <div className="row">
        <label className="field" style={{ width: 96 }}>
          <input
            type="number"
            className="figures"
            aria-label={label}
            aria-invalid={wrong}
            aria-describedby={wrong ? id : undefined}
            min={limits[0]}
            max={limits[1]}
            value={draft ?? String(value)}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onBlur={commit}
            onKeyDown={(event) => onCommitKeys(event, commit, () => setDraft(null))}
          />
        </label>
        <span className="mid">{unit}</span>
      </div>
      {wrong ? (
        <span id={id} className="small mark-failed">
          A whole number from {limits[0]} to {limits[1]}
        </span>
      ) : null}
    </>
  );
}

function isBetween(text: string, [least, most]: readonly [number, number]): boolean {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most;
}

function onCommitKeys(event: KeyboardEvent, commit: () => void, cancel: () => void): void {
  if (event.key === 'Enter') commit();
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  cancel();
}

/** The settings, or null until the harness has told them. */
export function useSettings(): Settings | null {
  return useSystem((state) => state.settings);
}
