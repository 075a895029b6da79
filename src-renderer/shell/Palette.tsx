import { FocusTrap } from '@mantine/core';
import { CornerDownRight, Search } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { Feature } from '../kit/feature.ts';
import { Kbd } from '../kit/Kbd.tsx';
import type { Verb } from '../kit/verbs.ts';
import { SCOPES, type Entry, type EntryGroup, type Scope } from './palette-items.ts';
import { usePaletteGroups } from './use-palette-groups.ts';

interface Props {
  readonly features: readonly Feature[];
  readonly onClose: () => void;
}

/** Go to, search or do: every object and every verb, by a few letters. */
export function Palette({ features, onClose }: Props): ReactElement {
  const [scope, setScope] = useState<Scope>('all');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [, go] = useLocation();
  const id = useId();
  const groups = usePaletteGroups(features, scope, text);
  const entries = groups.flatMap((group) => group.entries);
  const at = Math.min(chosen, entries.length - 1);

  const type = (value: string): void => {
    setChosen(0);
    const next = scope === 'all' ? SCOPES[value[0] ?? ''] : undefined;
    if (next !== undefined) setScope(next);
    setText(next === undefined ? value : value.slice(1).trimStart());
  };
  const perform = (verb: Verb | undefined): void => {
    if (verb === undefined) return;
    onClose();
    if (verb.href !== undefined) go(verb.href);
    else verb.run?.();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined && entries.length > 0) setChosen((at + step + entries.length) % entries.length);
    else if (event.key === 'Enter') perform(entries[at]?.verb);
    else if (event.key === 'Escape') onClose();
    else if (event.key === 'Backspace' && text === '' && scope !== 'all') setScope('all');
    else return;
    event.preventDefault();
  };
  return (
    <div className="scrim" onMouseDown={onClose}>
      <FocusTrap active>
        <div
          className="palette floating"
          role="dialog"
          aria-modal
          aria-label="Palette"
          onMouseDown={(event) => event.stopPropagation()}
          onKeyDown={onKeyDown}
        >
          <div className="palette-input">
            <Search aria-hidden />
            {scope === 'all' ? null : <span className="chip set">{scope}</span>}
            <input
              data-autofocus
              value={text}
              placeholder="Go to, search or do"
              aria-label="Go to, search or do"
              role="combobox"
              aria-expanded={entries.length > 0}
              aria-controls={entries.length > 0 ? id : undefined}
              aria-activedescendant={at < 0 ? undefined : `${id}${at}`}
              spellCheck={false}
              onChange={(event) => type(event.currentTarget.value)}
            />
            {scope === 'all' ? null : <span className="dim small nowrap">Backspace leaves the {scope}</span>}
          </div>
          {entries.length === 0 ? (
            <p className="palette-none dim">{text === '' ? 'Type to search' : `Nothing fits “${text}”`}</p>
          ) : (
            <Results groups={groups} id={id} at={at} onChoose={setChosen} onPerform={perform} />
          )}
          <PaletteFoot />
        </div>
      </FocusTrap>
    </div>
  );
}

interface ResultsProps {
  readonly groups: readonly EntryGroup[];
  readonly id: string;
  readonly at: number;
  readonly onChoose: (index: number) => void;
  readonly onPerform: (verb: Verb) => void;
}

function Results({ groups, id, at, onChoose, onPerform }: ResultsProps): ReactElement {
  const firsts = groups.map((_, index) => groups.slice(0, index).reduce((sum, group) => sum + group.entries.length, 0));
  return (
    <div className="palette-list" id={id} role="listbox" aria-label="What fits">
      {groups.map((group, groupIndex) => (
        <div key={group.title} role="group" aria-label={group.title}>
          <h3 aria-hidden>{group.title}</h3>
          {group.entries.map((entry, index) => {
            const own = (firsts[groupIndex] ?? 0) + index;
            return (
              <Option
                key={entry.verb.id}
                id={`${id}${own}`}
                entry={entry}
                chosen={own === at}
                onChoose={() => onChoose(own)}
                onPerform={() => onPerform(entry.verb)}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entry: Entry;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly onPerform: () => void;
}

function Option({ id, entry, chosen, onChoose, onPerform }: OptionProps): ReactElement {
  const { verb, match } = entry;
  return (
    <div
      id={id}
      ref={chosen ? bringIntoView : undefined}
      className={`option${chosen ? ' chosen' : ''}`}
      role="option"
      aria-selected={chosen}
      onMouseMove={chosen ? undefined : onChoose}
      onClick={onPerform}
    >
      <span className="option-icon">{verb.icon ?? <CornerDownRight aria-hidden />}</span>
      <span className="nowrap">
        {verb.label.slice(0, match.from)}
        <mark>{verb.label.slice(match.from, match.to)}</mark>
        {verb.label.slice(match.to)}
      </span>
      <span className="dim small ellipsis grow">{verb.hint}</span>
      {verb.keys === undefined ? null : <Kbd keys={verb.keys} />}
    </div>
  );
}

function bringIntoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}

function PaletteFoot(): ReactElement {
  return (
    <div className="palette-foot">
      <span className="row tight">
        <kbd>↑</kbd>
        <kbd>↓</kbd> choose
      </span>
      <span className="row tight">
        <kbd>Enter</kbd> do
      </span>
      <span className="grow" />
      <span className="row tight">
        <kbd>&gt;</kbd> verbs
      </span>
      <span className="row tight">
        <kbd>@</kbd> machines
      </span>
      <span className="row tight">
        <kbd>#</kbd> runs
      </span>
    </div>
  );
}
