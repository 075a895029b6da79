import { Select } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { imageLabel } from '../../../../src-shared/model/image.ts';
import type { ImageSource, ReadyAnswers, RecipeSummary } from '../../../../src-shared/model/recipe.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useAction, useCall } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { AnswersField } from '../../../kit/AnswersField.tsx';
import { Button } from '../../../kit/Button.tsx';
import { ImageSourceField } from '../../../kit/ImageSourceField.tsx';
import { Segments } from '../../../kit/Segments.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useImageLibrary } from '../../../state/images.ts';
import { useTestData } from '../../../state/test-data.ts';

interface Props {
  readonly sut: Sut;
  readonly onDone: () => void;
}

const WHEN = [
  { value: 'whenDifferent', label: 'When different' },
  { value: 'always', label: 'Always' },
] as const;

/** Brings one machine into a wanted state, without tests; what comes of it is on the page of the run that this begins. */
export function ProvisionSut({ sut, onDone }: Props): ReactElement {
  const [, navigate] = useLocation();
  const [testDataId, setTestDataId] = useState<string | null>(null);
  const [ref, setRef] = useState<string | null>(null);
  const [image, setImage] = useState<string | null>(null);
  const [imageSource, setImageSource] = useState<ImageSource>();
  const [answers, setAnswers] = useState<ReadyAnswers | null>(null);
  const [when, setWhen] = useState<(typeof WHEN)[number]['value']>('whenDifferent');
  const source = testDataId === null ? {} : { testDataId };
  const { data: recipes } = useCall(() => client.provisioning.recipes(source), [testDataId]);
  const recipe = recipes?.find((each) => each.ref === ref);
  const missing = whatIsMissing(recipe, image ?? imageSource?.url ?? null);
  const begin = useAction(async () => {
    if (recipe === undefined) return;
    const run = await client.runs.provision({
      ...{ sut: sut.name, recipe: recipe.ref, answers, when, ...source },
      ...(recipe.image === 'none' ? { image: null } : { image, imageSource }),
    });
    onDone();
    navigate(`${addresses.run(run.id)}?tab=machines`);
  });
  return (
    <form
      className="column provision-sut"
      aria-label={`Provision ${sut.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === null) void begin.run();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      <DataField value={testDataId} onChange={setTestDataId} />
      <Select
        label="Recipe"
        placeholder="How it is brought there"
        data={(recipes ?? []).map(({ ref: value, name }) => ({ value, label: name }))}
        value={ref}
        searchable
        onChange={setRef}
      />
      {recipe === undefined ? null : <p className="dim small recipe-doc">{recipe.problem ?? recipe.doc}</p>}
      {recipe === undefined || recipe.image === 'none' ? null : (
        <>
          <ImageField value={image} onChange={setImage} />
          <ImageSourceField value={imageSource} onChange={setImageSource} />
        </>
      )}
      {recipe === undefined ? null : <AnswersField value={answers} onChange={setAnswers} />}
      <div className="row tight">
        <span className="dim small">Install</span>
        <Segments label="When it is installed" value={when} segments={WHEN} onChange={setWhen} />
      </div>
      <div className="row">
        <Button submits busy={begin.busy} disabledReason={missing}>
          Provision {sut.name}
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
      {begin.problem === null ? null : <ErrorState problem={begin.problem} />}
    </form>
  );
}

function whatIsMissing(recipe: RecipeSummary | undefined, image: string | null): string | null {
  if (recipe === undefined) return 'Choose a recipe first';
  if (recipe.problem !== null) return recipe.problem;
  return recipe.image === 'needed' && image === null ? 'Choose an image first' : null;
}

interface FieldProps {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** Test data may bring recipes of their own. */
function DataField({ value, onChange }: FieldProps): ReactElement | null {
  const { list } = useTestData();
  if (list.length === 0) return null;
  const data = list.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Select label="Recipes of test data" placeholder="Built-in only" data={data} value={value} clearable searchable onChange={onChange} />
  );
}

function ImageField({ value, onChange }: FieldProps): ReactElement {
  const known = [...new Set((useImageLibrary().list[0]?.images ?? []).map(imageLabel))];
  if (known.length === 0)
    return (
      <p className="small">
        No image is in the library. <a href={addresses.images}>Fetch or import one.</a>
      </p>
    );
  return <Select label="Image" placeholder="Image, by its name" data={known} value={value} searchable onChange={onChange} />;
}
