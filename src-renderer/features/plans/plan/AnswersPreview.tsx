import { Select } from '@mantine/core';
import { Eye } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { ReadyAnswers, RecipeSummary } from '../../../../src-shared/model/recipe.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';

interface Props {
  readonly source: { readonly testDataId: string; readonly revision?: string };
  readonly recipe: RecipeSummary;
  /** Ready-made ones in the place of the recipe's. */
  readonly answers: ReadyAnswers | null;
  readonly suts: readonly string[];
  readonly image: string | null;
}

/** What a machine would be told, before it is told: dots stand in place of secrets. */
export function AnswersPreview({ source, recipe, answers, suts, image }: Props): ReactElement {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const sut = chosen !== null && suts.includes(chosen) ? chosen : (suts[0] ?? null);
  return (
    <div className="answers-preview">
      <div className="row tight wrap">
        <Button
          small
          variant="quiet"
          icon={<Eye />}
          pressed={open}
          disabledReason={sut === null ? 'Choose a SUT first.' : null}
          onClick={() => setOpen(!open)}
        >
          Show the answers
        </Button>
        {open && suts.length > 1 ? (
          <Select aria-label="SUT whose answers are shown" data={[...suts]} value={sut} allowDeselect={false} onChange={setChosen} />
        ) : null}
      </div>
      {open && sut !== null ? <Files source={source} recipe={recipe} answers={answers} sut={sut} image={image} /> : null}
    </div>
  );
}

function Files({ source, recipe, answers, sut, image }: Omit<Props, 'suts'> & { readonly sut: string }): ReactElement {
  const asked = { ...source, ref: recipe.ref, answers, sut, image };
  const { data, problem } = useCall(() => client.provisioning.preview(asked), [asked]);
  if (problem !== null) return <ErrorState problem={problem} />;
  return (
    <>
      {(data?.files ?? []).map(({ path, text, problems }) => (
        <figure key={path}>
          <figcaption className="dim small mono">{path}</figcaption>
          {problems.length === 0 ? null : (
            <ul className="small mark-error" aria-label={`What is wrong with ${path}`}>
              {problems.map(({ line, message }) => (
                <li key={`${line} ${message}`}>
                  {line === null ? '' : `Line ${line}: `}
                  {message}
                </li>
              ))}
            </ul>
          )}
          <pre className="mono small" tabIndex={0} aria-label={path}>
            {text}
          </pre>
        </figure>
      ))}
    </>
  );
}
