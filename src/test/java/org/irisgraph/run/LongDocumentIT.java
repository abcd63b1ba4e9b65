package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document of 10 MB, with all extractors that need no server, in a JVM of 512 MB. */
@Tag("slow")
class LongDocumentIT {

  private static final int LENGTH = 10_000_000;
  private static final String FIRST = "Zomitriptan-induced chilblainosis was rare. ";
  private static final String LAST = "\nLomicillin-induced arthroderma was seen last.";

  @TempDir private Path directory;

  @Test
  void isExtractedFromToItsEnd() throws Exception {
    Path corpus = Files.createDirectory(directory.resolve("corpus"));
    Files.writeString(
        corpus.resolve("dictionary.tsv"),
        """
        Zomitriptan\tDRUG
        Lomicillin\tDRUG
        chilblainosis\tDISEASE
        arthroderma\tDISEASE
        """);
    String text = text();
    Files.writeString(corpus.resolve("long.txt"), text);
    ConnectionSettings target =
        new ConnectionSettings(
            "jdbc:h2:" + directory.resolve("graph"), null, PasswordReference.of(null), Map.of(), 1);

    Path log = directory.resolve("log.txt");
    ProcessBuilder program =
        IndexerProcess.of(
                corpus,
                List.of("*.txt"),
                target,
                IndexerProcess.ONE_THREAD,
                "--extractors=dictionary,opennlp",
                "--relationPatterns=pipelines/patterns/biomedical-relations.yaml")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // Long enough for the optimising compiler.
    program.command().remove("-XX:TieredStopAtLevel=1");
    Process process = program.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES), is(true));
    } finally {
      process.destroyForcibly();
    }

    assertThat(Files.readString(log), process.exitValue(), is(0));
    int last = text.length() - LAST.length() + 1;
    try (Connection connection = Database.connect(target)) {
      assertThat(
          rows(connection, "SELECT CHAR_LENGTH(text_content) FROM RAG.SourceDocuments"),
          is(List.of("" + text.length())));
      assertThat(
          rows(
              connection,
              "SELECT s.entity_name, s.description, r.relationship_type, t.entity_name"
                  + " FROM RAG.EntityRelationships r"
                  + " JOIN RAG.Entities s ON s.entity_id = r.source_entity_id"
                  + " JOIN RAG.Entities t ON t.entity_id = r.target_entity_id"
                  + " WHERE r.relationship_type = 'causes'"
                  + " AND s.entity_name IN ('Zomitriptan', 'Lomicillin') ORDER BY 1 DESC"),
          is(
              List.of(
                  "Zomitriptan|" + described(0, 11) + "|causes|chilblainosis",
                  "Lomicillin|" + described(last, last + 10) + "|causes|arthroderma")));
    }
  }

  private static String described(int start, int end) {
    return "1 mention, the first at characters %d to %d, found by dictionary,opennlp"
        .formatted(start, end);
  }

  /** Real articles over and over, between two sentences that occur once. */
  private static String text() throws Exception {
    StringBuilder text = new StringBuilder(FIRST);
    List<Path> articles;
    try (var files = Files.list(Path.of("pipelines/sample-corpus"))) {
      articles = files.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
    }
    int next = 0;
    while (text.length() < LENGTH) {
      text.append(Files.readString(articles.get(next++ % articles.size())).replace("<", " <"));
    }
    // Every character is one byte, so that the limit of 10,000,000 bytes is kept exactly.
    String ascii = text.toString().replaceAll("[^\\x00-\\x7F]", "?");
    return ascii.substring(0, LENGTH - LAST.length()) + LAST;
  }

  private static List<String> rows(Connection connection, String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          values.add(result.getString(column));
        }
        rows.add(String.join("|", values));
      }
    }
    return rows;
  }
}
