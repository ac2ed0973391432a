const { caught, head, asked } = require('../cases');

/** What Express makes of a view, without an engine. */
class OwnView {
  path = 'page';
  render(_options, done) {
    done(null, 'rendered');
  }
}

/** An error with members that logs do not show. */
function failing(members) {
  const error = new Error('x');
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(error, name, { value });
  return error;
}

module.exports = {
  location: (req, res) => res.location('/a b?c=ä').end(),
  'location keeps escapes': (req, res) => res.location('/a%20b%zz').end(),
  'location back': (req, res) => res.location('back').end(),
  'location of a host': (req, res) => res.location('https://ex.com/\u20ac"<>').end(),
  'location of a URL object': (req, res) => res.location(new URL('http://a.b/c d')).end(),
  'location of a lone surrogate': (req, res) => res.location('/\ud800').end(),
  'location with a backslash': (req, res) => res.location('http://a\\@b/c').end(),
  redirect: (req, res) => res.redirect('/there'),
  'redirect with a status': (req, res) => res.redirect(301, '/there'),
  'redirect 307': (req, res) => res.redirect(307, '/there?a=<b>'),
  'redirect to html': asked({ Accept: 'text/html' }, (req, res) => res.redirect('/<a>&"')),
  'redirect to json': asked({ Accept: 'application/json' }, (req, res) => res.redirect('/a')),
  'redirect any': asked({ Accept: '*/*' }, (req, res) => res.redirect('/a')),
  'redirect HEAD': head((req, res) => res.redirect('/there')),
  'redirect back': asked({ Referer: '/r' }, (req, res) => res.redirect('back')),
  'redirect with its arguments swapped': (req, res) => caught(res, () => res.redirect('/a', 301)),
  'format by Accept': asked({ Accept: 'application/json' }, (req, res) =>
    res.format({ html: () => res.send('html'), json: () => res.send({ a: 1 }) }),
  ),
  'format first': (req, res) =>
    res.format({ 'text/plain': () => res.send('text'), html: () => res.send('html') }),
  'format default': asked({ Accept: 'image/png' }, (req, res) =>
    res.format({ html: () => res.send('html'), default: () => res.send('default') }),
  ),
  'format 406': asked({ Accept: 'image/png' }, (req, res) =>
    res.format({ html: () => res.send('html') }),
  ),
  'format 406 later': asked({ Accept: 'image/png' }, (req, res) =>
    setTimeout(() => res.format({ html: () => res.send('html') }), 5),
  ),
  'format to next': (req, res) =>
    res.format({ default: (a, b, next) => next(failing({ status: 418 })) }),
  'format to next later': (req, res) =>
    res.format({
      default: (a, b, next) => setTimeout(() => next(failing({ statusCode: 409 })), 5),
    }),
  'format to next without a status': (req, res) =>
    res.status(410).format({ default: (a, b, next) => next(new Error('x')) }),
  'format to next with headers': (req, res) =>
    res.format({
      default: (a, b, next) => next(failing({ status: 503, headers: { 'Retry-After': '5' } })),
    }),
  'format to next with nothing': (req, res) => res.format({ default: (a, b, next) => next() }),
  'format to next with a route': (req, res) =>
    res.format({ default: (a, b, next) => next('route') }),
  'format hands on its arguments': (req, res) =>
    res.format({ text: (a, b, next) => res.send([a === req, b === res, typeof next]) }),
  attachment: (req, res) => res.attachment().send('x'),
  'attachment of a file': (req, res) => res.attachment('dir/a b.png').send('x'),
  'attachment of a unicode file': (req, res) => res.attachment('€ "rates".txt').send('x'),
  'attachment of a latin1 file': (req, res) => res.attachment('ä.txt').send('x'),
  'attachment of half a character': (req, res) => {
    try {
      res.attachment('\ud800.txt').send('x');
    } catch (error) {
      res.send(error.name);
    }
  },
  'attachment of a token': (req, res) => res.attachment('plain').send('x'),
  'attachment with a percent': (req, res) => res.attachment('50%.txt').send('x'),
  render: (req, res) => caught(res, () => res.render('view')),
  'render with a view of its own': (req, res) => {
    const before = req.app.get('view');
    req.app.set('view', OwnView);
    try {
      res.render('page');
    } catch (error) {
      res.send(error.message);
    } finally {
      req.app.set('view', before);
    }
  },
};
