import { ChevronDown, X } from 'lucide-react';
import type { ReactElement, ReactNode, Ref } from 'react';

interface Props {
  /** What it filters by: "SUT". */
  readonly label: string;
  /** What is set, in words; null: nothing. */
  readonly value: string | null;
  readonly icon?: ReactNode;
  readonly open: boolean;
  readonly onPress: () => void;
  readonly onClear: () => void;
  readonly ref?: Ref<HTMLSpanElement>;
}

/** Opens its menu; when something is set it is tinted and can be cleared at once. */
export function FilterChip({ label, value, icon, open, onPress, onClear, ref }: Props): ReactElement {
  return (
    <span ref={ref} className={`chip filter filter-chip${value === null ? '' : ' set'}`}>
      <button
        type="button"
        className="filter-press"
        aria-label={value === null ? label : `${label}: ${value}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={onPress}
      >
        {icon}
        <span className="ellipsis">{value ?? label}</span>
        {value === null ? <ChevronDown aria-hidden /> : null}
      </button>
      {value === null ? null : (
        <button type="button" className="filter-clear" aria-label={`Clear ${label}`} onClick={onClear}>
          <X aria-hidden />
        </button>
      )}
    </span>
  );
}
