package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.irisgraph.iris.wire.ReservedWords;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.lease.LeaseSettings;
import org.irisgraph.lease.PipelineLease;
import org.irisgraph.ledger.IndexingRuns;
import org.irisgraph.llmcache.CompletionCacheTables;
import org.junit.jupiter.api.Test;

/** The names of this project's tables and columns, which its statements do not quote. */
class TableNamesTest {

  @Test
  void noNameIsReservedByIris() {
    String url = "jdbc:IRIS://host:1972/USER";
    TargetTables target =
        new TargetTables(Dialects.of(url), GraphTables.of("RAG"), "RAG.DocumentLedger");
    ConnectionSettings connection =
        new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1);
    LeaseSettings lease = new LeaseSettings("RAG.IndexingLease", "p", "r", 1);
    List<TableDefinition> tables = new ArrayList<>(target.definitions());
    tables.add(target.parseAttempts());
    tables.add(target.communities());
    tables.add(new PipelineLease(lease, connection, false).tableDefinition());
    tables.add(new IndexingRuns("RAG.IndexingRuns").definition());
    tables.addAll(new CompletionCacheTables("RAG").definitions());
    List<String> names =
        tables.stream()
            .flatMap(
                table ->
                    Stream.concat(
                        Stream.of(table.table().substring(table.table().indexOf('.') + 1)),
                        table.columns().stream().map(TableDefinition.Column::name)))
            .map(name -> name.toUpperCase(Locale.ROOT))
            .toList();
    assertThat(names, hasSize(greaterThan(50)));
    assertThat(names.stream().filter(ReservedWords.all()::contains).toList(), is(empty()));
  }
}
