// Preloaded into a subject to profile it: the first SIGUSR2 begins, the second writes
// $BENCH_PROFILE_FILE and ends the process.
const { writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');

const session = new Session();
process.once('SIGUSR2', begin);

function begin() {
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 100 }); // microseconds
  session.post('Profiler.start');
  process.once('SIGUSR2', end);
}

function end() {
  session.post('Profiler.stop', (_error, { profile }) => {
    writeFileSync(process.env.BENCH_PROFILE_FILE, JSON.stringify(profile));
    process.exit(0);
  });
}
