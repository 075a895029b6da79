import type { Verb } from '../../kit/verbs.ts';
import { changeSettings } from '../../state/system.ts';

const set = (colorScheme: 'auto' | 'light' | 'dark') => () => void changeSettings({ colorScheme });

export const colourVerbs: readonly Verb[] = [
  { id: 'colours.light', label: 'Light colours', words: 'theme bright white', quiet: true, run: set('light') },
  { id: 'colours.dark', label: 'Dark colours', words: 'theme night black', quiet: true, run: set('dark') },
  { id: 'colours.auto', label: 'Colours as the system has them', words: 'theme auto', quiet: true, run: set('auto') },
];
