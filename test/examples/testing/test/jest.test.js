// jest test/jest.test.js
const { getFunction } = require('barefn/testing');
require('../index.js');

test('answers with JSON', () => {
  const response = { json: jest.fn() };
  getFunction('greet')({ body: { name: 'Ada' } }, response);
  expect(response.json).toHaveBeenCalledWith({ greeting: 'Hello, Ada!' });
});
