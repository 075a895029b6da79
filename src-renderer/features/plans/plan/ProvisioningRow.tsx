import { Autocomplete, Select } from '@mantine/core';
import { useId, type ReactElement } from 'react';
import { imageLabel } from '../../../../src-shared/model/image.ts';
import { ProvisioningChoice, type RecipeSummary } from '../../../../src-shared/model/recipe.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { Segments } from '../../../kit/Segments.tsx';
import { useImageLibrary } from '../../../state/images.ts';
import { AnswersPreview } from './AnswersPreview.tsx';
import { AnswersField } from '../../../kit/AnswersField.tsx';
import { ImageSourceField } from '../../../kit/ImageSourceField.tsx';
import { PlanRow } from './PlanRow.tsx';

interface Props {
  readonly testDataId: string;
  readonly revision: string | null;
  readonly choice: ProvisioningChoice | null;
  /** Those that answers are shown for. */
  readonly suts: readonly string[];
  readonly onChange: (choice: ProvisioningChoice | null) => void;
}

const WHEN = [
  { value: 'whenDifferent', label: 'When different' },
  { value: 'always', label: 'Always' },
] as const;
const KEEP = [
  { value: 'never', label: 'Never' },
  { value: 'onFailure', label: 'When it fails' },
  { value: 'always', label: 'Always' },
] as const;
const LEAVES = [
  { value: 'clean', label: 'As installed' },
  { value: 'dirty', label: 'Changed' },
] as const;

/** What the machines are brought into before the tests; nothing said: they are taken as they are. */
export function ProvisioningRow({ testDataId, revision, choice, suts, onChange }: Props): ReactElement {
  const id = useId();
  const source = { testDataId, ...(revision === null ? {} : { revision }) };
  const { data: recipes } = useCall(() => client.provisioning.recipes(source), [source]);
  const recipe = recipes?.find(({ ref }) => ref === choice?.recipe);
  const set = (part: Partial<ProvisioningChoice>): void => {
    if (choice !== null) onChange({ ...choice, ...part });
  };
  return (
    <PlanRow
      label="Provisioning"
      field={`${id}recipe`}
      hint={choice === null ? 'Nothing is installed: the machines are taken as they are.' : (recipe?.problem ?? recipe?.doc)}
    >
      <Select
        id={`${id}recipe`}
        placeholder="None"
        data={(recipes ?? []).map(({ ref, name, builtIn }) => ({ value: ref, label: builtIn ? name : `${name} (${ref})` }))}
        value={choice?.recipe ?? null}
        clearable
        searchable
        onChange={(ref) =>
          onChange(
            ref === null
              ? null
              : chosen(
                  choice,
                  recipes?.find((each) => each.ref === ref),
                  ref,
                ),
          )
        }
      />
      {choice === null ? null : (
        <>
          {recipe?.image === 'none' ? null : (
            <>
              <ImageField image={choice.image} onChange={(image) => set({ image })} />
              <ImageSourceField value={choice.imageSource} onChange={(imageSource) => set({ imageSource })} />
            </>
          )}
          <AnswersField value={choice.answers} onChange={(answers) => set({ answers })} />
          <Labelled label="Install">
            <Segments
              label="When it is installed"
              value={choice.when === 'always' ? 'always' : 'whenDifferent'}
              segments={WHEN}
              onChange={(when) => set({ when })}
            />
          </Labelled>
          <Labelled label="Keep the machine">
            <Segments
              label="Whether the machine is kept afterwards"
              value={choice.keep.when}
              segments={KEEP}
              onChange={(when) => set({ keep: { ...choice.keep, when } })}
            />
          </Labelled>
          <Labelled label="Tests leave it">
            <Segments label="How tests leave the machine" value={choice.leaves} segments={LEAVES} onChange={(leaves) => set({ leaves })} />
          </Labelled>
          {recipe === undefined || (recipe.answers.length === 0 && choice.answers === null) ? null : (
            <AnswersPreview
              source={source}
              recipe={recipe}
              answers={choice.answers}
              suts={suts}
              image={choice.imageSource === undefined ? choice.image : null}
            />
          )}
        </>
      )}
    </PlanRow>
  );
}

/** Another recipe keeps what was said besides it; one without an image takes none. */
function chosen(before: ProvisioningChoice | null, recipe: RecipeSummary | undefined, ref: string): ProvisioningChoice {
  const choice = ProvisioningChoice.parse({ ...before, recipe: ref });
  return recipe?.image === 'none' ? { ...choice, image: null, imageSource: undefined } : choice;
}

function ImageField({
  image,
  onChange,
}: {
  readonly image: string | null;
  readonly onChange: (image: string | null) => void;
}): ReactElement {
  const known = [...new Set((useImageLibrary().list[0]?.images ?? []).map(imageLabel))];
  return (
    <Autocomplete
      aria-label="Image"
      placeholder="Image, by its name"
      data={known}
      value={image ?? ''}
      spellCheck={false}
      onChange={(name) => onChange(name.trim() === '' ? null : name)}
    />
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactElement }): ReactElement {
  return (
    <div className="row tight wrap">
      <span className="dim small provision-label">{label}</span>
      {children}
    </div>
  );
}
