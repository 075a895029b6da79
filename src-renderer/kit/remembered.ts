import { useState } from 'react';

const PREFIX = 'atn.';

/** What a person set about the look of a page (a width, open or closed) stays on this computer. Never data. */
export function readRemembered<Value>(key: string, otherwise: Value): Value {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? otherwise : (JSON.parse(text) as Value);
  } catch {
    return otherwise;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage only means that the look is not remembered.
  }
}

export function useRemembered<Value>(key: string, otherwise: Value): readonly [Value, (value: Value) => void] {
  const [value, setValue] = useState(() => readRemembered(key, otherwise));
  const change = (next: Value): void => {
    setValue(next);
    remember(key, next);
  };
  return [value, change];
}
