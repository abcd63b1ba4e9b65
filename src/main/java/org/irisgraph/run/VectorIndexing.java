package org.irisgraph.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.irisgraph.graphrag.VectorIndex;
import org.irisgraph.jdbc.Dialect;
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
   * Finds out whether the database has the index that the options ask for.
   *
   * @throws StoreException.Configuration if it has not
   */
  public VectorIndexing(IndexingOptions options, VectorColumn column)
      throws StoreException.Configuration {
    Dialect dialect = RunPlan.connection(options).dialect();
    this.index =
        options.getVectorIndex() == VectorIndexKind.HNSW
            ? Optional.of(new VectorIndex(dialect, RunPlan.tables(options).documents(), column))
            : Optional.empty();
  }

  /** Creates the index after a load, however long it takes. */
  public void run(LauncherConnection launcher)
      throws SQLException, StoreException, InterruptedException {
    if (index.isPresent()) {
      launcher.usable();
      boolean created = launcher.patiently("building the index of vectors", this::create);
      LOG.info(created ? "built the index of vectors" : "the index of vectors is there already");
    }
  }

  private boolean create(Connection connection) throws SQLException, StoreException {
    return index.orElseThrow().create(connection);
  }
}
