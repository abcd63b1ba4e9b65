package org.irisgraph.export;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.base.Causes;
import org.irisgraph.files.AtomicFile;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.LocalTransaction;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.StreamedRows;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TablePrivileges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the linked graph to files, row by row, so that memory does not depend on its size. The
 * files get their names when all of them are complete.
 */
public final class GraphExport {

  private static final Logger LOG = LoggerFactory.getLogger(GraphExport.class);

  private static final Duration LOG_EVERY = Duration.ofSeconds(5);

  private final ExportFormat format;
  private final Path directory;
  private final boolean withDocuments;
  private final Dialect dialect;
  private final LinkedTables tables;
  private final StoredGraph graph;

  /**
   * An export.
   *
   * @param directory is created if it is missing
   * @param withDocuments whether to write documents and their edges to the nodes that they mention
   */
  public GraphExport(
      ExportFormat format,
      Path directory,
      boolean withDocuments,
      LinkedTables tables,
      Dialect dialect) {
    this.format = format;
    this.directory = directory;
    this.withDocuments = withDocuments;
    this.tables = tables;
    this.dialect = dialect;
    this.graph = new StoredGraph(tables, dialect);
  }

  /**
   * Checks that the tables of the linked graph exist.
   *
   * @throws StoreException.Configuration if one is missing, or may not be read
   */
  public void requireTables(Connection connection)
      throws SQLException, StoreException.Configuration {
    TablePrivileges.requireReadable(
        connection,
        dialect,
        tables.definitions().stream().map(TableDefinition::table).toList(),
        "no run has linked entities yet; index documents with --linkEntities=nodes first");
  }

  /**
   * Reads the graph in one transaction, which sees one state of it where the database can.
   *
   * @param connection with auto-commit on
   * @throws ExportException if the files cannot be written
   */
  public ExportSummary run(Connection connection) throws SQLException {
    if (dialect.hasSnapshots()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }
    return LocalTransaction.run(connection, this::write);
  }

  private ExportSummary write(Connection connection) throws SQLException {
    try {
      Counts counts = new Counts();
      List<Path> files = format.files(directory);
      ExportDirectory.deleteUnfinished(directory);
      write(connection, files, new ArrayList<>(), counts);
      Map<Path, Long> sizes = new LinkedHashMap<>();
      for (Path file : files) {
        sizes.put(file, Files.size(file));
      }
      return counts.summary(sizes);
    } catch (IOException e) {
      Throwable root = Causes.root(e);
      throw new ExportException(
          "cannot write to \"%s\", the export is not complete: %s"
              .formatted(directory, root.getMessage() == null ? root : root.getMessage()),
          e);
    }
  }

  /** Opens the files one within another, so that none gets its name before all are written. */
  private void write(Connection connection, List<Path> files, List<Writer> open, Counts counts)
      throws IOException, SQLException {
    if (files.isEmpty()) {
      write(connection, open, counts);
      return;
    }
    AtomicFile.<SQLException>write(
        files.get(0),
        writer -> {
          open.add(writer);
          write(connection, files.subList(1, files.size()), open, counts);
          return true;
        });
  }

  private void write(Connection connection, List<Writer> writers, Counts counts)
      throws IOException, SQLException {
    GraphFiles files = format.open(writers);
    Counted counted = new Counted(files, counts);
    graph.readNodes(connection, counted);
    graph.readEdges(connection, counted);
    if (withDocuments) {
      graph.readDocuments(connection, counted);
    }
    files.end();
    for (Writer writer : writers) {
      writer.flush();
    }
    counts.replacedCharacters = files.replacedCharacters();
  }

  /** What has been written. */
  private static final class Counts {
    private long nodes;
    private long edges;
    private long documents;
    private long mentions;
    private long danglingRows;
    private long replacedCharacters;

    private ExportSummary summary(Map<Path, Long> sizes) {
      return new ExportSummary(
          nodes, edges, documents, mentions, danglingRows, replacedCharacters, sizes);
    }
  }

  /** Writes, counts and logs the counts every few seconds. */
  private static final class Counted implements StoredGraph.Consumer {
    private final GraphFiles files;
    private final Counts counts;
    private long lastLog = System.nanoTime();
    private int sinceLookAtTime;

    private Counted(GraphFiles files, Counts counts) {
      this.files = files;
      this.counts = counts;
    }

    @Override
    public void node(ExportedNode node) throws IOException {
      files.node(node);
      if (node.isDocument()) {
        counts.documents++;
      } else {
        counts.nodes++;
      }
      logProgress();
    }

    @Override
    public void edge(ExportedEdge edge) throws IOException {
      files.edge(edge);
      if (edge.mentions() == null) {
        counts.edges++;
      } else {
        counts.mentions++;
      }
      logProgress();
    }

    @Override
    public void danglingRow() {
      counts.danglingRows++;
    }

    private void logProgress() {
      sinceLookAtTime++;
      if (sinceLookAtTime < StreamedRows.PORTION) {
        return;
      }
      sinceLookAtTime = 0;
      long now = System.nanoTime();
      if (now - lastLog >= LOG_EVERY.toNanos()) {
        lastLog = now;
        LOG.atInfo()
            .addKeyValue("nodes", counts.nodes)
            .addKeyValue("edges", counts.edges)
            .addKeyValue("documents", counts.documents)
            .addKeyValue("mentions", counts.mentions)
            .log("exporting the linked graph");
      }
    }
  }
}
