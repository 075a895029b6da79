import { Check, Minus, TriangleAlert } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { CapabilityCheck } from '../../../../src-shared/model/sut-state.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { When } from '../../../kit/Times.tsx';
import { CAPABILITY_WORDS } from '../model/machine.ts';

const MARKS = {
  works: <Check className="mark-passed" aria-label="works" />,
  unsupported: <Minus className="dim" aria-label="not offered" />,
  failed: <TriangleAlert className="mark-failed" aria-label="failed" />,
};

/** Which capability really works, by whom, how fast; tried again at a press. */
export function VerifiedCard({ sut }: { readonly sut: Sut }): ReactElement | null {
  const [fresh, setFresh] = useState<readonly CapabilityCheck[] | null>(null);
  const verify = useAction(async () => {
    setFresh([]);
    for await (const event of await client.suts.verify({ id: sut.id })) {
      if (event.type === 'checked') setFresh((before) => [...(before ?? []), event.check]);
    }
    setFresh(null);
  });
  if (sut.endpoints.length === 0) return null;
  const card = fresh ?? sut.card;
  const works = card.filter(({ outcome }) => outcome === 'works').length;
  return (
    <>
      <SectionHead
        ruled
        title="Verified"
        about={card[0] === undefined ? 'not yet' : <Tried at={card[0].checkedAt} words={`${works} of ${card.length}`} />}
        actions={
          <Button small variant="quiet" busy={verify.busy} onClick={() => void verify.run()}>
            {card.length === 0 ? 'Verify' : 'Verify again'}
          </Button>
        }
      />
      {verify.problem === null ? null : <ErrorState problem={verify.problem} />}
      <ul className="sut-card">
        {card.map((check) => (
          <li key={check.capability} className="row tight small" title={check.sentence}>
            {MARKS[check.outcome]}
            <span>{CAPABILITY_WORDS[check.capability]}</span>
            <span className="dim grow ellipsis">{check.provider ?? ''}</span>
            <span className="figures dim nowrap">{check.outcome === 'works' ? tookOf(check.tookMs) : ''}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Tried({ at, words }: { readonly at: number; readonly words: string }): ReactElement {
  return (
    <>
      <When at={at} />, {words}
    </>
  );
}

function tookOf(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
