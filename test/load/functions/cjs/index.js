exports.hello = () => {};
exports.other = () => {};
exports.group = { inner: () => {} };
exports.text = 'x';
exports.app = { fetch() {} };
