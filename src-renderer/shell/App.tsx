import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { ReactElement } from 'react';
import { Router } from 'wouter';
import type { Feature } from '../kit/feature.ts';
import { resolveVariables, theme } from '../kit/theme.ts';
import { Frame } from './Frame.tsx';

export function App({ features }: { readonly features: readonly Feature[] }): ReactElement {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={resolveVariables}>
      <Notifications position="bottom-right" limit={3} zIndex={40} />
      <Router>
        <Frame features={features} />
      </Router>
    </MantineProvider>
  );
}
