const { caught } = require('../cases');

module.exports = {
  cookie: (req, res) => res.cookie('a', 'b c;ä').end(),
  'cookie of an object': (req, res) => res.cookie('a', { b: 1 }).end(),
  'cookie of a number': (req, res) => res.cookie('a', 5).end(),
  'cookie twice': (req, res) => res.cookie('a', '1').cookie('b', '2').end(),
  'cookie with options': (req, res) =>
    res
      .cookie('a', '1', {
        domain: 'example.com',
        path: '/x',
        httpOnly: true,
        secure: true,
        sameSite: true,
        partitioned: true,
        priority: 'high',
      })
      .end(),
  'cookie sameSite lax': (req, res) => res.cookie('a', '1', { sameSite: 'lax' }).end(),
  'cookie sameSite none': (req, res) => res.cookie('a', '1', { sameSite: 'None' }).end(),
  'cookie sameSite false': (req, res) => res.cookie('a', '1', { sameSite: false }).end(),
  'cookie sameSite unknown': (req, res) =>
    caught(res, () => res.cookie('a', '1', { sameSite: 'x' })),
  'cookie priority unknown': (req, res) =>
    caught(res, () => res.cookie('a', '1', { priority: 'x' })),
  'cookie maxAge': (req, res) => res.cookie('a', '1', { maxAge: 86_400_000 }).end(),
  'cookie maxAge zero': (req, res) => res.cookie('a', '1', { maxAge: 0 }).end(),
  'cookie maxAge of a fraction': (req, res) => res.cookie('a', '1', { maxAge: 90_500 }).end(),
  'cookie maxAge null': (req, res) => res.cookie('a', '1', { maxAge: null }).end(),
  'cookie maxAge of a text': (req, res) => caught(res, () => res.cookie('a', '1', { maxAge: 'x' })),
  'cookie expires': (req, res) => res.cookie('a', '1', { expires: new Date(0) }).end(),
  'cookie expires invalid': (req, res) => caught(res, () => res.cookie('a', '1', { expires: 'x' })),
  'cookie encode': (req, res) => res.cookie('a', 'b', { encode: (text) => `${text}!` }).end(),
  'cookie path false': (req, res) => res.cookie('a', 'b', { path: null }).end(),
  'cookie invalid name': (req, res) => caught(res, () => res.cookie('a b', '1')),
  'cookie invalid domain': (req, res) => caught(res, () => res.cookie('a', '1', { domain: 'a;b' })),
  'cookie invalid path': (req, res) => caught(res, () => res.cookie('a', '1', { path: ';' })),
  'cookie signed without a secret': (req, res) =>
    caught(res, () => res.cookie('a', '1', { signed: true })),
  'cookie leaves its options': (req, res) => {
    const options = { maxAge: 1000 };
    res.cookie('a', '1', options).send(Object.keys(options));
  },
  clearCookie: (req, res) => res.clearCookie('a').end(),
  'clearCookie with options': (req, res) =>
    res.clearCookie('a', { path: '/x', domain: 'example.com', maxAge: 5000 }).end(),
};
