import { objectAt, textAt, type Json } from './json.ts';

/** What differs between makers and cannot be seen in the resources themselves. */
export interface Quirks {
  /** How an image is put in when both ways seem open: by the action of the standard, or by writing the property. */
  insert: 'action' | 'property';
  /** Ids of the logs that hold hardware events, best first; compared without case. */
  logs: readonly string[];
}

const USUAL: Quirks = { insert: 'action', logs: ['sel', 'eventlog', 'event', 'log', 'log1'] };

interface Vendor {
  /** Found in `Vendor` of the service root or among the names in its `Oem`. */
  name: RegExp;
  quirks: Partial<Quirks>;
}

/** One line a maker; a quirk that shows in the resources (a missing action, a missing reset type) is found there instead. */
const VENDORS: readonly Vendor[] = [
  { name: /^(hpe?|hewlett)/i, quirks: { logs: ['iml', ...USUAL.logs] } },
  { name: /^dell/i, quirks: { logs: ['sel', 'lclog', ...USUAL.logs] } },
  { name: /^lenovo/i, quirks: { insert: 'property', logs: ['platformlog', 'standardlog', ...USUAL.logs] } },
  { name: /^(supermicro|super micro)/i, quirks: { logs: ['log1', ...USUAL.logs] } },
];

export function quirksOf(root: Json): Quirks {
  const names = [textAt(root, 'Vendor') ?? '', ...Object.keys(objectAt(root, 'Oem'))];
  const vendor = VENDORS.find(({ name }) => names.some((each) => name.test(each)));
  return { ...USUAL, ...vendor?.quirks };
}
