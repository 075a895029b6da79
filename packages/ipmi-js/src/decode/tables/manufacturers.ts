/** IANA enterprise numbers of well-known makers of servers and BMC firmware. */
const names: Readonly<Record<number, string>> = {
  0: 'Unknown',
  2: 'IBM',
  11: 'Hewlett-Packard',
  42: 'Sun Microsystems',
  116: 'Hitachi',
  119: 'NEC',
  343: 'Intel Corporation',
  674: 'Dell Inc.',
  2011: 'Huawei Technologies',
  6653: 'Tyan Computer',
  4753: 'MontaVista Software, Inc.',
  7154: 'Intelligent Platform Management Interface forum',
  10297: 'Advantech',
  10368: 'Fujitsu Siemens',
  10437: 'Peppercon',
  10876: 'Supermicro',
  12634: 'PICMG',
  13742: 'Raritan',
  15000: 'Kontron',
  19046: 'Lenovo',
  20301: 'IBM eServer X',
  20974: 'American Megatrends',
  40092: 'Wiwynn',
  42817: 'OpenPOWER',
  47196: 'Hewlett Packard Enterprise',
  49769: 'YADRO',
};

/** A maker in words; the number where it is not in the table. */
export function describeManufacturer(id: number): string {
  return names[id] ?? `Unknown (0x${id.toString(16).toUpperCase()})`;
}
