require('@google-cloud/functions-framework').http('not a name', () => {});
