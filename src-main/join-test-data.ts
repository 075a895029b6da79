import { join } from 'node:path';
import type { Part } from './api/part.ts';
import { testDataPart } from './api/test-data.ts';
import { SuiteFinder } from './robot/discovery.ts';
import { cleanContent } from './services/test-data/clean-content.ts';
import { TestDataLinks } from './services/test-data/follow-links.ts';
import type { TestDataServices } from './services/test-data/test-data-services.ts';
import { Turns } from './services/test-data/turns.ts';
import { listContentReferences } from './store/content-references.ts';

/** Test data with what goes on by itself: content that nobody has is cleaned, links are looked at. */
export function joinTestData(joined: Omit<TestDataServices, 'turns' | 'finder' | 'otherContent'>): {
  services: TestDataServices;
  part: Part<'testData'>;
  close: () => Promise<void>;
} {
  const finder = new SuiteFinder(join(joined.resources, 'robot'));
  const services: TestDataServices = { ...joined, finder, turns: new Turns(), otherContent: () => listContentReferences(joined.store) };
  const links = new TestDataLinks(services);
  cleanContent(services).catch((error: unknown) => services.log.error('content of removed test data could not be cleaned', error));
  links.start();
  const close = async () => {
    await links.close();
    finder.close();
  };
  return { services, part: testDataPart(services, links), close };
}
