import type { ReactElement } from 'react';
import { Hand, HandGrab } from 'lucide-react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ConfirmButton } from '../../../kit/Confirm.tsx';
import { formatWhen } from '../../../kit/format.ts';
import { ErrorState } from '../../../kit/States.tsx';
import { useNow } from '../../../kit/use-now.ts';
import { useMe } from '../../../state/system.ts';

/** Hold or release. One's own is released at once; another's only by the maintainer, who is asked first. */
export function HoldControl({ sut }: { readonly sut: Sut }): ReactElement {
  const hold = useAction(() => client.suts.hold({ id: sut.id }));
  const release = useAction(() => client.suts.release({ id: sut.id }));
  const problem = hold.problem ?? release.problem;
  return (
    <>
      {sut.reservedBy === null ? (
        <Button icon={<HandGrab />} busy={hold.busy} onClick={() => void hold.run()}>
          Hold
        </Button>
      ) : (
        <Release sut={sut} holder={sut.reservedBy} busy={release.busy} onRelease={() => void release.run()} />
      )}
      {problem === null ? null : (
        <div className="hold-problem">
          <ErrorState problem={problem} />
        </div>
      )}
    </>
  );
}

interface ReleaseProps {
  readonly sut: Sut;
  readonly holder: string;
  readonly busy: boolean;
  readonly onRelease: () => void;
}

function Release({ sut, holder, busy, onRelease }: ReleaseProps): ReactElement {
  const me = useMe();
  const now = useNow('minute');
  const reason = whyNot(sut, holder, me);
  const icon = <Hand />;
  if (holder === me || reason !== null) {
    return (
      <Button icon={icon} busy={busy} disabledReason={reason} onClick={onRelease}>
        Release
      </Button>
    );
  }
  const since = sut.reservedSince === null ? '' : ` since ${formatWhen(sut.reservedSince, now)}`;
  return (
    <ConfirmButton
      icon={icon}
      busy={busy}
      title={`Release ${sut.name}?`}
      harm={`${holder} holds it${since} and is not asked. Anybody can take it then.`}
      verb={`Release ${sut.name}`}
      safe={`Leave it with ${holder}`}
      onConfirm={onRelease}
    >
      Release
    </ConfirmButton>
  );
}

function whyNot({ inUse, maintainedBy }: Sut, holder: string, me: string | null): string | null {
  if (holder !== me && maintainedBy !== me)
    return `Held by ${holder}. Only ${holder} or ${maintainedBy}, who maintains it, can release it.`;
  return inUse === null ? null : `${inUse.runName} works on it`;
}
