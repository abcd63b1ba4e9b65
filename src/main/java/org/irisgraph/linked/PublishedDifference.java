package org.irisgraph.linked;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Row;
import org.irisgraph.linked.PublishedChanges.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is to be done so that some nodes, documents and edges are published as they should be.
 * A row that others have stored is left as it is, and a node to which others refer stays.
 */
final class PublishedDifference {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedDifference.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection connection;
  private final PublishedTables tables;
  private final PublishedRecord.Table records;
  private final String publisher;

  private final PublishedChanges.Builder changes = new PublishedChanges.Builder();
  private final Map<String, PublishedRecord> known;
  private final Map<String, PublishedSubject> subjects = new LinkedHashMap<>();
  private final Map<List<String>, String> rightEdges = new LinkedHashMap<>();
  private final Map<List<String>, @Nullable String> storedEdges = new LinkedHashMap<>();
  private final Set<List<String>> deletedEdges = new HashSet<>();
  private long tooLong;

  PublishedDifference(
      Connection connection,
      PublishedTables tables,
      PublishedRecord.Table records,
      Dialect dialect,
      String publisher) {
    this.connection = connection;
    this.tables = tables;
    this.records = records;
    this.publisher = publisher;
    this.known = new TreeMap<>(dialect.keyOrder());
  }

  /** Finds under which ids nodes are known, where the database takes others for equal. */
  void look(Collection<String> ids) throws SQLException {
    known.putAll(records.select(connection, ids));
  }

  String id(String key) {
    PublishedRecord record = known.get(key);
    return record == null ? key : record.nodeId();
  }

  void add(PublishedSubject subject) {
    subjects.put(subject.id(), subject);
  }

  /** An edge that should be there, by keys of nodes that were looked up. */
  void addEdge(
      String source, String type, String target, double confidence, long weight, long documents) {
    rightEdges.put(
        List.of(id(source), type, id(target)),
        "{\"confidence\":%s,\"weight\":%s,\"documents\":%s,\"publisher\":\"%s\"}"
            .formatted(Math.round(1000 * confidence), weight, documents, publisher));
  }

  void addEdges(Collection<Row> edges) {
    for (Row edge : edges) {
      // Key, source, target, type, documents, statements, confidence.
      addEdge(
          edge.text(1),
          edge.text(3),
          edge.text(2),
          (Double) Objects.requireNonNull(edge.get(6)),
          edge.number(5),
          edge.number(4));
    }
  }

  /** Edges whose ends are among these keys are there only if they were added. */
  void compareEdges(Map<String, ? extends Collection<String>> keysOfEnds) throws SQLException {
    Map<String, List<String>> among = new LinkedHashMap<>();
    keysOfEnds.forEach((end, keys) -> among.put(end, keys.stream().map(this::id).toList()));
    storedEdges.putAll(tables.edges().select(connection, among));
  }

  PublishedChanges changes() throws SQLException {
    Map<String, Map<String, @Nullable String>> stored =
        tables.stored(connection, subjects.values());
    PublishedVectors.Stored vectors = tables.vectors().stored(connection, subjects.keySet());
    Set<String> inserted = new HashSet<>();
    List<PublishedSubject> gone = new ArrayList<>();
    Map<String, Set<String>> rows = new HashMap<>();
    for (PublishedSubject subject : subjects.values()) {
      Map<String, @Nullable String> ofSubject = stored.getOrDefault(subject.id(), Map.of());
      Set<String> ours = ours(subject);
      Set<String> right = correct(subject, ofSubject, ours);
      rows.put(subject.id(), right);
      if (right.contains(PublishedSubject.NODE)) {
        inserted.add(subject.id());
      }
      if (ours.contains(PublishedSubject.NODE) && !right.contains(PublishedSubject.NODE)) {
        gone.add(subject);
      }
    }
    correctEdges(inserted, gone.stream().map(PublishedSubject::id).toList());
    subjects.values().forEach(subject -> vectors.deleteUnlessOf(subject, changes));
    for (PublishedSubject kept : deleteNodes(gone, stored, vectors)) {
      rows.computeIfAbsent(kept.id(), id -> new TreeSet<>()).add(PublishedSubject.NODE);
    }
    for (PublishedSubject subject : subjects.values()) {
      record(subject, rows.getOrDefault(subject.id(), Set.of()));
    }
    if (tooLong > 0) {
      LOG.warn(
          "{} rows are not published: their keys are too long for the columns or indexes", tooLong);
    }
    return changes.build();
  }

  private Set<String> ours(PublishedSubject subject) {
    PublishedRecord record = known.get(subject.id());
    return record == null ? Set.of() : record.rows();
  }

  /** Corrects the rows of a subject but for the deletion of its node; returns which are ours. */
  private Set<String> correct(
      PublishedSubject subject, Map<String, @Nullable String> stored, Set<String> ours) {
    Set<String> right = new TreeSet<>();
    subject
        .rows()
        .forEach(
            (row, value) -> {
              if (row.equals(PublishedSubject.TEXT) && !tables.texts().exists()) {
                return;
              }
              if (!tables.holds(subject, row)) {
                tooLong++;
                return;
              }
              boolean exists = stored.containsKey(row);
              if (exists && !ours.contains(row)) {
                return;
              }
              right.add(row);
              String fitting = tables.fitting(row, value);
              if (exists && !Objects.equals(fitting, stored.get(row))) {
                changes.add(Stage.WRITE, tables.update(subject, row, fitting));
              } else if (!exists && row.equals(PublishedSubject.NODE)) {
                changes.add(Stage.WRITE_NODE, tables.insert(subject, row, null));
              } else if (!exists) {
                changes.add(Stage.WRITE, tables.insert(subject, row, fitting));
              }
            });
    for (String row : ours) {
      if (!right.contains(row) && !row.equals(PublishedSubject.NODE) && stored.containsKey(row)) {
        changes.add(Stage.DELETE, tables.delete(subject, row));
      }
    }
    return right;
  }

  /** An edge is stored once its nodes are: those of changes that are waiting come later. */
  private void correctEdges(Set<String> inserted, Collection<String> gone) throws SQLException {
    Set<String> ends = new TreeSet<>();
    rightEdges.keySet().forEach(edge -> ends.addAll(List.of(edge.get(0), edge.get(2))));
    ends.removeAll(inserted);
    Set<String> nodes = new HashSet<>(inserted);
    tables
        .nodes()
        .select(connection, Map.of("node_id", ends))
        .keySet()
        .forEach(key -> nodes.add(key.get(0)));
    gone.forEach(nodes::remove);
    rightEdges.forEach(
        (edge, qualifiers) -> {
          if (!nodes.contains(edge.get(0)) || !nodes.contains(edge.get(2))) {
            return;
          }
          if (!tables.edges().fits(edge)) {
            tooLong++;
          } else if (!storedEdges.containsKey(edge)) {
            changes.add(Stage.WRITE, tables.edges().insert(edge, qualifiers));
          } else if (isOurs(storedEdges.get(edge))
              && !json(qualifiers).equals(json(storedEdges.get(edge)))) {
            changes.add(Stage.WRITE, tables.edges().update(edge, qualifiers));
          }
        });
    storedEdges.forEach(
        (edge, qualifiers) -> {
          if (!rightEdges.containsKey(edge) && isOurs(qualifiers)) {
            changes.add(Stage.DELETE, tables.edges().delete(edge));
            deletedEdges.add(edge);
          }
        });
  }

  private boolean isOurs(@Nullable String qualifiers) {
    return publisher.equals(json(qualifiers).path("publisher").textValue());
  }

  private static JsonNode json(@Nullable String text) {
    try {
      return JSON.readTree(text == null ? "" : text);
    } catch (JsonProcessingException e) {
      return JSON.nullNode();
    }
  }

  /** Deletes nodes unless rows of others refer to them; returns those that stay. */
  private List<PublishedSubject> deleteNodes(
      List<PublishedSubject> gone,
      Map<String, Map<String, @Nullable String>> stored,
      PublishedVectors.Stored vectors)
      throws SQLException {
    List<PublishedSubject> kept = new ArrayList<>();
    List<String> ids = gone.stream().map(PublishedSubject::id).toList();
    Set<String> referred = new HashSet<>();
    for (List<String> edge : tables.edgesOf(connection, ids)) {
      if (!deletedEdges.contains(edge)) {
        referred.addAll(List.of(edge.get(0), edge.get(2)));
      }
    }
    for (PublishedSubject subject : gone) {
      Set<String> others =
          new LinkedHashSet<>(stored.getOrDefault(subject.id(), Map.of()).keySet());
      boolean exists = others.contains(PublishedSubject.NODE);
      others.removeAll(ours(subject));
      // A text refers to no node.
      others.remove(PublishedSubject.TEXT);
      if (exists
          && (referred.contains(subject.id())
              || vectors.areOfOthers(subject.id())
              || !others.isEmpty())) {
        kept.add(subject);
      } else if (exists) {
        changes.add(Stage.DELETE_NODE, tables.delete(subject, PublishedSubject.NODE));
      }
    }
    return kept;
  }

  /** Records what is ours: first with what is to be deleted, and without that in the end. */
  private void record(PublishedSubject subject, Set<String> right) {
    PublishedRecord before = known.get(subject.id());
    Set<String> meanwhile = new TreeSet<>(ours(subject));
    meanwhile.addAll(right);
    boolean isGone = right.isEmpty() && subject.rows().isEmpty();
    if (!isGone && (before == null || !before.rows().equals(meanwhile))) {
      changes.add(
          Stage.RECORD,
          records.write(new PublishedRecord(subject.id(), subject.document(), meanwhile)));
    }
    if (isGone && before != null) {
      changes.add(Stage.FORGET, records.delete(before));
    } else if (!isGone && !right.equals(meanwhile)) {
      changes.add(
          Stage.FORGET,
          records.write(new PublishedRecord(subject.id(), subject.document(), right)));
    }
  }
}
