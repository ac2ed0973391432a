import ff = require('@google-cloud/functions-framework');
import testing = require('@google-cloud/functions-framework/testing');

ff.http('hello', (req: ff.Request, res: ff.Response) => {
  res.send(req.headers['x-one']);
});
testing.getTestServer('hello').close();
