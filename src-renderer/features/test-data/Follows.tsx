import { Check, CloudOff, Sparkle } from 'lucide-react';
import type { ReactElement } from 'react';
import type { TestDataLink } from '../../../src-shared/model/test-data.ts';

/** How what is followed stands: icon and word. */
export function Follows({ link }: { readonly link: TestDataLink | null }): ReactElement | null {
  if (link === null) return null;
  if (link.state === 'newer')
    return (
      <span className="accent">
        <Sparkle className="small" aria-hidden /> newer there
      </span>
    );
  if (link.state === 'gone')
    return (
      <span className="mark-skipped">
        <CloudOff className="small" aria-hidden /> not reachable
      </span>
    );
  return (
    <span className="dim">
      {link.state === 'same' ? <Check className="small" aria-hidden /> : null}{' '}
      {link.state === 'same' ? 'nothing newer' : 'not looked at yet'}
    </span>
  );
}
