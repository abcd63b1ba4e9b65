package org.irisgraph.plan;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.ledger.PipelineNameCheck;
import org.irisgraph.options.GivenSettings;
import org.irisgraph.options.IndexingOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name of a pipeline that the settings do not name. Earlier versions took it from the runner's
 * file; a ledger that has documents under such a name is continued.
 */
public final class FormerName {

  private static final Logger LOG = LoggerFactory.getLogger(FormerName.class);

  private FormerName() {}

  /**
   * Sets the option {@code pipeline} to the former name, if there is one.
   *
   * @throws StoreException.Configuration if there are several
   */
  public static void adopt(Connection connection, IndexingOptions options)
      throws SQLException, StoreException.Configuration {
    List<String> names = options.as(GivenSettings.class).getFormerPipelines();
    String ledger = RunPlan.ledgerTable(options);
    if (names.isEmpty()
        || !TableShape.lookUp(connection, ledger).exists()
        || PipelineNameCheck.hasDocuments(connection, ledger, options.getPipeline())) {
      return;
    }
    List<String> known = new ArrayList<>();
    for (String name : names) {
      if (PipelineNameCheck.hasDocuments(connection, ledger, name)) {
        known.add(name);
      }
    }
    if (known.size() > 1) {
      throw new StoreException.Configuration(
          "%s has documents of the pipelines %s: choose one with --pipeline=%s, or start another with --pipeline=NAME"
              .formatted(ledger, String.join(" and ", known), known.get(0)));
    }
    if (!known.isEmpty()) {
      options.setPipeline(known.get(0));
      LOG.info(
          "continues the pipeline \"{}\", which an earlier version named after a runner's file; set"
              + " --pipeline={} to choose its name",
          known.get(0),
          known.get(0));
    }
  }
}
