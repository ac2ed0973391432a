import * as framework from '@google-cloud/functions-framework';
import { getFunction, getTestServer } from '@google-cloud/functions-framework/testing';

interface Order {
  readonly id: string;
}

framework.http('greet', (req: framework.Request, res: framework.Response) => {
  res.status(200).send(`Good morning, ${req.query.name || 'whoever you are'}.`);
});

framework.cloudEvent<Order>('onOrder', (event: framework.CloudEvent<Order>) => {
  console.log(event.id, event.type, event.data?.id);
});

export const size: framework.HttpFunction = (req, res) => {
  res.json({ bytes: req.rawBody?.length });
};

export const server = getTestServer('greet');
export const isRegistered: boolean = getFunction('onOrder') !== undefined;
