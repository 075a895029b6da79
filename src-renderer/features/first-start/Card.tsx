import type { ReactElement, ReactNode } from 'react';
import { Kbd } from '../../kit/Kbd.tsx';

interface Props {
  readonly number: string;
  readonly title: string;
  readonly art: ReactElement;
  readonly text: string;
  readonly children: ReactNode;
}

export function Card({ number, title, art, text, children }: Props): ReactElement {
  return (
    <section className="card" aria-label={title}>
      <div className="art" aria-hidden>
        {art}
      </div>
      <div className="row card-title">
        <h2 className="panel-title grow">{title}</h2>
        <Kbd keys={number} />
      </div>
      <p className="mid">{text}</p>
      <span className="grow" />
      <div className="row">{children}</div>
    </section>
  );
}
