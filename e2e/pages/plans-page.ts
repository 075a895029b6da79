import { expect, type Locator, type Page } from '@playwright/test';

/** Plans, the one that is open beside them, and the form of one. */
export class PlansPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Test data' }).click();
    await this.page.getByRole('navigation', { name: 'Test data' }).getByRole('link', { name: 'Plans' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'Plans' })).toBeVisible();
  }

  row(name: string): Locator {
    return this.page.getByRole('grid', { name: 'Plans' }).getByRole('row').filter({ hasText: name });
  }

  detail(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  /** The form of a plan, new or edited. */
  get form(): Locator {
    return this.page.getByRole('region', { name: 'Plan', exact: true });
  }
}
