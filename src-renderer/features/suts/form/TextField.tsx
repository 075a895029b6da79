import { useId, type ReactElement } from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly about?: string | undefined;
  readonly wrong?: string | undefined;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, value, placeholder = '', about, wrong, autoFocus = false, onChange }: Props): ReactElement {
  const id = useId();
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <span className={`field${wrong === undefined ? '' : ' wrong'}`}>
        <input
          id={id}
          ref={autoFocus ? focusOnArrival : undefined}
          value={value}
          placeholder={placeholder}
          maxLength={200}
          spellCheck={false}
          aria-invalid={wrong !== undefined}
          aria-describedby={`${id}about`}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </span>
      <div id={`${id}about`} className={`small form-about ${wrong === undefined ? 'dim' : 'mark-failed'}`}>
        {wrong ?? about}
      </div>
    </div>
  );
}

function focusOnArrival(input: HTMLInputElement | null): void {
  input?.focus({ preventScroll: true });
}
