// Records the datagrams of one command between a client and a BMC, for known-answer tests.
// node test/capture-vectors.mjs OUT.json BMC-PORT USER PASSWORD SUITE "PEER" -- CLIENT... ({port} stands for the port to talk to)
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';

const [out, bmcPort, username, password, suite, peer, , ...command] = process.argv.slice(2);
const datagrams = [];
const front = createSocket('udp4');
const back = createSocket('udp4');
let client;
front.on('message', (bytes, from) => {
  client = from.port;
  datagrams.push({ from: 'console', hex: bytes.toString('hex') });
  back.send(bytes, Number(bmcPort), '127.0.0.1');
});
back.on('message', (bytes) => {
  datagrams.push({ from: 'bmc', hex: bytes.toString('hex') });
  front.send(bytes, client, '127.0.0.1');
});
front.bind(0, '127.0.0.1', () => {
  const words = command.map((word) => word.replace('{port}', String(front.address().port)));
  const child = spawn(words[0], words.slice(1), { stdio: 'inherit' });
  child.on('exit', (code) => {
    front.close();
    back.close();
    writeFileSync(
      out,
      `${JSON.stringify({ client: words[0], bmc: peer, suite: Number(suite), username, password, datagrams }, null, 1)}\n`,
    );
    process.exitCode = code ?? 1;
  });
});
