import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures/workbench.ts';

/** One file of test data while it is edited. */
export class EditorPage {
  readonly page: Page;
  readonly text: Locator;
  readonly files: Locator;

  constructor(page: Page) {
    this.page = page;
    this.text = page.locator('.cm-content').first();
    this.files = page.getByRole('list', { name: 'Files' });
  }

  /** From the page of the test data, by the file in its tree. */
  async open(testDataId: string, file: string): Promise<void> {
    const address = `/test-data/${testDataId}/edit?${new URLSearchParams({ file }).toString()}`;
    await this.page.evaluate((to) => window.history.pushState(null, '', to), address);
    await expect(this.page.getByRole('heading', { level: 1, name: file })).toBeVisible();
    await expect(this.text).toBeVisible();
  }

  async typeAtEnd(text: string): Promise<void> {
    await this.text.click();
    await this.page.keyboard.press('ControlOrMeta+End');
    await this.page.keyboard.type(text);
  }

  async kept(): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: 'Draft kept' })).toBeVisible();
  }

  async save(why = ''): Promise<void> {
    if (why !== '') await this.page.getByRole('textbox', { name: 'Why this was changed' }).fill(why);
    await this.page.getByRole('button', { name: /^Save(?! and)/u }).click();
  }

  async saved(): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: 'Draft kept' })).toHaveCount(0);
    await expect(this.page.getByRole('button', { name: /^Save(?! and)/u })).toHaveAttribute('aria-disabled', 'true');
  }
}
