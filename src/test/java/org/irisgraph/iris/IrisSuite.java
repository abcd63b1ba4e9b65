package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.irisgraph.ask.GraphQuestionsContract;
import org.irisgraph.export.GraphExportContract;
import org.irisgraph.graphrag.ForeignRowsContract;
import org.irisgraph.graphrag.Layout;
import org.irisgraph.graphrag.LongTextContract;
import org.irisgraph.graphrag.PassagesContract;
import org.irisgraph.graphrag.StoredVectorsContract;
import org.irisgraph.graphrag.WrittenVectorsContract;
import org.irisgraph.lease.LeaseContract;
import org.irisgraph.ledger.DocumentIdsContract;
import org.irisgraph.ledger.RefusedLedgerRowContract;
import org.irisgraph.linked.LinkedGraphContract;
import org.irisgraph.linked.NodeVectorsContract;
import org.irisgraph.linked.PublishedGraphContract;
import org.irisgraph.llmcache.CompletionCacheContract;
import org.irisgraph.run.WholeRunContract;
import org.irisgraph.table.RangeReaderContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contracts of all packages on a server that is looked into through the driver alone, in
 * schemas of their own, which are dropped. Writes a report.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
abstract class IrisSuite {

  @RegisterExtension final IrisReport report;

  private TestTarget iris;

  IrisSuite(Path report) {
    this.report = new IrisReport(report);
  }

  /** Connects to the server, or aborts if there is none. */
  abstract TestTarget connect() throws Exception;

  @BeforeAll
  void findServer() throws Exception {
    iris = connect();
    report.describe(iris);
  }

  @AfterAll
  void closeServer() throws Exception {
    if (iris != null) {
      try {
        for (String schema : List.of("RAG", "Graph_KG", "S", "T")) {
          iris.clearSchema(schema);
        }
        report.describeConnections(iris);
      } finally {
        iris.close();
      }
    }
  }

  @Nested
  class WholeRuns extends WholeRunContract {

    @Override
    protected TestTarget target() {
      return iris.borrowed();
    }
  }

  @Nested
  class Lease extends LeaseContract {

    @Override
    protected TestTarget target() {
      return iris.borrowed();
    }
  }

  @Nested
  class Storage extends BatchStorageContract {

    @Override
    TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class BadRows extends BadRowContract {

    @Override
    TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class Inserts extends InsertModeContract {

    @Override
    TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class Tables extends RangeReaderContract {

    @Override
    protected TestTarget target() {
      return iris.borrowed();
    }

    /** It has no REPEAT. */
    @Override
    protected boolean supportsAllQueries() {
      return false;
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}")
  @EnumSource(Layout.class)
  class RowsOfOthers extends ForeignRowsContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  @ParameterizedClass(name = "{0}")
  @EnumSource(Layout.class)
  class PassagesOfDocuments extends PassagesContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class Questions extends GraphQuestionsContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class LedgerRows extends RefusedLedgerRowContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }

    /** IRIS parses a CHECK and does nothing. */
    @Override
    protected void refuseOtherThanLatin1() {
      assumeTrue(false, "IRIS has no constraint that refuses characters");
    }
  }

  @Nested
  class Vectors extends StoredVectorsContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class NewVectors extends WrittenVectorsContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }

    @Test
    void theirIndexIsCreatedOnce() throws Exception {
      assertThat(createIndex(), is(true));
      assertThat(createIndex(), is(false));
    }
  }

  @Nested
  class LinkedGraph extends LinkedGraphContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class PublishedGraph extends PublishedGraphContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class VectorsOfNodes extends NodeVectorsContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class Export extends GraphExportContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class DocumentIds extends DocumentIdsContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class LongTexts extends LongTextContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }

  @Nested
  class Answers extends CompletionCacheContract {

    @Override
    protected TestTarget open() {
      return iris.borrowed();
    }
  }
}
