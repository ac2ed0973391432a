/** The page's only script: a click on a column's name sorts its table. */
export const script = `
for (const table of document.querySelectorAll('table')) {
  const [head, ...rows] = table.rows;
  for (const [column, cell] of [...head.cells].entries()) {
    const button = document.createElement('button');
    button.append(...cell.childNodes);
    cell.append(button);
    button.addEventListener('click', () => {
      const descending = cell.ariaSort === 'ascending';
      for (const other of head.cells) other.ariaSort = null;
      cell.ariaSort = descending ? 'descending' : 'ascending';
      const sign = descending ? -1 : 1;
      const sorted = [...rows].sort((a, b) => compare(valueOf(a, column), valueOf(b, column), sign));
      head.parentElement.append(...sorted);
    });
  }
}

function valueOf(row, column) {
  const text = row.cells[column]?.textContent ?? '';
  const number = Number.parseFloat(text.replace('×', ''));
  return Number.isNaN(number) ? text : number;
}

// Numbers before words: what is not determined or failed comes last either way.
function compare(a, b, sign) {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return sign * (typeof a === 'number' ? a - b : a.localeCompare(b));
}
`;
