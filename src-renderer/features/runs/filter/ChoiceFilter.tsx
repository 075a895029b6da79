import { Combobox, useCombobox } from '@mantine/core';
import { useEffect, useState, type ReactElement } from 'react';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { FilterChip } from './FilterChip.tsx';

interface Props {
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly string[];
  readonly onChange: (value: string | null) => void;
}

/** More than this are found by typing. */
const MOST = 40;

/** One value of those that occur. */
export function ChoiceFilter({ label, value, choices, onChange }: Props): ReactElement {
  const [text, setText] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setText('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const wanted = text.trim().toLowerCase();
  const fitting = choices.filter((choice) => choice.toLowerCase().includes(wanted));
  const { dropdownOpened, selectFirstOption } = combobox;
  // What is typed decides what Enter takes; the options are on the page only after it was shown.
  useEffect(() => {
    if (dropdownOpened && wanted !== '') selectFirstOption();
  }, [dropdownOpened, wanted, selectFirstOption]);
  const submit = (choice: string): void => {
    onChange(choice);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={submit} position="bottom-start" width={240} returnFocus={false}>
      <Combobox.Target targetType="button" withAriaAttributes={false} withKeyboardNavigation={false}>
        <FilterChip
          label={label}
          value={value}
          open={combobox.dropdownOpened}
          onPress={() => combobox.toggleDropdown()}
          onClear={() => onChange(null)}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label={`Find a ${label}`}
          placeholder="Type to find"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Combobox.Options mah={300} style={{ overflowY: 'auto' }} aria-label={label}>
          {fitting.slice(0, MOST).map((choice) => (
            <Combobox.Option key={choice} value={choice} active={choice === value} className="ellipsis" title={choice}>
              {choice}
            </Combobox.Option>
          ))}
          {fitting.length === 0 ? (
            <Combobox.Empty>{choices.length === 0 ? 'No run has one yet' : 'None is named so'}</Combobox.Empty>
          ) : null}
        </Combobox.Options>
        {fitting.length > MOST ? (
          <p className="dim small more-choices">and {formatAmount(fitting.length - MOST, 'other')}: type to find them</p>
        ) : null}
      </Combobox.Dropdown>
    </Combobox>
  );
}
