import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Mantine wants ten shades; pages use the tokens, so this only feeds what the library computes by itself. */
const cobalt: MantineColorsTuple = [
  '#e8f1ff',
  '#d3e3ff',
  '#b9d2ff',
  '#94bbff',
  '#7caaff',
  '#4f87ee',
  '#1e59cd',
  '#1a4fb8',
  '#1746a3',
  '#143d8f',
];

export const theme = createTheme({
  colors: { cobalt },
  primaryColor: 'cobalt',
  primaryShade: { light: 6, dark: 4 },
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '20px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '5px', lg: '8px', xl: '8px' },
  defaultRadius: 'sm',
  cursorType: 'default',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Input: { defaultProps: { size: 'xs' }, vars: () => ({ wrapper: { '--input-height': '28px', '--input-fz': '12.5px' } }) },
    InputWrapper: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs', radius: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, multiline: true, maw: 320, transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { shadow: 'md', radius: 'lg', transitionProps: { duration: 80 } } },
    Menu: { defaultProps: { shadow: 'md', radius: 'lg', transitionProps: { duration: 80 }, position: 'bottom-start', offset: 4 } },
    Notification: { defaultProps: { radius: 'lg' } },
  },
});

/** Every colour of the library comes from tokens.css; the same names serve both schemes, because the tokens switch. */
const colours: Record<string, string> = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--fg)',
  '--mantine-color-bright': 'var(--fg)',
  '--mantine-color-dimmed': 'var(--fg-3)',
  '--mantine-color-placeholder': 'var(--fg-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--bg)',
  '--mantine-color-default-hover': 'var(--bg-hover)',
  '--mantine-color-default-color': 'var(--fg)',
  '--mantine-color-default-border': 'var(--line-control)',
  '--mantine-color-disabled': 'var(--bg-active)',
  '--mantine-color-disabled-color': 'var(--fg-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-error': 'var(--v-failed)',
  '--mantine-color-cobalt-filled': 'var(--accent)',
  '--mantine-color-cobalt-filled-hover': 'var(--accent)',
  '--mantine-color-cobalt-light': 'var(--accent-bg)',
  '--mantine-color-cobalt-light-hover': 'var(--accent-bg)',
  '--mantine-color-cobalt-light-color': 'var(--accent)',
  '--mantine-color-cobalt-outline': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-shadow-md': 'var(--shadow)',
};

export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: colours, dark: colours });
