// The tests ask with SIGUSR2 for a mark in the output, to know where the output of a case ends.
process.on('SIGUSR2', () => {
  // What is logged right after an answer comes before the mark.
  setTimeout(() => {
    process.stdout.write('<mark>\n');
    process.stderr.write('<mark>\n');
  }, 4);
});
