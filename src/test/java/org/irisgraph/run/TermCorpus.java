package org.irisgraph.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents that have terms in common: each term is in three, and beside two others. */
public final class TermCorpus {

  /** How many terms there are, and how many pairs of them are in a document together. */
  public static final int TERMS = 12;

  private TermCorpus() {}

  /** Writes the documents and their dictionary. */
  public static void writeTo(Path corpus) throws IOException {
    StringBuilder dictionary = new StringBuilder();
    for (int i = 0; i < TERMS; i++) {
      String term = "term" + i;
      dictionary.append(term).append("\tDISEASE\n");
      Files.writeString(corpus.resolve(i + "a.txt"), term + " with term" + (i + 1) % TERMS);
      Files.writeString(corpus.resolve(i + "b.txt"), term + " alone.");
    }
    Files.writeString(corpus.resolve("dictionary.tsv"), dictionary);
  }
}
