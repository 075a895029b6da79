import { IpmiClient, readSdrs, supportedSuites, type Sdr, type Session, type SessionOptions } from 'ipmi-js';
import { DriverError } from '../driver-error.ts';
import type { IpmiEndpoint } from '../endpoints.ts';

/** About 5 s in all, so that another provider gets its turn soon. */
const RETRY = { firstMs: 400, factor: 1.5, maxMs: 1500, tries: 5 };
/** Sensor records describe the hardware: they change when a BMC is updated, not from minute to minute. ms. */
const RECORDS_LAST = 600_000;

/** One BMC with its warm session and what was read of its sensor records. */
export interface IpmiLink {
  endpoint: IpmiEndpoint;
  client: IpmiClient;
  records: { sdrs: Sdr[]; readAt: number } | undefined;
}

export function openIpmi(endpoint: IpmiEndpoint): IpmiLink {
  return { endpoint, client: new IpmiClient(sessionOptions(endpoint)), records: undefined };
}

/** The warm session; a change asks for it first, so that the fence is compared after a login that took its time. */
export async function warm(link: IpmiLink): Promise<Session> {
  return link.client.session();
}

export async function sensorRecords(link: IpmiLink): Promise<Sdr[]> {
  const now = performance.now();
  if (link.records === undefined || now - link.records.readAt > RECORDS_LAST) {
    link.records = { sdrs: await readSdrs(link.client), readAt: now };
  }
  return link.records.sdrs;
}

/** Throws BAD_REQUEST for suites nobody may ask for. */
export function sessionOptions({ host, port, username, password, kg, suites, privilege }: IpmiEndpoint): SessionOptions {
  if (suites?.includes(0) === true) {
    throw new DriverError('BAD_REQUEST', 'Cipher suite 0 lets everybody in without a password and is not used. Choose 17 or 3.');
  }
  const strange = suites?.find((suite) => !supportedSuites.includes(suite));
  if (strange !== undefined) throw new DriverError('BAD_REQUEST', `Cipher suite ${strange} is not known. Choose 17 or 3.`);
  return {
    host,
    username,
    password,
    retry: RETRY,
    ...(port === undefined ? {} : { port }),
    ...(kg === undefined || kg === '' ? {} : { kg }),
    ...(suites === undefined || suites.length === 0 ? {} : { suites }),
    ...(privilege === undefined ? {} : { privilege }),
  };
}
