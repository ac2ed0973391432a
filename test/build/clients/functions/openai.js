const OpenAI = require('openai');

const openai = new OpenAI({ apiKey: 'k', baseURL: process.env.FAKE_HTTP });

exports.cold = () => openai.baseURL;
exports.real = async () => {
  const { choices } = await openai.chat.completions.create({ model: 'm', messages: [] });
  return choices[0].message.content;
};
