const functions = require('@google-cloud/functions-framework');

const names = ['a', 'A1', 'a-b_c', '1a', 'a-', 'a_', '', 'a b', 'a.b', 'ä', '-a', '_a', 'a\n'];
for (const name of [...names, 'x'.repeat(63), 'x'.repeat(64), undefined, 5]) {
  try {
    functions.http(name, () => {});
    console.log('accepted', name);
  } catch (error) {
    console.log(error.name, error.message);
  }
}
