import { expect, type Locator, type Page } from '@playwright/test';

/** Where a run is put together. */
export class NewRunPage {
  readonly page: Page;
  readonly plan: Locator;
  readonly cases: Locator;
  /** `Why can’t I run?` with every reason. */
  readonly reasons: Locator;

  constructor(page: Page) {
    this.page = page;
    this.plan = page.getByRole('region', { name: 'Plan' });
    this.cases = page.getByRole('region', { name: 'Cases' });
    this.reasons = page.getByRole('region', { name: /^Why can.t I run\?$/u });
  }

  /** By its key, from wherever one is. */
  async open(): Promise<void> {
    await this.page.keyboard.press('n');
    await expect(this.page.getByRole('heading', { level: 1, name: 'New run' })).toBeVisible();
  }

  async choose(testData: string): Promise<void> {
    await this.plan.getByRole('combobox', { name: 'Test data' }).click();
    await this.page.getByRole('option', { name: testData }).click();
    await expect(this.cases.getByRole('tree')).toBeVisible();
  }

  async addSut(name: string): Promise<void> {
    await this.plan.getByRole('button', { name: 'Add SUTs' }).click();
    const choice = this.page.getByRole('dialog', { name: 'Add SUTs' });
    await choice.getByRole('searchbox').fill(name);
    await choice.getByRole('searchbox').press('Enter');
    await expect(this.plan.getByRole('button', { name: `Remove ${name}` })).toBeVisible();
    await expect(choice).toBeHidden();
  }

  async setVariables(...lines: string[]): Promise<void> {
    await this.plan.getByRole('textbox', { name: 'Variables' }).fill(lines.join('\n'));
  }

  /** How many cases the button says it will run. */
  get run(): Locator {
    return this.plan.getByRole('button', { name: /^(?:Run|Reserve and run) \d+ cases?/u });
  }
}
