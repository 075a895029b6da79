import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures/workbench.ts';

/** The list of test data, one of them, and the strip that tells how an import went. */
export class TestDataPage {
  readonly page: Page;
  readonly imports: Locator;
  readonly problems: Locator;
  readonly tree: Locator;

  constructor(page: Page) {
    this.page = page;
    this.imports = page.getByRole('region', { name: 'Imports' });
    this.problems = page.getByRole('region', { name: 'Problems' });
    this.tree = page.getByRole('tree');
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Test data' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'Test data' })).toBeVisible();
  }

  /** Through the button and the dialog that follows it. */
  async import(way: 'Choose a folder' | 'Choose a zip or .robot file', { follow = false } = {}): Promise<void> {
    const dialog = await this.#openImport();
    if (follow) await dialog.getByRole('checkbox', { name: /^Follow/u }).check();
    await dialog.getByRole('button', { name: way }).click();
  }

  async importGit(repository: string, ref: string): Promise<void> {
    const dialog = await this.#openImport();
    await dialog.getByRole('button', { name: 'Git repository' }).click();
    await dialog.getByRole('textbox', { name: 'Repository' }).fill(repository);
    await dialog.getByRole('textbox', { name: 'Branch or tag' }).fill(ref);
    await dialog.getByRole('button', { name: 'Fetch' }).click();
  }

  async #openImport(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Import', exact: true }).click();
    return this.page.getByRole('dialog', { name: 'Import test data' });
  }

  row(name: string): Locator {
    return this.page.getByRole('grid', { name: 'Test data' }).getByRole('row').filter({ hasText: name });
  }

  async openOne(name: string): Promise<void> {
    await this.row(name).dblclick();
    await expect(this.page).toHaveURL(/\/test-data\/[\w-]+/u);
  }
}
