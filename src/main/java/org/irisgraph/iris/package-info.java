/**
 * Writes the elements of any pipeline to the tables of a database (InterSystems IRIS, PostgreSQL or
 * H2) with {@link org.irisgraph.iris.IrisIO}: several tables in one transaction, in large
 * idempotent batches. The tables must exist; columns and lengths are looked up, and rows that do
 * not fit are rejected one by one.
 *
 * <p>{@code Row} is {@link org.irisgraph.jdbc.Row} here, not Beam's.
 *
 * <pre>{@code
 * record Person(String id, String name) implements Serializable {}
 *
 * ConnectionSettings connection =
 *     new ConnectionSettings(
 *         "jdbc:IRIS://localhost:1972/USER",
 *         "_SYSTEM",
 *         PasswordReference.of("env:IRIS_PASSWORD"),
 *         Map.of(),
 *         4);
 * TableWrite<Person> people =
 *     TableWrite.<Person>into("SQLUSER.People")
 *         .withColumns("id", "name")
 *         .withKey("id")
 *         .withRows(person -> List.of(Row.of(person.id(), person.name())));
 * WriteResult<Person> result =
 *     persons.apply(
 *         IrisIO.<Person>write()
 *             .withConnection(connection)
 *             .withTables(List.of(people))
 *             .withElementKey(Person::id));
 * PCollection<RejectedRow> rejected = result.rejected();
 * }</pre>
 *
 * <p>Rows of a Beam schema need no description of the table:
 *
 * <pre>{@code
 * rows.apply(IrisIO.writeRows("SQLUSER.People", "id").withConnection(connection));
 * }</pre>
 *
 * <p>An element is in {@code committed()} after the commit of its last transaction; what is not
 * stored is in {@code rejected()} with its reason. A transaction is applied once or not at all, and
 * may be repeated: then the same keys give the same rows. {@code docs/iris-io.md} has a complete
 * pipeline, each option and each error.
 *
 * <p>{@code iris.spec} says what is written and how, {@code iris.batch} stores a batch, this
 * package makes a Beam transform of it. They use only {@code jdbc} and {@code base} of this
 * project.
 */
@NullMarked
package org.irisgraph.iris;

import org.jspecify.annotations.NullMarked;
