import { MantineProvider } from '@mantine/core';
import { useEffect, useState, type ReactElement } from 'react';
import { Router } from 'wouter';
import type { HubInfo } from '../../src-shared/contract/hub/system.ts';
import { keeper } from '../bridge/client.ts';
import { resolveVariables, theme } from '../kit/theme.ts';
import { HubFrame } from './HubFrame.tsx';
import { Join } from './Join.tsx';
import { SignIn } from './SignIn.tsx';

type Standing = { readonly kind: 'asking' | 'outside' | 'away' } | { readonly kind: 'inside'; readonly info: HubInfo };

export function HubApp(): ReactElement {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={resolveVariables}>
      <Router>
        <Gate />
      </Router>
    </MantineProvider>
  );
}

/** Asks who is signed in; the link is opened only for somebody, and a session that ends leads back here. */
function Gate(): ReactElement {
  const [standing, setStanding] = useState<Standing>({ kind: 'asking' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    void whoIsSignedIn().then(setStanding);
  }, [turn]);
  useEffect(() => keeper.subscribe(({ status }) => (status === 'refused' ? setStanding({ kind: 'outside' }) : undefined)), []);
  useEffect(() => {
    if (standing.kind === 'inside') void keeper.keep();
    if (standing.kind !== 'away') return;
    const timer = setTimeout(() => setTurn((value) => value + 1), 3000);
    return () => clearTimeout(timer);
  }, [standing]);
  if (window.location.pathname === '/join') return <Join />;
  if (standing.kind === 'inside') return <HubFrame info={standing.info} />;
  if (standing.kind === 'outside') return <SignIn />;
  return <p className="hub-entry dim">{standing.kind === 'away' ? 'The hub does not answer. This page tries again.' : ''}</p>;
}

async function whoIsSignedIn(): Promise<Standing> {
  try {
    const answer = await fetch('/api/v1/system/info', { credentials: 'same-origin' });
    if (answer.status === 401) return { kind: 'outside' };
    return answer.ok ? { kind: 'inside', info: (await answer.json()) as HubInfo } : { kind: 'away' };
  } catch {
    return { kind: 'away' };
  }
}
