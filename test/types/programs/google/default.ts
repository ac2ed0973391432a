import framework from '@google-cloud/functions-framework';

framework.http('hello', (_req, res) => {
  res.redirect(302, '/elsewhere');
});
