const { typed } = require('barefn');
const { z } = require('zod');

const input = z.object({ price: z.number().positive(), country: z.enum(['DE', 'FR']) });
const output = z.object({ total: z.number() });
const rates = { DE: 1.19, FR: 1.2 };

// Input that does not fit is answered with 400 and the path of each issue.
typed('total', { input, output }, ({ price, country }) => ({ total: price * rates[country] }));
