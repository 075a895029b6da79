import type { Locator, Page } from '@playwright/test';

/** The board: machines by time. */
export class BoardPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Board' }).click();
    await this.page.getByRole('grid', { name: 'Reservations' }).waitFor();
  }

  row(machine: string): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('link', { name: machine, exact: true }) });
  }

  /** Holds and wishes of a row, by their accessible name: who, until when, what for. */
  block(machine: string, words: string | RegExp): Locator {
    return this.row(machine).getByRole('button', { name: words });
  }

  /** Drags over a row between two shares of its width, as a hand does. */
  async drag(machine: string, from: number, to: number): Promise<void> {
    const line = await this.row(machine).getByRole('gridcell').boundingBox();
    if (line === null) throw new Error(`${machine} is not on the board.`);
    const y = line.y + line.height / 2;
    await this.page.mouse.move(line.x + line.width * from, y);
    await this.page.mouse.down();
    await this.page.mouse.move(line.x + line.width * to, y, { steps: 6 });
    await this.page.mouse.up();
  }

  get hint(): Locator {
    return this.page.getByRole('dialog', { name: 'Reserve' });
  }

  get detail(): Locator {
    return this.page.getByRole('region', { name: 'Reservation', exact: true });
  }
}
