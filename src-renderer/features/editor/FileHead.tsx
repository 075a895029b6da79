import { FileCode, Play, Save } from 'lucide-react';
import type { ReactElement } from 'react';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import { Button } from '../../kit/Button.tsx';
import type { DraftState } from './model/draft-keeper.ts';
import type { OutlineEntry } from './model/outline.ts';
import { MoreOfFile } from './MoreOfFile.tsx';
import type { OpenedFile } from './opened-file.ts';

export interface HeadProps {
  readonly file: OpenedFile;
  readonly testData: TestData;
  readonly state: DraftState;
  readonly message: string;
  readonly here: OutlineEntry | null;
  readonly busy: boolean;
  readonly text: () => string;
  readonly onMessage: (message: string) => void;
  readonly onSave: () => void;
  readonly onRun: (name: string | null) => void;
  readonly onDiscard: () => void;
  readonly onMoved: () => void;
}

const WORDS: Record<DraftState['status'], string> = {
  clean: '',
  typed: 'Not saved',
  kept: 'Draft kept',
  lost: 'Not kept',
  other: 'Changed in another window',
};

/** Which file this is, how it stands, and what can be done with it. */
export function FileHead(props: HeadProps): ReactElement {
  const { file, state, message, here, busy } = props;
  const suite = /\.robot$/iu.test(file.path);
  const dirty = state.status !== 'clean';
  const verb = dirty ? 'Save and run' : 'Run';
  return (
    <div className="file-head">
      <FileCode className="small" aria-hidden />
      <h1 className="ellipsis" title={file.path}>
        {file.path}
      </h1>
      <span className="dim small state" role="status">
        {WORDS[state.status]}
      </span>
      <span className="grow" />
      {suite && here?.kind === 'case' ? (
        <Button variant="quiet" icon={<Play />} busy={busy} onClick={() => props.onRun(here.name)} label={`${verb} ${here.name}`}>
          {verb} this case
        </Button>
      ) : null}
      {suite ? (
        <Button variant="quiet" icon={<Play />} busy={busy} onClick={() => props.onRun(null)}>
          {verb} this suite
        </Button>
      ) : null}
      {dirty ? (
        <label className="field message">
          <input
            value={message}
            placeholder="Why, for the list of revisions"
            aria-label="Why this was changed"
            maxLength={1000}
            onChange={(event) => props.onMessage(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && props.onSave()}
          />
        </label>
      ) : null}
      <Button
        variant="primary"
        icon={<Save />}
        keys="mod+s"
        busy={busy}
        disabledReason={file.refusal !== null ? 'This file cannot be changed here' : dirty ? null : 'Nothing was changed'}
        onClick={props.onSave}
      >
        Save
      </Button>
      <MoreOfFile {...props} dirty={dirty} />
    </div>
  );
}
