import { expect, type Locator, type Page } from '@playwright/test';

/** Every run there was, and the way to the one that is looked for. */
export class RunListPage {
  readonly page: Page;
  readonly rows: Locator;
  readonly filters: Locator;

  constructor(page: Page) {
    this.page = page;
    // Heads of days are rows too, but cannot be selected.
    this.rows = page.getByRole('grid', { name: 'Runs, newest first' }).locator('[role=row][aria-selected]');
    this.filters = page.getByRole('search', { name: 'Filter runs' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Runs' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  }

  async find(text: string): Promise<void> {
    await this.filters.getByRole('searchbox').fill(text);
  }

  async choose(filter: 'Name' | 'SUT' | 'Condition', value: string): Promise<void> {
    await this.filters.getByRole('button', { name: filter, exact: true }).click();
    await this.page.getByRole('option', { name: value, exact: true }).click();
  }

  async clear(filter: 'Name' | 'SUT' | 'Condition' | 'Time'): Promise<void> {
    await this.filters.getByRole('button', { name: `Clear ${filter}` }).click();
  }

  async chooseTime(words: 'Any time' | 'Today' | 'Last 7 days'): Promise<void> {
    await this.filters.getByRole('button', { name: 'Time', exact: true }).click();
    await this.page.getByRole('button', { name: words }).click();
  }

  /** Exactly from one moment to another, as somebody writes it. */
  async chooseSpan(from: string, to: string): Promise<void> {
    await this.filters.getByRole('button', { name: /^Time/u }).click();
    await this.page.getByLabel('From', { exact: true }).fill(from);
    await this.page.getByLabel('To', { exact: true }).fill(to);
    await this.page.getByRole('button', { name: 'Show this time' }).click();
  }
}
