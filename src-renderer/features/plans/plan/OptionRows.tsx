import { Textarea, TextInput } from '@mantine/core';
import { useId, type ReactElement } from 'react';
import { formatDuration } from '../../../../src-shared/text/quantities.ts';
import { Segments } from '../../../kit/Segments.tsx';
import { useSystem } from '../../../state/system.ts';
import type { Draft } from '../model/draft.ts';
import type { ChangeDraft } from '../use-draft.ts';
import { PlanRow } from './PlanRow.tsx';

interface Props {
  readonly draft: Draft;
  readonly change: ChangeDraft;
}

const PRIORITIES = [
  { value: '-5', label: 'Later' },
  { value: '0', label: 'Normal' },
  { value: '5', label: 'Sooner' },
] as const;

/** How it runs, beyond what and where. */
export function OptionRows({ draft, change }: Props): ReactElement {
  const id = useId();
  const usual = useSystem((state) => state.settings?.defaultTimeLimitMs ?? null);
  return (
    <>
      <PlanRow label="Variables" field={`${id}variables`}>
        <Textarea
          id={`${id}variables`}
          placeholder="NAME:VALUE, one a line"
          value={draft.variables}
          autosize
          minRows={1}
          maxRows={6}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          onChange={(event) => change({ variables: event.currentTarget.value })}
        />
      </PlanRow>
      <PlanRow label="Limits">
        <div className="row limits">
          <TimeField
            label="Time limit"
            about={usual === null ? 'none' : `usually ${formatDuration(usual)}`}
            hint="The run as a whole may take this long"
            value={draft.timeLimit}
            onChange={(timeLimit) => change({ timeLimit })}
          />
          <TimeField
            label="Silence limit"
            about="none"
            hint="Nothing on the console and no keyword for this long ends the run"
            value={draft.silenceLimit}
            onChange={(silenceLimit) => change({ silenceLimit })}
          />
        </div>
      </PlanRow>
      <PlanRow label="Robot options" field={`${id}options`}>
        <TextInput
          id={`${id}options`}
          placeholder="--loglevel TRACE --skiponfailure flaky"
          value={draft.robotOptions}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          onChange={(event) => change({ robotOptions: event.currentTarget.value })}
        />
      </PlanRow>
      <PlanRow label="Priority">
        <Segments
          label="Priority in the queue"
          value={draft.priority < 0 ? '-5' : draft.priority > 0 ? '5' : '0'}
          segments={PRIORITIES}
          onChange={(value) => change({ priority: Number(value) })}
        />
      </PlanRow>
    </>
  );
}

interface TimeProps {
  readonly label: string;
  readonly about: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function TimeField({ label, about, hint, value, onChange }: TimeProps): ReactElement {
  return (
    <TextInput
      label={label}
      placeholder={about}
      title={hint}
      value={value}
      spellCheck={false}
      className="grow"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
