import { FolderSync } from 'lucide-react';
import type { ReactElement } from 'react';
import type { TestData, TestDataLink } from '../../../../src-shared/model/test-data.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { When } from '../../../kit/Times.tsx';
import { takeNewRevision } from '../../../state/imports.ts';
import { linkText, newerText } from '../model/source-words.ts';

/** What the test data follow: offers what is newer there, and takes nothing by itself. */
export function LinkRow({ testData, link }: { readonly testData: TestData; readonly link: TestDataLink }): ReactElement {
  const { id } = testData;
  const look = useAction(() => client.testData.checkLink({ id }));
  const leave = useAction(() => client.testData.unlink({ id }));
  const take = useAction(() => takeNewRevision(testData));
  const problem = look.problem ?? leave.problem;
  return (
    <>
      <div className={`note ${link.state === 'gone' ? 'warn' : 'plain'} link-row`} role="status">
        <FolderSync aria-hidden />
        <div className="grow">
          <Sentence link={link} />
          {link.problem === null ? null : <div className="mid small">{link.problem}</div>}
          <div className="dim small ellipsis" title={link.place}>
            follows {linkText(link)}
            {link.checkedAt === null ? null : (
              <>
                , looked at <When at={link.checkedAt} />
              </>
            )}
          </div>
        </div>
        {link.state === 'newer' ? (
          <Button small busy={take.busy} onClick={() => void take.run()}>
            Take it as revision {testData.newest.number + 1}
          </Button>
        ) : null}
        <Button small variant="quiet" busy={look.busy} onClick={() => void look.run()}>
          Look again
        </Button>
        <Button small variant="quiet" busy={leave.busy} onClick={() => void leave.run()}>
          Stop following
        </Button>
      </div>
      {problem === null ? null : <ErrorState problem={problem} />}
    </>
  );
}

function Sentence({ link }: { readonly link: TestDataLink }): ReactElement {
  const where = link.kind === 'git' ? 'The repository' : 'The folder';
  if (link.state === 'newer')
    return (
      <>
        <span className="strong">{where} has something newer.</span> <span className="mid">{newerText(link)}</span>
      </>
    );
  if (link.state === 'gone') return <span className="strong">{where} cannot be reached.</span>;
  return (
    <span className="mid">
      {link.state === 'same' ? `${where} has nothing newer than what was taken.` : `${where} was not looked at yet.`}
    </span>
  );
}
