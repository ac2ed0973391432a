// One router of itty-router, served by @whatwg-node/server, as its documentation has it, and by barefn.
const { AutoRouter, text } = require('itty-router');

const router = AutoRouter();
router.get('/', () => text('Hello, World!'));
router.post('/echo', (request) => request.json());
router.post('/upload', async (request) => text(String((await request.arrayBuffer()).byteLength)));
router.post('/event', async (request) => {
  const { checkEvent, decodeEvent } = require('./event.cjs');
  checkEvent(decodeEvent(Object.fromEntries(request.headers), await request.text()));
  return new Response(null, { status: 204 });
});

exports.router = router;
