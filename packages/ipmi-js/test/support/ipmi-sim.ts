import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discover } from '../../src/index.js';
import { encodeFru } from '../../src/index.js';
import { eventually, freePort, program, run, start } from './processes.js';

export interface IpmiSim {
  readonly port: number;
  readonly folder: string;
  /** Lines "set power 1" and so on, as the chassis program saw them. */
  chassisLog(): string[];
  stop(): Promise<void>;
}

interface SensorRecord {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly m: number;
  readonly resultExponent?: number;
}

const analog: readonly SensorRecord[] = [
  { number: 1, name: 'CPU Temp', type: 'Temperature', unit: 'degrees_C', m: 1 },
  { number: 2, name: 'Fan one', type: 'Fan', unit: 'RPM', m: 50 },
  { number: 3, name: 'Volt 12V', type: 'Voltage', unit: 'Volts', m: 6, resultExponent: -2 },
];

function analogSdr(sensor: SensorRecord): string {
  return `sdr type 1
 sensor_owner_id 0x20
 sensor_owner_lun 0
 channel_number 0
 sensor_number ${sensor.number}
 entity_id system_board
 entity_instance 1
 sensor_type ${sensor.type}
 init_scanning true
 init_sensor_type true
 default_sensor_scan_on true
 event_reading_type_code 1
 analog_data_format unsigned
 rate_unit none
 modifier_unit none
 percentage false
 base_unit ${sensor.unit}
 modifier_unit_code unspecified
 linearization linear
 m ${sensor.m}
 tolerance 0
 b 0
 accuracy 1
 accuracy_exp 0
 sensor_direction input
 r_exp ${sensor.resultExponent ?? 0}
 b_exp 0
 sensor_maximum 255
 sensor_minimum 0
 id_string "${sensor.name}"
endsdr
`;
}

const discreteSdr = `sdr type 2
 sensor_owner_id 0x20
 sensor_owner_lun 0
 channel_number 0
 sensor_number 4
 entity_id power_supply
 entity_instance 1
 sensor_type Power_Supply
 event_reading_type_code 0x6f
 event0_state_ret true
 assert_event0 true
 deassert_event0 true
 event1_state_ret true
 assert_event1 true
 deassert_event1 true
 id_string "Psu one"
endsdr
sdr type 18
 device_slave_address 0x20
 device_channel_number 0
 chassis true
 fru_inventory true
 sel true
 sdr true
 sensor true
 entity_id system_board
 entity_instance 1
 id_string "TEST BMC"
endsdr
`;

const auths = ['callback', 'user', 'operator', 'admin'].map((level) => `    allowed_auths_${level} none md2 md5 straight`).join('\n');

function lanConf(folder: string, port: number, options: IpmiSimOptions): string {
  return `name "peer"
set_working_mc 0x20
  startlan 1
    addr 127.0.0.1 ${port}
    priv_limit admin
${auths}
    guid 00112233445566778899aabbccddeeff
  endlan
${(options.chassis ?? true) ? `  chassis_control "${folder}/chassis"` : ''}
${options.serialPort === undefined ? '' : `  sol "tcp:127.0.0.1:${options.serialPort}" 115200`}
  user 1 false "" "" user 10 none md2 md5 straight
  user 2 true "admin" "admin123" admin 10 none md2 md5 straight
  user 3 true "viewer" "view123" user 10 none md2 md5 straight
`;
}

function extraSensor({ number }: SensorRecord): string {
  return `sensor_add 0x20 0 ${number} 0x01 0x01\nsensor_set_value 0x20 0 ${number} ${20 + (number % 50)} 0\n`;
}

function emulation(folder: string, extra: readonly SensorRecord[]): string {
  return `mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr
sel_enable 0x20 1000 0x0a
sensor_add 0x20 0 1 0x01 0x01
sensor_set_value 0x20 0 1 42 0
sensor_set_threshold 0x20 0 1 settable 111000 0x64 0x5a 0x50 00 00 00
sensor_set_event_support 0x20 0 1 enable scanning per-state 000111111000000 000111111000000 000111111000000 000111111000000
sensor_add 0x20 0 2 0x04 0x01
sensor_set_value 0x20 0 2 84 0
sensor_set_threshold 0x20 0 2 settable 000111 00 00 00 5 10 15
sensor_add 0x20 0 3 0x02 0x01
sensor_set_value 0x20 0 3 201 0
sensor_set_threshold 0x20 0 3 settable 111111 230 220 215 175 180 185
sensor_add 0x20 0 4 0x08 0x6f
sensor_set_bit 0x20 0 4 0 1 0
${extra.map(extraSensor).join('')}mc_add_fru_data 0x20 0 256 file 0 "${folder}/fru.bin"
sel_add 0x20 2 0x00 0x5e 0x0f 0x67 0x20 0x00 0x04 0x01 0x01 0x01 0x59 0x5b 0x5a
sel_add 0x20 2 0x10 0x5e 0x0f 0x67 0x20 0x00 0x04 0x08 0x04 0x6f 0x01 0xff 0xff
mc_enable 0x20
`;
}

const chassisProgram = `#!/bin/sh
cd "$(dirname "$0")"
operation=$1; shift
[ "$operation" = set ] && echo "set $*" >> chassis.log
while [ $# -gt 0 ]; do
  if [ "$operation" = get ]; then echo "$1:$(cat "now.$1" 2>/dev/null || echo 0)"; shift; continue; fi
  [ "$1" = identify ] && exit 0
  echo "$2" > "now.$1"; shift 2
done
`;

function fru(): Buffer {
  const bytes = encodeFru({
    chassis: { type: 0x17, partNumber: 'CH-1', serial: 'CH-SN', custom: [] },
    board: {
      madeAt: new Date(Date.UTC(2023, 4, 6, 7, 8)),
      manufacturer: 'Peer',
      product: 'Peer board',
      serial: 'B-SN',
      partNumber: 'B-1',
      fruFileId: '',
      custom: ['extra'],
    },
    product: {
      manufacturer: 'Peer',
      name: 'Peer server',
      partNumber: 'P-1',
      version: '2.0',
      serial: 'P-SN',
      assetTag: 'tag',
      fruFileId: '',
      custom: [],
    },
  });
  return Buffer.concat([bytes], 256);
}

export interface IpmiSimOptions {
  readonly chassis?: boolean;
  readonly extraSensors?: number;
  /** TCP port of 127.0.0.1 that stands for the machine's serial port; somebody must listen there already. */
  readonly serialPort?: number;
}

/**
 * ipmi_sim of OpenIPMI with sensors, events and a FRU; accounts admin/admin123 and viewer/view123. Without `chassis` it answers power
 * questions by itself instead of starting a program for each.
 */
export async function startIpmiSim(options: IpmiSimOptions = {}): Promise<IpmiSim> {
  const [binary, compiler] = [program('ipmi_sim', 'openipmi'), program('sdrcomp', 'openipmi')];
  const folder = mkdtempSync(join(tmpdir(), 'ipmi-sim-'));
  const state = join(folder, 'state', 'ipmi_sim', 'peer');
  mkdirSync(state, { recursive: true });
  const port = await freePort();
  const extra = Array.from({ length: options.extraSensors ?? 0 }, (_, index): SensorRecord => ({
    number: 10 + index,
    name: `Extra ${index + 1} temp`,
    type: 'Temperature',
    unit: 'degrees_C',
    m: 1,
  }));
  writeFileSync(join(folder, 'lan.conf'), lanConf(folder, port, options));
  writeFileSync(join(folder, 'bmc.emu'), emulation(folder, extra));
  writeFileSync(join(folder, 'bmc.sdrs'), [...analog, ...extra].map(analogSdr).join('') + discreteSdr);
  writeFileSync(join(folder, 'fru.bin'), fru());
  writeFileSync(join(folder, 'chassis'), chassisProgram);
  writeFileSync(join(folder, 'chassis.log'), '');
  chmodSync(join(folder, 'chassis'), 0o755);
  run(compiler, ['-o', join(state, 'sdr.20.main'), join(folder, 'bmc.sdrs')]);
  const running = start(binary, ['-n', '-c', join(folder, 'lan.conf'), '-f', join(folder, 'bmc.emu'), '-s', join(folder, 'state')]);
  running.child.stdout?.resume();
  await eventually(async () => {
    const found = await discover(['127.0.0.1'], { port, waitMs: 200, tries: 1 });
    if (found.length === 0) throw new Error('ipmi_sim does not answer');
  });
  return {
    port,
    folder,
    chassisLog: () =>
      readFileSync(join(folder, 'chassis.log'), 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
