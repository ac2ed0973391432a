await 0;
export const hello = () => {};
