import { expect, type Locator, type Page } from '@playwright/test';

/** The settings, one section at a time. */
export class SettingsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(section: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Settings' }).first().click();
    // Doctor's has the number of warnings behind its name.
    await this.page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('link', { name: new RegExp(`^${section}`, 'u') })
      .click();
    await expect(this.page.getByRole('heading', { level: 2, name: section })).toBeVisible();
  }

  /** One setting with its control. */
  setting(title: string | RegExp): Locator {
    return this.page.getByRole('region', { name: title });
  }
}
