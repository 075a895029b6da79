import { expect, type Locator, type Page } from '@playwright/test';

type TypeWord = 'Text' | 'Whole number' | 'True or false' | 'List' | 'Secret';

/** Conditions, and the one whose form stands beside them. */
export class ConditionsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Test data' }).click();
    await this.page.getByRole('navigation', { name: 'Test data' }).getByRole('link', { name: 'Conditions' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'Conditions' })).toBeVisible();
  }

  form(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  async begin(name: string): Promise<Locator> {
    await this.page.getByRole('link', { name: 'New condition' }).first().click();
    const form = this.form('New condition');
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    return form;
  }

  async addVariable(form: Locator, variable: { name: string; type: TypeWord; value: string }): Promise<void> {
    await form.getByRole('button', { name: 'Add variable' }).click();
    await form.getByRole('textbox', { name: 'Name of the new variable' }).fill(variable.name);
    await form.getByRole('combobox', { name: `Type of ${variable.name}` }).selectOption(variable.type);
    await form.getByLabel(`Value of ${variable.name}`).fill(variable.value);
  }
}
