/** Variables that cannot be followed. The message is for whoever set them: it names each, says what is allowed, and repeats no secret. */
export class WrongConfiguration extends Error {
  constructor(sentences: readonly string[]) {
    super(sentences.join("\n"));
    this.name = "WrongConfiguration";
  }
}
