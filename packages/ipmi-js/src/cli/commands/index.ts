import type { CliCommand } from '../command.js';
import { chassisCommands } from './chassis.js';
import { controllerCommands } from './controller.js';
import { fruCommands } from './fru.js';
import { networkCommands } from './network.js';
import { platformCommands } from './platform.js';
import { selCommands } from './storage.js';
import { sensorCommands } from './sensors.js';

/** Every command that asks a BMC. */
export const commands: readonly CliCommand[] = [
  ...chassisCommands,
  ...controllerCommands,
  ...sensorCommands,
  ...selCommands,
  ...fruCommands,
  ...networkCommands,
  ...platformCommands,
];
