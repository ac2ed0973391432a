// Starts the command of the first argument on a port that is taken.
const { spawnSync } = require('node:child_process');
const net = require('node:net');

const server = net.createServer().listen(0, () => {
  const [, , command, ...args] = process.argv;
  const port = `--port=${server.address().port}`;
  const { status, stderr } = spawnSync(command, [...args, port], { encoding: 'utf8' });
  console.log(status, stderr.replaceAll(String(server.address().port), '<port>'));
  server.close();
});
