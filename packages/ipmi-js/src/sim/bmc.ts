import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { solParameter } from '../commands/transport/sol.js';
import { createBmcState } from './create-state.js';
import { DatagramHandler } from './datagram-handler.js';
import { Faults } from './faults.js';
import { HandlerTable } from './handler-table.js';
import { addAppHandlers } from './handlers/app.js';
import { addChassisHandlers } from './handlers/chassis.js';
import { addPayloadHandlers } from './handlers/payload.js';
import { addPicmgHandlers } from './handlers/picmg.js';
import { addPlatformHandlers } from './handlers/platform.js';
import { addSensorHandlers } from './handlers/sensor.js';
import { addStorageHandlers } from './handlers/storage.js';
import { addUserHandlers } from './handlers/users.js';
import type { SimulatedBmcOptions } from './options.js';
import type { Peer } from './session-table.js';
import type { BmcState } from './state/index.js';

/** A BMC that speaks real RMCP+ over UDP. Made with {@link startSimulatedBmc}, or driven by hand with `receive`. */
export class SimulatedBmc {
  readonly options: SimulatedBmcOptions;
  readonly state: BmcState;
  readonly faults: Faults;
  /** More commands can be added, or others put in their place. */
  readonly commands = new HandlerTable();
  readonly #datagrams: DatagramHandler;
  #socket: Socket | undefined;
  #tick: NodeJS.Timeout | undefined;

  constructor(options: SimulatedBmcOptions = {}) {
    this.options = options;
    this.faults = new Faults(options.faults, options.seed);
    const { state, handshakes } = createBmcState(options, this.faults);
    this.state = state;
    this.#datagrams = new DatagramHandler({ state, handshakes, commands: this.commands });
    for (const add of [
      addAppHandlers,
      addChassisHandlers,
      addUserHandlers,
      addPayloadHandlers,
      addStorageHandlers,
      addSensorHandlers,
      addPlatformHandlers,
    ]) {
      add(this.commands, state);
    }
    if (options.picmg === true) addPicmgHandlers(this.commands, state);
  }

  /** Port it listens on; 0 when it does not. */
  get port(): number {
    return this.#socket?.address().port ?? 0;
  }

  /** Handles a datagram as if it came from the network. */
  receive(datagram: Buffer, peer: Peer): void {
    for (let times = this.faults.arrivals(); times > 0; times -= 1) this.#datagrams.receive(datagram, peer);
  }

  async start(): Promise<void> {
    const { host = '127.0.0.1', port = 0, sensorTickMs = 1000 } = this.options;
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, host, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    // A console that went away makes later sends fail; that is no reason to end.
    socket.on('error', () => undefined);
    socket.on('message', (datagram, from) => this.receive(datagram, this.#peer(socket, from)));
    this.#socket = socket;
    // A console goes on at the port that Activate Payload names.
    this.state.solSettings.set(solParameter.port, Buffer.from([this.port & 0xff, this.port >> 8]));
    if (sensorTickMs > 0) this.#tick = setInterval(() => this.state.sensors.watch(), sensorTickMs).unref();
  }

  #peer(socket: Socket, from: RemoteInfo): Peer {
    return {
      name: `${from.address}:${from.port}`,
      address: from.address,
      port: from.port,
      send: (datagram) => {
        if (this.#socket === socket) socket.send(datagram, from.port, from.address, () => undefined);
      },
    };
  }

  /** Ends sessions and timers and frees the port. */
  async stop(): Promise<void> {
    clearInterval(this.#tick);
    this.state.chassis.stop();
    this.state.watchdog.stop();
    this.state.sessions.closeAll();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket !== undefined) await new Promise<void>((resolve) => socket.close(() => resolve()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Makes a simulated BMC and starts it; rejects when the port is taken. */
export async function startSimulatedBmc(options: SimulatedBmcOptions = {}): Promise<SimulatedBmc> {
  const bmc = new SimulatedBmc(options);
  await bmc.start();
  return bmc;
}
