import functions, { http } from '@google-cloud/functions-framework';

await new Promise((resolve) => setTimeout(resolve, 5));
http('registered', (req, res) => res.send(`registered ${functions.http === http}`));
export const hello = (req, res) => res.send('from an ES module');
export default (req, res) => res.send('default of an ES module');
