import { describe, expect, it } from 'vitest';
import { HOME_STATES, LINK_STATES } from '../../../../src-shared/protocol/link-states.ts';
import { linkWords } from './link-words.ts';

describe('what the state of the link reads', () => {
  it('is green only where the hub lets this home in and the link stands', () => {
    for (const home of HOME_STATES)
      for (const link of LINK_STATES) {
        const { health, title, about } = linkWords({ home, link, problem: null });
        expect(health === 'reachable', `${home} ${link}`).toBe(home === 'ok' && link === 'up');
        expect([title, about].every((text) => text.length > 3)).toBe(true);
      }
  });
  it('says why the hub is not reached', () => {
    expect(linkWords({ home: 'ok', link: 'down', problem: 'The hub is not reached (timeout).' }).about).toContain('timeout');
  });
});
