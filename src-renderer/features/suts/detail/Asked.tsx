import { useState, type ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { Button } from '../../../kit/Button.tsx';
import { Confirm } from '../../../kit/Confirm.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import type { Deeds } from './use-deed.ts';

/** The question, with room for the reason that those it hurts will read; or why it was not done. */
export function Asked({ sut, deeds }: { readonly sut: Sut; readonly deeds: Deeds }): ReactElement | null {
  const [reason, setReason] = useState('');
  if (deeds.waiting !== null) {
    return (
      <Confirm
        title={`${deeds.waiting.title}: ${sut.name}?`}
        harm={
          <>
            {deeds.waiting.hurts.join(' ')}
            <span className="field sut-why">
              <input
                aria-label="Why, for its history"
                placeholder="Why, for its history"
                value={reason}
                maxLength={500}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            </span>
          </>
        }
        verb={`${deeds.waiting.title} all the same`}
        safe="Leave it"
        onConfirm={() => {
          deeds.confirm(reason);
          setReason('');
        }}
        onCancel={deeds.keep}
      />
    );
  }
  if (deeds.problem === null) return null;
  return (
    <ErrorState
      problem={deeds.problem}
      actions={
        <Button small onClick={deeds.clear}>
          Close
        </Button>
      }
    />
  );
}
