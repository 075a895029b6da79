/** The form in which names are compared: what differs only in case or in how Unicode composes it is the same name. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}
