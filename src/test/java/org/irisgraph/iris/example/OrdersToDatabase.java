package org.irisgraph.iris.example;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.irisgraph.iris.IrisIO;
import org.irisgraph.iris.WriteResult;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Row;

/** Stores each order with its items in one transaction. */
public final class OrdersToDatabase {

  /** An item of an order. */
  public record Item(int line, String product) implements Serializable {}

  /** An order. */
  public record Order(String id, String customer, List<Item> items) implements Serializable {}

  private OrdersToDatabase() {}

  /** Writes orders; the order of the tables is that of their foreign keys. */
  public static WriteResult<Order> write(PCollection<Order> orders, ConnectionSettings connection) {
    TableWrite<Order> order =
        TableWrite.<Order>into("SQLUSER.Orders")
            .withColumns("id", "customer")
            .withKey("id")
            .withRows(o -> List.of(Row.of(o.id(), o.customer())));
    TableWrite<Order> items =
        TableWrite.<Order>into("SQLUSER.Items")
            .withColumns("order_id", "line", "product")
            .withKey("order_id", "line")
            .withReference("order_id", "SQLUSER.Orders")
            .withRows(
                o ->
                    o.items().stream()
                        .map(item -> Row.of(o.id(), item.line(), item.product()))
                        .toList());
    return orders.apply(
        IrisIO.<Order>write()
            .withConnection(connection)
            .withTables(List.of(order, items))
            .withElementKey(Order::id));
  }
}
