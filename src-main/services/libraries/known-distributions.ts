import { normalName } from '../../../src-shared/text/package-name.ts';

/** Names that suites import, and the distribution on the public index that has each. */
const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  AppiumLibrary: 'robotframework-appiumlibrary',
  ArchiveLibrary: 'robotframework-archivelibrary',
  AutoItLibrary: 'robotframework-autoitlibrary',
  Browser: 'robotframework-browser',
  CryptoLibrary: 'robotframework-crypto',
  DatabaseLibrary: 'robotframework-databaselibrary',
  DataDriver: 'robotframework-datadriver',
  DebugLibrary: 'robotframework-debuglibrary',
  DependencyLibrary: 'robotframework-dependencylibrary',
  DiffLibrary: 'robotframework-difflibrary',
  ExcelLibrary: 'robotframework-excellib',
  ExcelSage: 'robotframework-excelsage',
  FakerLibrary: 'robotframework-faker',
  FtpLibrary: 'robotframework-ftplibrary',
  HttpCtrl: 'robotframework-httpctrl',
  HttpLibrary: 'robotframework-httplibrary',
  ImageHorizonLibrary: 'robotframework-imagehorizonlibrary',
  ImapLibrary: 'robotframework-imaplibrary',
  ImapLibrary2: 'robotframework-imaplibrary2',
  JMeterLibrary: 'robotframework-jmeterlibrary',
  JSONLibrary: 'robotframework-jsonlibrary',
  KafkaLibrary: 'robotframework-kafkalibrary',
  Mainframe3270: 'robotframework-mainframe3270',
  MongoDBLibrary: 'robotframework-mongodblibrary',
  MQTTLibrary: 'robotframework-mqttlibrary',
  PabotLib: 'robotframework-pabot',
  PuppeteerLibrary: 'robotframework-puppeteerlibrary',
  RPA: 'rpaframework',
  RedisLibrary: 'robotframework-redislibrary',
  RequestsLibrary: 'robotframework-requests',
  REST: 'RESTinstance',
  RoboSAPiens: 'robotframework-robosapiens',
  Rammbock: 'robotframework-rammbock',
  SCPLibrary: 'robotframework-scplibrary',
  SSHLibrary: 'robotframework-sshlibrary',
  SeleniumLibrary: 'robotframework-seleniumlibrary',
  Selenium2Library: 'robotframework-selenium2library',
  SerialLibrary: 'robotframework-seriallibrary',
  SikuliLibrary: 'robotframework-sikulilibrary',
  SoapLibrary: 'robotframework-soaplibrary',
  SudsLibrary: 'robotframework-sudslibrary',
  WhiteLibrary: 'robotframework-whitelibrary',
  XvfbRobot: 'robotframework-xvfb',
  Zoomba: 'robotframework-zoomba',
  paramiko: 'paramiko',
  pymodbus: 'pymodbus',
  pysnmp: 'pysnmp',
  redfish: 'redfish',
  requests: 'requests',
  serial: 'pyserial',
  yaml: 'PyYAML',
};

const BY_KEY = new Map(Object.entries(DISTRIBUTIONS).map(([name, distribution]) => [name.toLowerCase(), distribution]));

/** The distribution to add for an import that is missing; null when nobody here knows one. `a.b.C` is looked for as `a`. */
export function distributionFor(importName: string): string | null {
  return BY_KEY.get((importName.split('.')[0] ?? '').toLowerCase()) ?? null;
}

/** What a distribution is known to let suites import, before an environment with it was built. */
export function importNamesOf(distribution: string): string[] {
  const wanted = normalName(distribution);
  return Object.entries(DISTRIBUTIONS).flatMap(([name, known]) => (normalName(known) === wanted ? [name] : []));
}
