/**
 * Tells the click that only chooses a row from the one that opens it. VS Code's trees know no double click: a command comes with
 * every click, after the row was chosen by it. So the row opens when it is activated while it was chosen before.
 */
export class SecondClick {
  #justChosen: string | undefined;

  choose(row: string | undefined): void {
    this.#justChosen = row;
  }

  /** True when this activation opens the row. */
  activate(row: string): boolean {
    const opens = this.#justChosen !== row;
    this.#justChosen = undefined;
    return opens;
  }
}
