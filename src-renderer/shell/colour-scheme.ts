import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import { changeSettings, useSystem } from '../state/system.ts';

const KEY = 'mantine-color-scheme-value';

/** Before the first paint, from what this browser saw last: the harness's setting arrives a moment later. */
export function showSchemeAtOnce(): void {
  const stored = localStorage.getItem(KEY);
  const dark = stored === 'dark' || (stored !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['mantineColorScheme'] = dark ? 'dark' : 'light';
}

/** The harness's setting decides; a person's choice changes the setting. */
export function useColourScheme(): { readonly scheme: MantineColorScheme; readonly next: () => void } {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: false });
  const wanted = useSystem((state) => state.settings?.colorScheme ?? null);
  // Each call makes the styles of the whole page anew, twice, and the function is another one in each rendering.
  const follow = useEffectEvent((to: MantineColorScheme) => {
    if (to !== colorScheme) setColorScheme(to);
  });
  useEffect(() => {
    if (wanted !== null) follow(wanted);
  }, [wanted]);
  const next = (): void => {
    const following = { auto: 'light', light: 'dark', dark: 'auto' } as const;
    const scheme = following[colorScheme];
    setColorScheme(scheme);
    changeSettings({ colorScheme: scheme }).catch(() => undefined);
  };
  return { scheme: colorScheme, next };
}
