package org.irisgraph.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.WriteMode;
import org.junit.jupiter.api.Test;

class IndexingOptionsTest {

  private final IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);

  @Test
  void hasTheDocumentedDefaults() {
    assertThat(options.getPipeline(), is("default"));
    assertThat(options.getInput(), is(nullValue()));
    assertThat(options.getInputFormat(), is(InputFormat.AUTO));
    assertThat(options.getCsvIdColumn(), is("id"));
    assertThat(options.getCsvTextColumn(), is("text"));
    assertThat(options.getCsvTitleColumn(), is("title"));
    assertThat(options.getCsvDelimiter(), is(nullValue()));
    assertThat(options.getMaxDocumentBytes(), is(10_000_000));
    assertThat(options.getJdbcUrl(), is("jdbc:h2:./knowledge-graph"));
    assertThat(options.getJdbcUser(), is(nullValue()));
    assertThat(options.getJdbcPasswordFrom(), is(nullValue()));
    assertThat(options.getSchema(), is("RAG"));
    assertThat(options.getStorageMode(), is(StorageMode.BATCH));
    assertThat(options.getWriteMode(), is(WriteMode.UPSERT));
    assertThat(options.getIrisHints(), is(nullValue()));
    assertThat(options.isDeferIndexes(), is(false));
    assertThat(options.getBatchRows(), is(1000));
    assertThat(options.getMaxBatchBytes(), is(8_000_000));
    assertThat(options.getOnBadRow(), is(OnBadRow.SKIP));
    assertThat(options.getMaxRejectedShare(), is(0.5));
    assertThat(options.getRetrySeconds(), is(300));
    assertThat(options.getReindex(), is(Reindex.CHANGED));
    assertThat(options.getLogFormat(), is(LogFormat.TEXT));
    assertThat(options.isStacktrace(), is(false));
  }

  @Test
  void createsTablesByItselfInAnEmbeddedDatabaseOnly() {
    assertThat(createsTablesIn("jdbc:h2:./knowledge-graph"), is(true));
    assertThat(createsTablesIn("jdbc:h2:mem:graph"), is(true));
    assertThat(createsTablesIn("jdbc:h2:tcp://localhost/graph"), is(false));
    assertThat(createsTablesIn("jdbc:IRIS://localhost:1972/USER"), is(false));
    assertThat(createsTablesIn("jdbc:postgresql://localhost/graph"), is(false));
  }

  @Test
  void keepsTheLedgerBesideTheTables() {
    options.setSchema("Corpus");

    assertThat(options.getLedgerSchema(), is("Corpus"));
  }

  @Test
  void hasFourShardsForEachWriterOnFlink() {
    options.setRunner(FlinkRunner.class);
    options.setWriters(3);

    assertThat(options.getShards(), is(12));
  }

  @Test
  void hasAsManyShardsAsWritersOnTheDirectRunner() {
    options.setRunner(DirectRunner.class);
    options.setWriters(3);

    assertThat(options.getShards(), is(3));
  }

  @Test
  void extractsWithWhatItIsGiven() {
    assertThat(options.getExtractors(), contains("opennlp"));

    IndexingOptions both = PipelineOptionsFactory.as(IndexingOptions.class);
    both.setDictionary("terms.tsv");
    both.setPatterns("patterns.yaml");
    assertThat(both.getExtractors(), contains("dictionary", "pattern"));

    IndexingOptions model = PipelineOptionsFactory.as(IndexingOptions.class);
    model.setDictionary("terms.tsv");
    model.setNameModel("model.zip");
    assertThat(model.getExtractors(), contains("dictionary", "opennlp"));
  }

  @Test
  void linksDocumentsByItselfWhereTablesAreCreated() {
    assertThat(options.getLinkEntities(), is(LinkEntities.SAME_AS));

    IndexingOptions ofOthers = PipelineOptionsFactory.as(IndexingOptions.class);
    ofOthers.setJdbcUrl("jdbc:IRIS://localhost:1972/USER");
    assertThat(ofOthers.getLinkEntities(), is(LinkEntities.NONE));
    ofOthers.setCreateTables(true);
    assertThat("once read it stays", ofOthers.getLinkEntities(), is(LinkEntities.NONE));
  }

  @Test
  void linksNothingByItselfInALoadWithoutChecksOrIndexes() {
    options.setIrisHints(List.of("nolock"));
    assertThat(options.getLinkEntities(), is(LinkEntities.SAME_AS));

    IndexingOptions unchecked = PipelineOptionsFactory.as(IndexingOptions.class);
    unchecked.setIrisHints(List.of("nolock", "nocheck"));
    assertThat(unchecked.getLinkEntities(), is(LinkEntities.NONE));

    IndexingOptions deferred = PipelineOptionsFactory.as(IndexingOptions.class);
    deferred.setDeferIndexes(true);
    assertThat(deferred.getLinkEntities(), is(LinkEntities.NONE));
  }

  @Test
  void travelsToTheWorkers() {
    options.setPipeline("corpus");
    options.setInput(List.of("a/*.{txt,md}", "b/**"));
    options.setOnBadRow(OnBadRow.REJECT_DOCUMENT);
    options.setCreateTables(true);
    options.setMaxRejectedShare(0.25);
    options.setJdbcPasswordFrom("env:IRIS_PASSWORD");

    IndexingOptions travelled =
        new SerializablePipelineOptions(new SerializablePipelineOptions(options).toString())
            .get()
            .as(IndexingOptions.class);

    assertThat(travelled.getPipeline(), is("corpus"));
    assertThat(travelled.getInput(), contains("a/*.{txt,md}", "b/**"));
    assertThat(travelled.getOnBadRow(), is(OnBadRow.REJECT_DOCUMENT));
    assertThat(travelled.getCreateTables(), is(true));
    assertThat(travelled.getMaxRejectedShare(), is(0.25));
    assertThat(travelled.getJdbcPasswordFrom(), is("env:IRIS_PASSWORD"));
    assertThat(travelled.getBatchRows(), is(1000));
  }

  @Test
  void writesEnumsInLowerCase() throws Exception {
    assertThat(
        new ObjectMapper().writeValueAsString(OnBadRow.REJECT_DOCUMENT), is("\"reject-document\""));
  }

  @Test
  void describesEachOptionInASentence() {
    for (OptionDeclaration option : new KnownOptions().ours()) {
      assertThat(option.name(), option.description(), endsWith("."));
    }
  }

  private static boolean createsTablesIn(String url) {
    IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);
    options.setJdbcUrl(url);
    return options.getCreateTables();
  }
}
