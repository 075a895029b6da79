import { expect, type Locator, type Page } from '@playwright/test';

interface Field {
  key: string;
  kind: 'Text' | 'Number' | 'Address' | 'Secret';
  value: string;
}

/** The machines, and the one that is open beside the list. */
export class SutsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'SUTs' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'SUTs' })).toBeVisible();
  }

  /** Describes a machine and saves it; its detail is open then. */
  async add(name: string, fields: readonly Field[]): Promise<void> {
    await this.page.getByRole('link', { name: 'Add machine' }).click();
    const form = this.page.getByRole('form', { name: 'Add a machine' });
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    for (const { key, kind, value } of fields) {
      const kinds = form.getByRole('combobox', { name: `Kind of ${key}`, exact: true });
      // Fields that most machines have are offered from the start.
      if ((await kinds.count()) === 0) {
        await form.getByRole('button', { name: 'Add field' }).click();
        await form
          .getByRole('textbox', { name: /^Name of field/u })
          .last()
          .fill(key);
      }
      await kinds.selectOption(kind);
      await form.getByLabel(`${kind === 'Secret' ? 'New value' : 'Value'} of ${key}`).fill(value);
    }
    await form.getByRole('button', { name: 'Add machine' }).click();
    await expect(this.detail(name)).toBeVisible();
    await expect(form).toBeHidden();
  }

  detail(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  row(name: string): Locator {
    return this.page.getByRole('grid', { name: 'SUTs' }).getByRole('row').filter({ hasText: name });
  }
}
