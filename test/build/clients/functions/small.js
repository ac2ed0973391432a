const pino = require('pino');
const { request } = require('undici');
const { z } = require('zod');

const log = pino(pino.destination({ dest: 2, sync: true }));
const Answer = z.object({ text: z.string() });

exports.cold = () => {
  log.info('cold');
  return Answer.parse({ text: 'parsed' }).text;
};
exports.real = async () => {
  const { body } = await request(`${process.env.FAKE_HTTP}/json`);
  return Answer.parse(await body.json()).text;
};
