import { Select } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ReadyAnswers } from '../../src-shared/model/recipe.ts';

const ANSWERS: readonly { value: ReadyAnswers; label: string }[] = [
  { value: 'kickstart', label: 'Kickstart (Fedora and its relatives)' },
  { value: 'preseed', label: 'Preseed (Debian)' },
  { value: 'autoinstall', label: 'Autoinstall (Ubuntu server)' },
  { value: 'cloud-init', label: 'cloud-init (cloud images)' },
  { value: 'ignition', label: 'Ignition (CoreOS, Flatcar)' },
  { value: 'esxi', label: 'ESXi' },
];

interface Props {
  readonly value: ReadyAnswers | null;
  readonly onChange: (answers: ReadyAnswers | null) => void;
}

/** Unattended answers that are there without test data; none chosen: the recipe's own. */
export function AnswersField({ value, onChange }: Props): ReactElement {
  return (
    <Select
      aria-label="Answers"
      placeholder="Answers: the recipe's own"
      data={[...ANSWERS]}
      value={value}
      clearable
      onChange={(answers) => onChange(ANSWERS.find((each) => each.value === answers)?.value ?? null)}
    />
  );
}
