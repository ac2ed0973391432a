exports.cases = {
  ...require('./response/sending'),
  ...require('./response/json'),
  ...require('./response/status'),
  ...require('./response/fields'),
  ...require('./response/cookies'),
  ...require('./response/places'),
};
