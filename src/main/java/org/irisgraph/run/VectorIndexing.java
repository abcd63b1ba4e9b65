package org.irisgraph.run;

import java.sql.SQLException;
import java.util.Optional;
import org.irisgraph.graphrag.VectorIndex;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.VectorColumn;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.VectorIndexKind;
import org.irisgraph.plan.RunPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index of vectors, if the options ask for it. */
public final class VectorIndexing {

  private static final Logger LOG = LoggerFactory.getLogger(VectorIndexing.class);

  private final Optional<VectorIndex> index;

  /**
   * Describes the index before a run, which creates it at its end.
   *
   * @param column the vectors; empty if none are stored
   * @throws StoreException.Configuration if the database has no such index
   */
  public VectorIndexing(IndexingOptions options, Optional<VectorColumn> column)
      throws StoreException.Configuration {
    this.index =
        column.isPresent() && options.getVectorIndex() == VectorIndexKind.HNSW
            ? Optional.of(
                new VectorIndex(
                    RunPlan.connection(options).dialect(),
                    RunPlan.tables(options).documents(),
                    column.get()))
            : Optional.empty();
  }

  /** Creates the index after a load, however long it takes. */
  public void run(LauncherConnection launcher)
      throws SQLException, StoreException, InterruptedException {
    if (index.isPresent()) {
      launcher.usable();
      boolean created =
          launcher.work().persistently("building the index of vectors", index.get()::create);
      LOG.info(created ? "built the index of vectors" : "the index of vectors is there already");
    }
  }
}
