package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV files and HTML pages, from the options to the tables. */
class TablesAndPagesTest {

  @TempDir private Path corpus;

  @BeforeEach
  void writeCorpus() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "term\ttype\nasthma\tDISEASE\n");
    StringBuilder table = new StringBuilder("PMID;Abstract;year\n");
    for (int i = 1; i <= 200; i++) {
      table.append("p%d;\"Asthma;\nnumber %d.\";2024\n".formatted(i, i));
    }
    table.append("p201;Asthma\np202;\"Asthma\np203;Asthma.;1999\n");
    Files.writeString(corpus.resolve("table.csv"), table);
    Files.writeString(
        corpus.resolve("page.html"), "<title>Lungs</title><nav>asthma</nav><p>A<b>sthm</b>a.");
    Files.writeString(corpus.resolve("other.csv"), "id,text\nx,Asthma.\n");
  }

  @Test
  void areIndexedOrNamed() throws Exception {
    try (IndexingRun run = new IndexingRun(corpus)) {
      Path letters = corpus.resolve("letters");
      Summary summary =
          run.run(
              options -> {
                options.setInput(List.of(corpus + "/*.{csv,html}"));
                options.setCsvIdColumn("PMID");
                options.setCsvTextColumn("Abstract");
                options.setCsvDelimiter(";");
                options.setDeadLetters(letters.toString());
              });
      assertThat(summary.status(), is(Summary.Status.PARTIAL));
      assertThat(
          run.rows("SELECT COUNT(*) FROM RAG.Entities WHERE LOWER(entity_name) = 'asthma'"),
          contains("202"));
      assertThat(
          run.rows("SELECT text_content FROM RAG.SourceDocuments WHERE doc_id = 'page.html'"),
          contains("Lungs\n\nAsthma."));
      assertThat(
          run.rows("SELECT metadata FROM RAG.SourceDocuments WHERE doc_id = 'p203'"),
          contains(containsString("\"year\":\"1999\"")));
      assertThat(
          run.rows(
              "SELECT source_position FROM RAG.DocumentLedger WHERE outcome = 'rejected'"
                  + " ORDER BY source_position"),
          contains("0", "201", "202"));
      try (Stream<Path> files = Files.list(letters)) {
        List<String> lines = Files.readAllLines(files.findFirst().orElseThrow());
        assertThat(lines, hasSize(3));
        assertThat(lines, hasItem(containsString("set csvIdColumn")));
        assertThat(lines, hasItem(containsString("record 201: 2 fields, but the header has 3")));
        assertThat(lines, hasItem(containsString("record 202: the quote that opens on line")));
      }
    }
  }
}
