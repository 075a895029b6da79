import { describe, expect, it } from 'vitest';
import { placeOn, smallest } from './window-place.ts';

const main = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 2560, height: 1440 };

describe('placeOn', () => {
  it('opens at its usual size without a place when nothing is remembered', () => {
    expect(placeOn([main], null)).toEqual({ width: 1440, height: 900, maximised: false });
  });
  it('comes back where it was', () => {
    const place = { x: 2000, y: 100, width: 1200, height: 800, maximised: true };
    expect(placeOn([main, second], place)).toEqual(place);
  });
  it('leaves a display that was taken away, and keeps size and state', () => {
    const place = { x: 2000, y: 100, width: 1200, height: 800, maximised: true };
    expect(placeOn([main], place)).toEqual({ width: 1200, height: 800, maximised: true });
  });
  it('is never larger than its display nor smaller than is usable', () => {
    expect(placeOn([main], { x: 0, y: 0, width: 5000, height: 4000, maximised: false })).toMatchObject({ width: 1920, height: 1080 });
    expect(placeOn([main], { x: 0, y: 0, width: 10, height: 10, maximised: false })).toMatchObject(smallest);
  });
  it('does not hide its title bar below or beside the display', () => {
    expect(placeOn([main], { x: 1900, y: 0, width: 1200, height: 800, maximised: false })).not.toHaveProperty('x');
    expect(placeOn([main], { x: 0, y: 1070, width: 1200, height: 800, maximised: false })).not.toHaveProperty('x');
  });
});
