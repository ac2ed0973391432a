const { caught } = require('../cases');

module.exports = {
  'status is chainable': (req, res) => console.log(res.status(201).end() === res),
  'status 999': (req, res) => res.status(999).send('x'),
  'status of a string': (req, res) => caught(res, () => res.status('200')),
  'status of a fraction': (req, res) => caught(res, () => res.status(200.5)),
  'status of undefined': (req, res) => caught(res, () => res.status(undefined)),
  'status of null': (req, res) => caught(res, () => res.status(null)),
  'status of an object': (req, res) => caught(res, () => res.status({ a: 1 })),
  'status 99': (req, res) => caught(res, () => res.status(99)),
  'status 1000': (req, res) => caught(res, () => res.status(1000)),
  'status -1': (req, res) => caught(res, () => res.status(-1)),
  'sendStatus 200': (req, res) => res.sendStatus(200),
  'sendStatus 201': (req, res) => res.sendStatus(201),
  'sendStatus 204': (req, res) => res.sendStatus(204),
  'sendStatus 304': (req, res) => res.sendStatus(304),
  'sendStatus 404': (req, res) => res.sendStatus(404),
  'sendStatus 418': (req, res) => res.sendStatus(418),
  'sendStatus 599': (req, res) => res.sendStatus(599),
  'sendStatus of a string': (req, res) => caught(res, () => res.sendStatus('200')),
  'sendStatus 1000': (req, res) => caught(res, () => res.sendStatus(1000)),
  'statusCode assigned': (req, res) => {
    res.statusCode = 202;
    res.send('x');
  },
};
