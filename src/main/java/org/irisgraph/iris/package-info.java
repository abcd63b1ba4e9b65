/**
 * {@link org.irisgraph.iris.IrisIO}: writes the elements of any pipeline into the tables of a
 * database (InterSystems IRIS, PostgreSQL or H2), several tables in one transaction, in large
 * batches that lose nothing and may be written again. The tables must exist; columns and lengths
 * are looked up, and what does not fit is rejected row by row.
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
 * <p>Depends on nothing else of the project.
 */
package org.irisgraph.iris;
