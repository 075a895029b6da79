import type { ReactElement, ReactNode } from 'react';

interface PageHeadProps {
  readonly title: ReactNode;
  /** Count or date, dim, after the title. */
  readonly about?: ReactNode;
  /** At the far right, the primary last. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** Head of a page, 52 high; one `h1` a page. */
export function PageHead({ title, about, actions, children }: PageHeadProps): ReactElement {
  return (
    <div className="page-head">
      <h1 className="ellipsis">{title}</h1>
      {about === undefined ? null : <span className="dim figures nowrap">{about}</span>}
      {children}
      <span className="grow" />
      {actions}
    </div>
  );
}

interface SectionHeadProps {
  readonly title: ReactNode;
  readonly count?: ReactNode;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  /** A hairline above. */
  readonly ruled?: boolean;
}

/** Head of a section or a detail panel, 36 high. */
export function SectionHead({ title, count, about, actions, ruled = false }: SectionHeadProps): ReactElement {
  return (
    <div className={`section-head${ruled ? ' ruled' : ''}`}>
      <h2>
        {title}
        {count === undefined ? null : <span className="count figures"> {count}</span>}
      </h2>
      {about === undefined ? null : <span className="dim small ellipsis">{about}</span>}
      <span className="grow" />
      {actions}
    </div>
  );
}

/** A detail panel: its edge is 16. */
export function Panel({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className="panel column grow" aria-label={label}>
      {children}
    </section>
  );
}

/** Name and value, one a line. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }): ReactElement {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ChipProps {
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  readonly tag?: boolean;
}

export function Chip({ children, icon, tag = false }: ChipProps): ReactElement {
  return (
    <span className={`chip${tag ? ' tag' : ''}`}>
      {icon}
      <span className="ellipsis">{children}</span>
    </span>
  );
}
