/** Network functions of requests (IPMI 2.0 table 5-1); an answer has the next odd number. */
export const netFn = {
  chassis: 0x00,
  bridge: 0x02,
  sensorEvent: 0x04,
  app: 0x06,
  firmware: 0x08,
  storage: 0x0a,
  transport: 0x0c,
  groupExtension: 0x2c,
} as const;
