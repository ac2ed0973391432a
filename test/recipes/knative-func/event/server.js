// Serves the `handle(context, event)` of knative/func's template for events, which stays as it is.
const { cloudEvent } = require('barefn');
const { handle } = require('./index.js');

cloudEvent('handle', (event) => handle({ cloudevent: event, log: console }, event));
