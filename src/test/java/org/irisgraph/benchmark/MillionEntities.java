package org.irisgraph.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.NodeKeys;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;

/**
 * Fills empty tables with a linked graph as a run leaves it, but by inserts alone: documents of
 * five sentences, each with four names, whose frequencies follow Zipf's law. The most frequent name
 * is in most documents.
 */
final class MillionEntities {

  static final int DOCUMENTS = 50_000;
  private static final int ENTITIES_OF_DOCUMENT = 20;
  private static final int ENTITIES_OF_SENTENCE = 4;
  private static final int NAMES = 200_000;
  private static final int BATCH = 5_000;
  private static final long STARTED = 1_700_000_000_000L;
  private static final String[] TYPES = {"DISEASE", "DRUG", "GENE", "PERSON", "PLACE"};
  private static final String[] SYLLABLES = {
    "ba", "co", "di", "fu", "ge", "hi", "ka", "lo", "mi", "nu", "pe", "ri", "so", "ta", "vu", "xe"
  };

  private final Connection connection;
  private final Map<String, Inserts> inserts = new HashMap<>();
  private final GraphTables tables;
  private final LinkedTables linked;
  private final EvidenceTables evidence;
  private final Random random = new Random(1);
  private final double[] cumulative = new double[NAMES];
  private final int[] documentsOfName = new int[NAMES];

  private int documents;

  /** Documents by edge: source, target and whether it is stated. */
  private final Map<Long, Integer> documentsOfEdge = new HashMap<>();

  MillionEntities(Connection connection, GraphTables tables, String ledgerSchema) {
    this.connection = connection;
    this.tables = tables;
    this.linked = new LinkedTables(ledgerSchema);
    this.evidence = new EvidenceTables(ledgerSchema);
    double sum = 0;
    for (int i = 0; i < NAMES; i++) {
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
  }

  /** A name of rank 0, the most frequent, to {@value #NAMES}. */
  static String name(int rank) {
    StringBuilder name = new StringBuilder();
    // Multiplied by an odd number, so that neighbours in rank are none in the alphabet.
    int rest = (rank * 0x9E3779B1) >>> 4;
    for (int i = 0; i < 7; i++) {
      name.append(SYLLABLES[rest & 15]);
      rest >>>= 4;
    }
    return name.toString();
  }

  private static String type(int rank) {
    return TYPES[rank % TYPES.length];
  }

  private static String key(int rank) {
    return NodeKeys.ofName(type(rank), name(rank)).key();
  }

  void insert() throws SQLException {
    connection.setAutoCommit(false);
    for (int i = 0; i < DOCUMENTS; i++) {
      document("document-%06d".formatted(i));
    }
    for (int rank = 0; rank < NAMES; rank++) {
      if (documentsOfName[rank] > 0) {
        long documents = documentsOfName[rank];
        into(
            linked.nodes(),
            "node_key, node_name, node_type, documents, mentions",
            List.of(key(rank), name(rank), type(rank), documents, documents));
      }
    }
    for (Map.Entry<Long, Integer> counted : documentsOfEdge.entrySet()) {
      long pair = counted.getKey() >>> 1;
      String source = key((int) (pair / NAMES));
      String target = key((int) (pair % NAMES));
      String type = edgeType(counted.getKey() & 1);
      into(
          linked.edges(),
          "edge_key, source_node, target_node, edge_type, documents, statements, confidence",
          List.of(
              LinkedTables.edgeKey(source, target, type),
              source,
              target,
              type,
              (long) counted.getValue(),
              (long) counted.getValue(),
              0.9));
    }
    for (Inserts table : inserts.values()) {
      table.close();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static String edgeType(long isStated) {
    return isStated == 1 ? "causes" : "co_occurs_with";
  }

  private void document(String document) throws SQLException {
    List<Integer> names = new ArrayList<>(drawn());
    Collections.shuffle(names, random);
    StringBuilder text = new StringBuilder();
    List<int[]> places = new ArrayList<>();
    for (int first = 0; first < names.size(); first += ENTITIES_OF_SENTENCE) {
      int sentence = text.length();
      text.append("Here");
      for (int i = first; i < first + ENTITIES_OF_SENTENCE; i++) {
        text.append(" a case of ");
        places.add(new int[] {text.length(), sentence, 0});
        text.append(name(names.get(i)));
      }
      text.append(" was seen.");
      for (int i = first; i < first + ENTITIES_OF_SENTENCE; i++) {
        places.get(i)[2] = text.length();
      }
      text.append(' ');
    }
    into(
        tables.documents(),
        "doc_id, text_content, metadata",
        List.of(document, text.toString(), "{\"title\":\"Title of " + document + "\"}"));
    Timestamp time = new Timestamp(STARTED + 12L * documents++);
    into(
        tables.documents().replace("SourceDocuments", "DocumentLedger"),
        "ledger_key, place_key, pipeline, document_id, source, outcome, stale, document_rows,"
            + " entity_rows, relationship_rows, extraction_millis, storage_millis, run_id,"
            + " seen_run_id, written_at, seen_at",
        List.of(
            document, document, "million", document, "input", "indexed", 0, 1, 20, 30, 2.0, 1.0,
            "r", "r", time, time));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int rank = names.get(i);
      documentsOfName[rank]++;
      String id = GraphIds.entity(document, type(rank), name(rank));
      ids.add(id);
      into(
          tables.entities(),
          "entity_id, entity_name, entity_type, description, confidence, source_doc_id",
          List.of(id, name(rank), type(rank), "found by a dictionary", 0.9, document));
      into(
          linked.entityNodes(),
          "entity_id, node_key, document_id, mentions",
          List.of(id, key(rank), document, 1));
      int[] place = places.get(i);
      into(
          evidence.mentions(),
          "mention_key, entity_id, document_id, mention_start, mention_end, sentence_start,"
              + " sentence_end, earlier_in_sentence",
          List.of(
              id + ".0",
              id,
              document,
              place[0],
              place[0] + name(rank).length(),
              place[1],
              place[2],
              0));
    }
    for (int i = 0; i < names.size(); i++) {
      int end = (i / ENTITIES_OF_SENTENCE + 1) * ENTITIES_OF_SENTENCE;
      for (int j = i + 1; j < end; j++) {
        int stated = random.nextInt(15) == 0 ? 1 : 0;
        String relationship =
            GraphIds.relationship(document, ids.get(i), ids.get(j), edgeType(stated));
        into(
            tables.relationships(),
            "relationship_id, source_entity_id, target_entity_id, relationship_type, weight,"
                + " confidence, source_document",
            List.of(relationship, ids.get(i), ids.get(j), edgeType(stated), 1.0, 0.9, document));
        if (stated == 1) {
          into(
              evidence.statements(),
              "evidence_key, relationship_id, document_id, sentence_start, sentence_end",
              List.of(
                  relationship + ".0", relationship, document, places.get(i)[1], places.get(i)[2]));
        }
        long source = names.get(i);
        long target = names.get(j);
        if (stated == 0 && source > target) {
          long swap = source;
          source = target;
          target = swap;
        }
        documentsOfEdge.merge(((source * NAMES + target) << 1) | stated, 1, Integer::sum);
      }
    }
  }

  private Set<Integer> drawn() {
    Set<Integer> names = new LinkedHashSet<>();
    while (names.size() < ENTITIES_OF_DOCUMENT) {
      double drawn = random.nextDouble() * cumulative[NAMES - 1];
      int low = 0;
      int high = NAMES - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (cumulative[middle] < drawn) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      names.add(low);
    }
    return names;
  }

  private void into(String table, String columns, List<Object> values) throws SQLException {
    Inserts into = inserts.get(table);
    if (into == null) {
      into =
          new Inserts(
              connection.prepareStatement(
                  "INSERT INTO %s (%s) VALUES (%s)"
                      .formatted(
                          table,
                          columns,
                          String.join(", ", Collections.nCopies(values.size(), "?")))));
      inserts.put(table, into);
    }
    into.add(values);
  }

  /** The batches of one table. */
  private static final class Inserts {
    private final PreparedStatement statement;
    private int waiting;

    private Inserts(PreparedStatement statement) {
      this.statement = statement;
    }

    private void add(List<Object> values) throws SQLException {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      statement.addBatch();
      if (++waiting == BATCH) {
        statement.executeBatch();
        statement.getConnection().commit();
        waiting = 0;
      }
    }

    private void close() throws SQLException {
      statement.executeBatch();
      statement.close();
    }
  }
}
