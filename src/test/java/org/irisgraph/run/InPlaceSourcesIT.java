package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Indexes the documents that a query names in a table of others, and copies such documents. */
@Timeout(300)
@ParameterizedClass(name = "{0}")
@CsvSource({"H2, A", "PostgreSQL, A", "IRIS, A"})
@Tag("slow")
class InPlaceSourcesIT extends DocumentsOfOthers {

  @Test
  void indexesInPlaceWhatAQueryNames() throws Exception {
    List<String> before = documents();

    Summary summary =
        run(
            options ->
                options.setJdbcInput(
                    "SELECT doc_id, text_content FROM RAG.SourceDocuments WHERE doc_id LIKE"
                        + " 'doc-1%' UNION ALL SELECT 'absent', 'Gout.' FROM RAG.SourceDocuments"
                        + " WHERE doc_id = 'doc-0'"));

    assertThat(summary.documents().indexed(), is(11L));
    assertThat(summary.documents().rejected(), is(1L));
    assertThat(documents(), is(before));
    assertThat(
        indexing.rows(
            "SELECT document_id, reasons FROM RAG.DocumentLedger WHERE outcome = 'rejected'"),
        contains(containsString("NO_DOCUMENT_ROW")));
  }

  @Test
  void copiesDocumentsOfAnotherDatabaseWithTheirTitlesAndMetadata() throws Exception {
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    try (Connection copy =
            Database.connect(
                new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1));
        IndexingRun other = new IndexingRun(directory, options -> options.setJdbcUrl(url), copy)) {
      Summary summary =
          other.run(
              options -> {
                inPlace(options);
                options.setJdbcInputUrl(target.settings().jdbcUrl());
                options.setJdbcInputUser(target.settings().user());
                if (database.equals("IRIS")) {
                  options.setJdbcInputPasswordFrom("file:" + password);
                }
              });

      assertThat(summary.documents().indexed(), is((long) DOCUMENTS));
      assertThat(
          other.rows("SELECT text_content FROM RAG.SourceDocuments WHERE doc_id = 'doc-7'"),
          contains("A title\n\n" + text(7)));
      String metadata =
          other.rows("SELECT metadata FROM RAG.SourceDocuments WHERE doc_id = 'doc-7'").get(0);
      assertThat(metadata, containsString("\"metadata\":\"not JSON {\""));
      assertThat(metadata, containsString("\"owner_name\":\"them\""));
      assertThat(
          other.rows("SELECT source FROM RAG.DocumentLedger WHERE document_id = 'doc-7'"),
          contains(target.settings().jdbcUrl() + "#RAG.SourceDocuments"));
    }
    assertThat(
        indexing.rows(
            "SELECT table_name FROM INFORMATION_SCHEMA.TABLES WHERE LOWER(table_name) ="
                + " 'documentledger'"),
        is(empty()));
  }
}
