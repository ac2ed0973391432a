// Preloaded to fill the compile cache: a process killed by a signal would not write it.
process.once('SIGTERM', () => process.exit(0));
