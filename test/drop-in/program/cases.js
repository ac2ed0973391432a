// A case is a handler for a GET of '/', or the request with the handler.
exports.head = (run) => ({ request: { method: 'HEAD' }, run });
exports.asked = (headers, run) => ({ request: { headers }, run });
exports.at = (target, run) => ({ request: { target }, run });

/** Answers with what a call throws. */
exports.caught = (res, act) => {
  try {
    act();
    res.end('nothing was thrown');
  } catch (error) {
    res.end(`${error.name} ${error.code ?? ''}: ${error.message}`);
  }
};
