import { Search, X } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactElement } from 'react';
import { Kbd } from './Kbd.tsx';
import { useHotkeys } from './use-hotkeys.ts';

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What can be searched: "Name, message, tag". Also the accessible name. */
  readonly placeholder: string;
  readonly width?: number | string;
  /** The one field of the page that `/` goes to. */
  readonly slash?: boolean;
  readonly onEnter?: () => void;
}

export function SearchField({ value, onChange, placeholder, width = 232, slash = false, onEnter }: Props): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  useHotkeys(slash ? [{ keys: '/', label: 'Filter or find on this page', run: () => input.current?.select() }] : []);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') onEnter?.();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (value === '') input.current?.blur();
    else onChange('');
  };
  return (
    <label className="field" style={{ width }}>
      <Search aria-hidden />
      <input
        ref={input}
        type="search"
        value={value}
        placeholder={placeholder}
        aria-label={placeholder}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {slash && value === '' ? <Kbd keys="/" /> : null}
      {value === '' ? null : (
        <button type="button" className="button quiet small icon-only" aria-label="Clear" onClick={() => onChange('')}>
          <X aria-hidden />
        </button>
      )}
    </label>
  );
}
