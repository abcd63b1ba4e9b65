package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.irisgraph.graphrag.Layout;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.options.Reindex;
import org.irisgraph.replay.ReplayReport;
import org.irisgraph.report.ForeignRowFigures;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Indexes documents in the table where others have stored them, in every layout of the tables. H2
 * is behind the stand-in for IRIS, too, so that it has the first layout alone.
 */
@Timeout(300)
@ParameterizedClass(name = "{0}, layout {1}")
@MethodSource("databasesAndLayouts")
@Tag("slow")
class InPlaceIT extends DocumentsOfOthers {

  static List<Object[]> databasesAndLayouts() {
    List<Object[]> all = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      all.add(new Object[] {"PostgreSQL", layout});
      all.add(new Object[] {"IRIS", layout});
    }
    all.add(new Object[] {"H2", Layout.A});
    return all;
  }

  @Test
  void givesTheGraphOfTheSameTextsAndLeavesTheRowsOfDocumentsAsTheyAre() throws Exception {
    List<String> before = documents();

    Summary first = run(options -> {});

    assertThat(first.documents().indexed(), is((long) DOCUMENTS));
    assertThat(documents(), is(before));
    assertThat(graph(), is(graphOfFile(texts())));
    assertThat(first.rows().get("RAG.SourceDocuments"), is(new Summary.Rows(0, 0)));

    Summary second = run(options -> {});
    assertThat(second.documents().unchanged(), is((long) DOCUMENTS));

    Summary all = run(options -> options.setReindex(Reindex.ALL));
    assertThat(all.documents().indexed(), is((long) DOCUMENTS));
    assertThat(documents(), is(before));
    assertThat(graph(), is(graphOfFile(texts())));
  }

  @Test
  void extractsAgainFromWhatHasChangedAndTakesOutWhatIsGone() throws Exception {
    run(options -> {});
    target.execute(
        "UPDATE RAG.SourceDocuments SET text_content = 'Now it is gout and lupus.' WHERE doc_id ="
            + " 'doc-1'");
    target.execute("UPDATE RAG.SourceDocuments SET title = 'Other' WHERE doc_id = 'doc-2'");
    insert("new", "Gout once more.");

    Summary changed = run(options -> {});
    assertThat(changed.documents().indexed(), is(2L));
    assertThat(changed.documents().unchanged(), is(DOCUMENTS - 1L));

    if (layout == Layout.B_WITHOUT_CASCADES) {
      // Its foreign keys forbid deleting a document that has entities.
      return;
    }
    target.execute("DELETE FROM RAG.SourceDocuments WHERE doc_id IN ('doc-3', 'doc-4')");
    List<String> before = documents();
    Summary removed = run(options -> options.setDeleteMissing(true));

    assertThat(removed.documents().deleted(), is(2L));
    assertThat(documents(), is(before));
    assertThat(graph(), is(graphOfFile(texts())));
    assertThat(
        indexing.rows("SELECT COUNT(*) FROM RAG.DocumentLedger"), contains("" + (DOCUMENTS - 1)));
  }

  @Test
  void keepsOrReplacesWhatOthersHaveFound() throws Exception {
    if (layout != Layout.A) {
      run(options -> options.setCreateTables(true));
    } else {
      run(options -> {});
    }
    target.execute(Layout.entity(UUID.randomUUID().toString(), "doc-0"));
    target.execute("UPDATE RAG.SourceDocuments SET text_content = 'Lupus.' WHERE doc_id = 'doc-0'");

    Summary kept = run(options -> {});
    assertThat(kept.foreignRows(), is(new ForeignRowFigures(1L, 0L, 0L)));

    Summary replaced =
        run(
            options -> {
              options.setForeignRows(ForeignRows.REPLACE);
              options.setReindex(Reindex.ALL);
            });
    assertThat(replaced.foreignRows(), is(new ForeignRowFigures(0L, 1L, 0L)));
    assertThat(graph(), is(graphOfFile(texts())));
    assertThat(documents(), hasSize(DOCUMENTS));
  }

  @Test
  void namesWhatCannotBeReadKeepsItsLastVersionAndReplaysIt() throws Exception {
    insert("blank", " ");
    Summary first = run(options -> {});
    assertThat(first.documents().rejected(), is(1L));
    List<String> graph = graph();

    target.execute("UPDATE RAG.SourceDocuments SET text_content = NULL WHERE doc_id = 'doc-0'");
    Summary second = run(options -> {});
    assertThat(second.documents().stale(), is(1L));
    assertThat(graph(), is(graph));
    assertThat(
        indexing.rows("SELECT document_id FROM RAG.DocumentLedger WHERE stale = 1"),
        contains("doc-0"));
    assertThat(
        "no vector stays beside another text",
        indexing.rows("SELECT doc_id FROM RAG.SourceDocuments WHERE embedding IS NULL"),
        contains("doc-0"));

    target.execute("UPDATE RAG.SourceDocuments SET text_content = 'Lupus.' WHERE doc_id = 'doc-0'");
    target.execute("UPDATE RAG.SourceDocuments SET text_content = 'Gout.' WHERE doc_id = 'doc-1'");
    ReplayReport report = indexing.replay(null, DocumentsOfOthers::inPlace).report();

    assertThat(report.count(ReplayReport.Result.CURED), is(1L));
    assertThat(report.count(ReplayReport.Result.REJECTED), is(1L));
    assertThat(
        indexing.rows("SELECT entity_name FROM RAG.Entities WHERE source_doc_id = 'doc-0'"),
        contains("Lupus"));
    // Nobody has named the other one.
    assertThat(
        indexing.rows("SELECT COUNT(*) FROM RAG.Entities WHERE source_doc_id = 'doc-1'"),
        not(contains("0")));
    assertThat(
        indexing.rows("SELECT entity_name FROM RAG.Entities WHERE source_doc_id = 'doc-1'"),
        contains("Lupus"));
  }
}
