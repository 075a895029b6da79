import { networkInterfaces } from 'node:os';
import type { Settings } from '../../../src-shared/model/system.ts';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { imageBytes } from '../../store/images.ts';
import { broken, fine, warning, type Check } from './check.ts';

type Chosen = () => Pick<Settings, 'imageBudgetGb' | 'servingAddress' | 'servingPort'>;

const GB = 1e9;
/** Share of the budget from which on the next image may not fit. */
const NEARLY_FULL = 0.9;

export const imageBudget = (store: ReadableStore, settings: Chosen): Check => ({
  number: 11,
  id: 'image-budget',
  title: 'Disk budget of images',
  group: 'store',
  look: () => {
    const [used, budget] = [imageBytes(store), settings().imageBudgetGb * GB];
    const detail = `${formatBytes(used)} of ${formatBytes(budget)}`;
    return used < budget * NEARLY_FULL
      ? fine(detail)
      : warning(detail, 'The next image may be refused. Free space under Images, or raise the budget in Settings, Images.');
  },
});

export const servingAddress = (settings: Chosen): Check => ({
  number: 12,
  id: 'serving-address',
  title: 'Images for machines',
  group: 'network',
  look: () => {
    const { servingAddress: chosen, servingPort: port } = settings();
    const at = port === 0 ? 'any free port' : `port ${port}`;
    if (chosen === null) return fine(`served at the address from which each machine is reached, ${at}`);
    const own = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === chosen));
    return own
      ? fine(`served at ${chosen}, ${at}`)
      : broken(
          `This computer does not have ${chosen} now.`,
          'Choose another address in Settings, Images: no machine could fetch its image.',
        );
  },
});
