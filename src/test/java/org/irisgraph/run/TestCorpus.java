package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** A corpus of all formats with good, duplicate and broken documents, and its dictionary. */
public final class TestCorpus {

  /** Documents that can be indexed. */
  public static final int GOOD = 48;

  private static final int GOOD_LINES = 40;

  /** Places that cannot: see {@link #writeTo}. */
  public static final int BAD = 7;

  private static final String[] DISEASES = {
    "asthma", "gout", "lupus", "measles", "breast cancer", "Crohn's disease", "anemia", "stroke"
  };

  private TestCorpus() {}

  public static void writeTo(Path directory) throws IOException {
    writeTo(directory, GOOD_LINES);
  }

  /** The same with more good lines, for runs that are to take a while. */
  public static void writeTo(Path directory, int goodLines) throws IOException {
    Files.createDirectories(directory.resolve("deep/er"));
    StringBuilder dictionary = new StringBuilder("term\ttype\tid\n");
    for (String disease : DISEASES) {
      dictionary.append(disease).append("\tDISEASE\n");
    }
    Files.writeString(directory.resolve("dictionary.tsv"), dictionary);

    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < goodLines; i++) {
      lines.append(
          "{\"id\":\"line-%d\",\"title\":\"About %s\",\"text\":\"%s\",\"metadata\":{\"n\":%d}}\n"
              .formatted(i, DISEASES[i % 8], text(i), i));
    }
    lines.append("{\"id\":\"broken\",\n"); // Not JSON.
    lines.append("{\"id\":\"blank\",\"text\":\" \"}\n");
    lines.append("{\"id\":\"line-3\",\"text\":\"The same id as another line: gout.\"}\n");
    Files.writeString(directory.resolve("lines.jsonl"), lines);

    for (int i = 0; i < 4; i++) {
      Files.writeString(directory.resolve("deep/er/note-" + i + ".txt"), text(i + 40));
      Files.writeString(
          directory.resolve("deep/page-" + i + ".md"),
          "---\ntitle: Page %d\ntags: [a, b]\n---\n# Heading\n\n%s\n".formatted(i, text(i + 50)));
    }
    Files.write(directory.resolve("latin.txt"), "caf\u00e9 and asthma".getBytes(ISO_8859_1));
    Files.writeString(directory.resolve("broken.xml"), "<article><body><p>asthma</body>");
    Files.writeString(
        directory.resolve("external.xml"),
        "<!DOCTYPE article [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
            + "<article><body><p>gout &x;</p></body></article>");
    Path whole = directory.resolve("whole.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write(
          "{\"id\":\"never\",\"text\":\"asthma and gout\"}\n".repeat(50).getBytes(ISO_8859_1));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Files.delete(whole);
    Files.write(
        directory.resolve("truncated.txt.gz"), java.util.Arrays.copyOf(bytes, bytes.length - 12));
  }

  private static String text(int seed) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1 + seed % 5; i++) {
      text.append("A study of ")
          .append(DISEASES[(seed + i) % 8])
          .append(" and ")
          .append(DISEASES[(seed + 3 * i + 1) % 8])
          .append(" in adults. ");
    }
    return text.toString();
  }
}
