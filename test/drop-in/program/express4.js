const functions = require('@google-cloud/functions-framework');
const express = require('express4');

const app = express();
app.use(express.json(), express.urlencoded({ extended: true }), express.text());
app.all('/hello', (req, res) => res.json({ body: req.body ?? 'undefined' }));
functions.http('app', app);
