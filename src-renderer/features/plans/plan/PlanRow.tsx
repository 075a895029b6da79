import type { ReactElement, ReactNode } from 'react';

interface Props {
  readonly label: string;
  /** The field that the label names; without it the row is a group of that name. */
  readonly field?: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** One line of the plan: what it is left, what it is set to right. */
export function PlanRow({ label, field, hint, children }: Props): ReactElement {
  const group = field === undefined ? { role: 'group', 'aria-label': label } : {};
  return (
    <div className="plan-row" {...group}>
      {field === undefined ? (
        <span className="dim plan-label">{label}</span>
      ) : (
        <label className="dim plan-label" htmlFor={field}>
          {label}
        </label>
      )}
      <div className="plan-value">
        {children}
        {hint === undefined ? null : <div className="dim small">{hint}</div>}
      </div>
    </div>
  );
}
