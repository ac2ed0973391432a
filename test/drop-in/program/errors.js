const { EventEmitter } = require('node:events');

const later = (act) => setTimeout(act, 5);
const emitter = new EventEmitter();

// Handlers that fail. `settle` waits that long for what happens after the answer.
exports.cases = {
  'a sync throw': () => {
    throw new Error('sync');
  },
  'a throw of a text': () => {
    throw 'a text';
  },
  'a throw of a number': () => {
    throw 42;
  },
  'a throw of an object': () => {
    throw { a: 1 };
  },
  'a throw of an object with a message': () => {
    throw { message: 'from an object' };
  },
  'a throw of an error with a status': () => {
    throw Object.assign(new Error('with status'), { status: 404, statusCode: 404 });
  },
  'a throw of an error without a message': () => {
    throw new Error('');
  },
  'a throw of an error with an odd stack': () => {
    throw Object.assign(new Error('odd'), { stack: 'my own stack' });
  },
  'a throw of an error with a cause': () => {
    throw new Error('outer', { cause: new Error('inner') });
  },
  'a throw of an AggregateError': () => {
    throw new AggregateError([new Error('one')], 'several');
  },
  'a throw of markup': () => {
    throw new Error('<script>alert(1)</script>');
  },
  'a throw of false': {
    patience: 500,
    run: () => {
      throw false;
    },
  },
  'a throw after a status and fields': (req, res) => {
    res.status(201).set('X-A', '1').type('json');
    throw new Error('late');
  },
  'a rejection': async () => {
    throw new Error('rejected');
  },
  'a rejection after a while': async () => {
    await new Promise((resolve) => later(resolve));
    throw new Error('rejected later');
  },
  'a rejection with a text': () => Promise.reject('only a text'),
  'a floating rejection': { settle: 20, run: () => void Promise.reject(new Error('floating')) },
  'a rejection of a promise nobody holds': {
    settle: 20,
    run: () => {
      (async () => {
        await new Promise((resolve) => later(resolve));
        throw new Error('nobody');
      })();
    },
  },
  'a throw in a timer': () => {
    later(() => {
      throw new Error('timer');
    });
  },
  'a throw in an immediate': () => {
    setImmediate(() => {
      throw new Error('immediate');
    });
  },
  'a throw in a tick': () => {
    process.nextTick(() => {
      throw new Error('tick');
    });
  },
  'a throw in a microtask': () => {
    queueMicrotask(() => {
      throw new Error('microtask');
    });
  },
  'a throw in a callback of fs': () => {
    require('node:fs').readFile(__filename, () => {
      throw new Error('fs');
    });
  },
  'a throw in an emitter made in the request': () => {
    const own = new EventEmitter();
    own.on('x', () => {
      throw new Error('listener');
    });
    later(() => own.emit('x'));
  },
  'an error event without a listener': () => {
    const own = new EventEmitter();
    later(() => own.emit('error', new Error('unheard')));
  },
  'a throw in a listener of the program': () => {
    emitter.once('x', () => {
      throw new Error('shared listener');
    });
    emitter.emit('x');
  },
  'a throw in a stream': () => {
    const { Readable } = require('node:stream');
    new Readable({
      read() {
        this.destroy(new Error('stream'));
      },
    }).resume();
  },
  'a throw in JSON.parse': (req, res) => {
    JSON.parse('{');
    res.end();
  },
  'a throw after the answer': {
    settle: 20,
    run: (req, res) => {
      res.send('answered');
      later(() => {
        throw new Error('too late');
      });
    },
  },
  'a throw right after the answer': {
    settle: 20,
    run: (req, res) => {
      res.send('answered');
      throw new Error('right after');
    },
  },
  'a rejection after the answer': {
    settle: 20,
    run: async (req, res) => {
      res.send('answered');
      await new Promise((resolve) => later(resolve));
      throw new Error('rejected after');
    },
  },
  'a throw of a text after the answer': {
    settle: 20,
    run: (req, res) => {
      res.send('answered');
      later(() => {
        throw 'text after';
      });
    },
  },
  'two throws': {
    settle: 30,
    run: () => {
      later(() => {
        throw new Error('first');
      });
      setTimeout(() => {
        throw new Error('second');
      }, 12);
    },
  },
  'next with an error': (req, res) => {
    if (typeof req.next === 'function') throw new Error('next');
    throw new Error('next');
  },
  'a HEAD that throws': {
    request: { method: 'HEAD' },
    run: () => {
      throw new Error('head');
    },
  },
  'a POST that throws': {
    request: { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'x' },
    run: () => {
      throw new Error('post');
    },
  },
  'return values are ignored': (req, res) => {
    setTimeout(() => res.end('later'), 5);
    return 'returned';
  },
  'a promise of a value is ignored': async (req, res) => {
    setTimeout(() => res.end('later'), 5);
    return { status: 500 };
  },
  'a throw after the first write': {
    patience: 400,
    run: (req, res) => {
      res.write('part');
      throw new Error('after a write');
    },
  },
  'a rejected thenable': {
    patience: 400,
    run: () => ({
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what the case is about
      then(resolve, reject) {
        setTimeout(() => reject(new Error('thenable')), 5);
      },
    }),
  },
  'a throw of undefined': {
    patience: 400,
    run: () => {
      throw undefined;
    },
  },
  'a throw of null': {
    patience: 400,
    run: () => {
      throw null;
    },
  },
  'a rejection with nothing': { patience: 400, run: () => Promise.reject() },
  'a Content-Type that is no media type': {
    patience: 400,
    run: (req, res) => {
      res.setHeader('Content-Type', 'nonsense');
      res.send('x');
    },
  },
};
