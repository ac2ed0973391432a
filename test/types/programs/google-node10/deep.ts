// What older guides to Google's package import: a file of it, by its path.
import type {
  CloudEventFunction,
  Context,
  EventFunction,
  HttpFunction,
} from '@google-cloud/functions-framework/build/src/functions';

export const hello: HttpFunction = (req, res) => {
  res.send(`Hello, ${req.query['name']}!`);
};

export const onEvent: CloudEventFunction<{ id: string }> = (event) => {
  console.log(event.type, event.data?.id);
};

export const onFile: EventFunction = (data: object, context: Context) => {
  console.log(data, context);
};
