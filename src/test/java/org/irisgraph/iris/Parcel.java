package org.irisgraph.iris;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.irisgraph.iris.spec.RowRule;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.Row;

/** A small element for the sink's tests: a document row, items that belong to it, and links. */
public record Parcel(String id, String note, List<Item> items, List<Link> links)
    implements Serializable {

  /** One whose name begins with "bad" is refused by every database. */
  public record Item(String id, String name) implements Serializable {

    int amount() {
      return name != null && name.startsWith("bad") ? Short.MAX_VALUE + 1 : 1;
    }
  }

  record Link(String id, String from, String to) implements Serializable {}

  public static Parcel of(String id, Item... items) {
    return new Parcel(id, "note of " + id, List.of(items), List.of());
  }

  /** A parcel with this many items, linked in a chain. */
  public static Parcel chain(String id, int count) {
    List<Item> items = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new Item(id + "-" + i, "item " + i));
      if (i > 0) {
        links.add(new Link(id + "-link-" + i, id + "-" + (i - 1), id + "-" + i));
      }
    }
    return new Parcel(id, "note of " + id, items, links);
  }

  public static String[] schemaAndTables() {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE SCHEMA T");
    statements.addAll(List.of(tables()));
    return statements.toArray(String[]::new);
  }

  /**
   * With foreign keys, and a number that can be overrun behind the sink's own checks; a CHECK would
   * be no use, since IRIS parses it and does nothing.
   */
  static String[] tables() {
    return new String[] {
      "CREATE TABLE T.Parcels (id VARCHAR(50) PRIMARY KEY, note VARCHAR(100))",
      "CREATE TABLE T.Items (id VARCHAR(50) PRIMARY KEY, name VARCHAR(20) NOT NULL,"
          + " amount SMALLINT, parcel VARCHAR(50), FOREIGN KEY (parcel) REFERENCES T.Parcels(id))",
      "CREATE TABLE T.Links (id VARCHAR(50) PRIMARY KEY, source VARCHAR(50), target VARCHAR(50),"
          + " FOREIGN KEY (source) REFERENCES T.Items(id),"
          + " FOREIGN KEY (target) REFERENCES T.Items(id))"
    };
  }

  public static List<TableWrite<Parcel>> writes() {
    return writes("T");
  }

  /** The same in a schema of another name. */
  static List<TableWrite<Parcel>> writes(String schema) {
    return List.of(
        TableWrite.<Parcel>into(schema + ".Parcels")
            .withColumns("id", "note")
            .withKey("id")
            .withOwner("id")
            .withRows(parcel -> List.of(Row.of(parcel.id(), parcel.note()))),
        TableWrite.<Parcel>into(schema + ".Items")
            .withColumns("id", "name", "amount", "parcel")
            .withKey("id")
            .withOwner("parcel")
            .withReference("parcel", schema + ".Parcels")
            .withRule(
                row ->
                    row.get(1) != null && ((String) row.get(1)).isBlank()
                        ? Optional.of(new RowRule.Violation("BLANK", "name is blank"))
                        : Optional.empty())
            .withRows(
                parcel ->
                    parcel.items().stream()
                        .map(item -> Row.of(item.id(), item.name(), item.amount(), parcel.id()))
                        .toList()),
        TableWrite.<Parcel>into(schema + ".Links")
            .withColumns("id", "source", "target")
            .withKey("id")
            .withOwnerThrough("source", schema + ".Items", "id", "parcel")
            .withReference("source", schema + ".Items")
            .withReference("target", schema + ".Items")
            .withRows(
                parcel ->
                    parcel.links().stream()
                        .map(link -> Row.of(link.id(), link.from(), link.to()))
                        .toList()));
  }
}
