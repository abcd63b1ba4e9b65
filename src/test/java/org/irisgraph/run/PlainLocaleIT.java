package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process in the locale C, as in many containers and cron jobs: file names are ASCII there. */
@Tag("slow")
class PlainLocaleIT {

  @TempDir private Path directory;

  @Test
  void readsTextsAndNamesThatAreNotAscii() throws Exception {
    Path corpus = Files.createDirectory(directory.resolve("corpus"));
    Files.writeString(
        corpus.resolve("notes.jsonl"), "{\"id\":\"grün\",\"text\":\"Ménière’s disease.\"}\n");
    try (OutputStream file = Files.newOutputStream(corpus.resolve("archive.zip"));
        ZipOutputStream zip = new ZipOutputStream(file, UTF_8)) {
      zip.putNextEntry(new ZipEntry("müde.txt"));
      zip.write("Gicht und Fieber.".getBytes(UTF_8));
    }
    Path terms =
        Files.writeString(
            directory.resolve("terms.tsv"), "Ménière's disease\tDISEASE\nGicht\tDISEASE\n");

    String printed = run(corpus, terms);

    assertThat(printed, containsString("2 read: 2 indexed"));
    assertThat(
        rows("SELECT source_doc_id, entity_name FROM RAG.Entities ORDER BY entity_name"),
        is(List.of("archive.zip!/müde.txt|Gicht", "grün|Ménière’s disease")));
  }

  private String run(Path corpus, Path terms) throws IOException, InterruptedException {
    List<String> command = PackagedProgram.command("512m");
    command.addAll(
        List.of(
            "index",
            "--pipeline=plain",
            "--runner=DirectRunner",
            "--input=" + corpus + "/*",
            "--dictionary=" + terms,
            "--jdbcUrl=" + url()));
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    String printed = Files.readString(output, UTF_8);
    assertThat(printed, ended && process.exitValue() == 0, is(true));
    return printed;
  }

  private String url() {
    return "jdbc:h2:" + directory + "/graph";
  }

  private List<String> rows(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1) + "|" + result.getString(2));
      }
    }
    return rows;
  }
}
