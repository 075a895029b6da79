import { describe, expect, it, vi } from 'vitest';
import { HotkeyRegistry, nameOfPress } from './hotkeys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('names of presses', () => {
  it.each([
    [press('k', { ctrlKey: true }), 'mod+k'],
    [press('k', { metaKey: true }), 'mod+k'],
    [press('R', { shiftKey: true }), 'shift+r'],
    [press('?', { shiftKey: true }), '?'],
    [press('Enter', { ctrlKey: true }), 'mod+enter'],
    [press(' '), 'space'],
    [press('Tab', { shiftKey: true }), 'shift+tab'],
  ])('%o is %s', (given, name) => expect(nameOfPress(given)).toBe(name));
});

describe('the registry of keys', () => {
  it('lets the newest set win and gives the key back when it leaves', () => {
    const registry = new HotkeyRegistry();
    const [shell, page] = [vi.fn(), vi.fn()];
    registry.add([{ keys: 'r', label: 'Shell', run: shell }]);
    const leave = registry.add([{ keys: 'r', label: 'Page', run: page }]);
    registry.press(press('r'), false, 0);
    leave();
    registry.press(press('r'), false, 1);
    expect([page.mock.calls.length, shell.mock.calls.length]).toEqual([1, 1]);
    expect(registry.list().map(({ label }) => label)).toEqual(['Shell']);
  });

  it('takes a chord within its time, and swallows a slip of the second key', () => {
    const registry = new HotkeyRegistry();
    const [go, start] = [vi.fn(), vi.fn()];
    registry.add([
      { keys: 'g r', label: 'Runs', run: go },
      { keys: 'n', label: 'New run', run: start },
    ]);
    expect(registry.press(press('g'), false, 0)).toBe(false);
    expect(registry.press(press('r'), false, 500)).toBe(true);
    registry.press(press('g'), false, 1000);
    registry.press(press('n'), false, 1100);
    expect(start).not.toHaveBeenCalled();
    registry.press(press('g'), false, 2000);
    registry.press(press('r'), false, 4000);
    expect(go).toHaveBeenCalledTimes(1);
    registry.press(press('n'), false, 5000);
    expect(start).toHaveBeenCalledTimes(1);
  });

  it('keeps single letters for the text while typing, but not the palette', () => {
    const registry = new HotkeyRegistry();
    const [palette, start] = [vi.fn(), vi.fn()];
    registry.add([
      { keys: 'mod+k', label: 'Palette', whileTyping: true, run: palette },
      { keys: 'n', label: 'New run', run: start },
    ]);
    expect(registry.press(press('n'), true, 0)).toBe(false);
    expect(registry.press(press('k', { ctrlKey: true }), true, 1)).toBe(true);
    expect(start).not.toHaveBeenCalled();
  });

  it('does not end a chord when a modifier goes down between its keys', () => {
    const registry = new HotkeyRegistry();
    const rerun = vi.fn();
    registry.add([{ keys: 'g shift+r', label: 'Odd', run: rerun }]);
    registry.press(press('g'), false, 0);
    registry.press(press('Shift', { shiftKey: true }), false, 10);
    registry.press(press('R', { shiftKey: true }), false, 20);
    expect(rerun).toHaveBeenCalledTimes(1);
  });
});
