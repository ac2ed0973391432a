const { caught, at } = require('../cases');

module.exports = {
  'json of an object': (req, res) => res.json({ a: [1, null, 'ü'] }),
  'json of null': (req, res) => res.json(null),
  'json of undefined': (req, res) => res.json(undefined),
  'json of a string': (req, res) => res.json('x'),
  'json of a number': (req, res) => res.json(5),
  'json of true': (req, res) => res.json(true),
  'json of a function': (req, res) => res.json(() => 1),
  'json of a bigint': (req, res) => caught(res, () => res.json(5n)),
  'json keeps a type': (req, res) => res.type('application/vnd.api+json').json({}),
  'json keeps a type with charset': (req, res) =>
    res.set('Content-Type', 'application/json; charset=utf-16').json({}),
  'json does not escape': (req, res) => res.json({ a: '<script>\u2028' }),
  'json with spaces set': (req, res) => {
    req.app.set('json spaces', 2);
    res.json({ a: 1 });
    req.app.set('json spaces', undefined);
  },
  'json with a status': (req, res) => res.status(400).json({ error: 1 }),
  'json returns the response': (req, res) => console.log(res.json({}) === res),
  'jsonp without a callback': (req, res) => res.jsonp({ a: 1 }),
  jsonp: at('/?callback=cb', (req, res) => res.jsonp({ a: '\u2028\u2029' })),
  'jsonp filters the name': at('/?callback=a.b%5B0%5D(%3Balert', (req, res) => res.jsonp({ a: 1 })),
  'jsonp with two callbacks': at('/?callback=a&callback=b', (req, res) => res.jsonp({ a: 1 })),
  'jsonp with an empty callback': at('/?callback=', (req, res) => res.jsonp({ a: 1 })),
  'jsonp of undefined': at('/?callback=cb', (req, res) => res.jsonp(undefined)),
  'jsonp of null': at('/?callback=cb', (req, res) => res.jsonp(null)),
  'jsonp keeps a type': (req, res) => res.type('text/x').jsonp({ a: 1 }),
};
