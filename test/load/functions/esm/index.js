export const hello = () => {};
export default () => {};
