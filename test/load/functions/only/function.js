exports.lonely = () => {};
exports.default = exports.lonely;
