import type { ChassisState, SerialHost } from 'ipmi-js/sim';

/** ms between two lines of the boot log. */
const LINE = 90;

const BOOT = [
  'SIMULATED BIOS 2.1  CPU: 2 x 16 cores  Memory: 64 GiB OK',
  'Booting from hard disk ...',
  '[    0.000000] Linux version 6.1.0-sim (made up by the simulator)',
  '[    0.004112] Command line: root=/dev/sda1 console=ttyS0,115200',
  '[    0.391204] smpboot: brought up 1 node, 32 CPUs',
  '[    1.102398] sd 0:0:0:0: [sda] 468862128 512-byte logical blocks',
  '[    1.640021] eth0: link is up, 10 Gbit/s full duplex',
  '[    2.218743] systemd[1]: Reached target Multi-User System.',
];

interface Machine {
  name: string;
  chassis: ChassisState;
  print: (data: Buffer) => void;
}

/** The serial port of a simulated machine: it prints a boot log, asks for a login and then answers a few commands. */
export function machineConsole(machine: Machine): SerialHost {
  const shell = new SimulatedShell(machine);
  machine.chassis.on('power', (on) => (on ? shell.boot() : shell.halt()));
  machine.chassis.on('reset', () => shell.boot());
  machine.chassis.on('soft', () => shell.shutDown());
  if (machine.chassis.powerOn) shell.boot();
  return {
    receive: (data) => {
      shell.type(data.toString('latin1'));
      return data.length;
    },
  };
}

type Stage = 'off' | 'booting' | 'login' | 'password' | 'shell';

class SimulatedShell {
  readonly #machine: Machine;
  #stage: Stage = 'off';
  #line = '';
  #timer: NodeJS.Timeout | undefined;
  #bootedAt = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  boot(): void {
    this.halt();
    this.#stage = 'booting';
    this.#bootedAt = Date.now();
    let next = 0;
    const step = (): void => {
      const line = BOOT[next];
      next += 1;
      if (line === undefined) return this.#ask();
      this.#say(`${line}\n`);
      this.#timer = setTimeout(step, LINE).unref();
    };
    step();
  }

  halt(): void {
    clearTimeout(this.#timer);
    this.#stage = 'off';
    this.#line = '';
  }

  shutDown(): void {
    if (this.#stage === 'off') return;
    this.#say('\n[ shutting down ] Stopped target Multi-User System.\n[ shutting down ] reboot: Power down\n');
    this.#stage = 'off';
  }

  type(text: string): void {
    if (this.#stage === 'off' || this.#stage === 'booting') return;
    for (const character of text) this.#key(character);
  }

  #key(character: string): void {
    if (character === '\r' || character === '\n') return this.#enter();
    if (character === '\x7f' || character === '\b') {
      if (this.#line !== '') this.#echo('\b \b');
      this.#line = this.#line.slice(0, -1);
      return;
    }
    if (character < ' ') return;
    this.#line += character;
    this.#echo(character);
  }

  #echo(text: string): void {
    if (this.#stage !== 'password') this.#say(text);
  }

  #enter(): void {
    const line = this.#line.trim();
    this.#line = '';
    this.#say('\n');
    if (this.#stage === 'login') {
      if (line === '') return this.#ask();
      this.#stage = 'password';
      return this.#say('Password: ');
    }
    if (this.#stage === 'password') {
      this.#stage = 'shell';
      return this.#say(`Welcome to ${this.#machine.name}, a machine that is only simulated. Try "help".\n# `);
    }
    this.#run(line);
  }

  #run(line: string): void {
    const [word = '', ...rest] = line.split(/\s+/);
    const command = this.#commands[word];
    if (word !== '') this.#say(command === undefined ? `${word}: command not found\n` : command(rest.join(' ')));
    if (this.#stage === 'shell') this.#say('# ');
  }

  readonly #commands: Readonly<Record<string, (rest: string) => string>> = {
    help: () => 'dmesg  echo TEXT  exit  hostname  panic  poweroff  reboot  uname  uptime\n',
    echo: (rest) => `${rest}\n`,
    hostname: () => `${this.#machine.name}\n`,
    uname: () => `Linux ${this.#machine.name} 6.1.0-sim x86_64\n`,
    uptime: () => `up ${Math.round((Date.now() - this.#bootedAt) / 1000)} s\n`,
    dmesg: () => `${BOOT.join('\n')}\n`,
    exit: () => {
      this.#ask();
      return '';
    },
    panic: () => {
      this.#stage = 'off';
      return '[  999.000001] Kernel panic - not syncing: asked for\n[  999.000002] ---[ end Kernel panic ]---\n';
    },
    reboot: () => {
      setImmediate(() => this.#machine.chassis.execute('reset'));
      this.#stage = 'off';
      return 'Rebooting.\n';
    },
    poweroff: () => {
      setImmediate(() => this.#machine.chassis.execute('off'));
      this.#stage = 'off';
      return 'reboot: Power down\n';
    },
  };

  #ask(): void {
    this.#stage = 'login';
    this.#say(`\n${this.#machine.name} login: `);
  }

  #say(text: string): void {
    this.#machine.print(Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1'));
  }
}
