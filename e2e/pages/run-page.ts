import { expect, type Locator, type Page } from '@playwright/test';
import type { STATE_WORDS, VERDICT_WORDS } from '../../src-shared/text/words.ts';

type PhaseWord = Exclude<(typeof STATE_WORDS)[keyof typeof STATE_WORDS], 'Ended'>;
type VerdictWord = (typeof VERDICT_WORDS)[keyof typeof VERDICT_WORDS];

/** The page of one run, in the window or in a browser. */
export class RunPage {
  readonly page: Page;
  readonly tree: Locator;
  readonly detail: Locator;
  readonly standing: Locator;

  constructor(page: Page) {
    this.page = page;
    this.tree = page.getByRole('tree', { name: 'Suites, tests and keywords' });
    this.detail = page.getByRole('complementary', { name: 'Selected row' });
    this.standing = page.locator('.standing');
  }

  /** As somebody does who was sent the address. */
  async goto(id: string): Promise<void> {
    await this.page.goto(new URL(`/runs/${id}`, this.page.url()).href);
  }

  /** Waits until this page shows a run; answers its id, as the address says it. */
  async arrive(): Promise<string> {
    await expect(this.page).toHaveURL(/\/runs\/(?!new)[\w-]+/u);
    await expect(this.phases).toBeVisible();
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }

  get phases(): Locator {
    return this.page.getByRole('list', { name: 'Phases' });
  }

  phase(word: PhaseWord): Locator {
    return this.phases.getByRole('listitem').filter({ hasText: word });
  }

  row(name: string): Locator {
    return this.tree.getByRole('treeitem').filter({ hasText: name });
  }

  /** `1 passed`, `2 failed`, as the head counts them. */
  count(number: number, word: 'passed' | 'failed' | 'skipped' | 'not run'): Locator {
    return this.standing.getByRole('img', { name: `${number} ${word}`, exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.page.locator('.run-head').getByRole('button', { name });
  }

  async show(tab: 'Tree' | 'Console' | 'Timeline' | 'Report'): Promise<void> {
    await this.page.getByRole('tab', { name: tab }).click();
  }

  async ended(verdict: VerdictWord): Promise<void> {
    await expect(this.standing).toHaveAttribute('data-state', 'ended', { timeout: 30_000 });
    await expect(this.standing).toContainText(verdict);
  }
}
