import type { ReactElement, ReactNode } from 'react';

interface Props {
  readonly name: string;
  readonly about?: string | undefined;
  readonly height: number;
  readonly children: ReactNode;
}

/** One line of the timeline: its name on the left, its time on the right. */
export function Lane({ name, about, height, children }: Props): ReactElement {
  return (
    <div className="lane" role="group" aria-label={about === undefined ? name : `${name}, ${about}`}>
      <div className="lane-name">
        <span className="ellipsis">{name}</span>
        {about === undefined ? null : <span className="dim small ellipsis">{about}</span>}
      </div>
      <div className="lane-time" style={{ height }}>
        {children}
      </div>
    </div>
  );
}
