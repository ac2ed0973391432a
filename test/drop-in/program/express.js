const functions = require('@google-cloud/functions-framework');
const express = require('express');

const app = express();
app.use(express.json());
app.all('/hello', (req, res) => res.set('X-App', '1').send(`app ${req.method} ${req.path}`));
functions.http('app', app);
