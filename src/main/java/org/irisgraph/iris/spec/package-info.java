/**
 * Says what is written and how: tables with their columns and keys ({@link
 * org.irisgraph.iris.spec.TableWrite}), the outcome of each element, the modes of statements and
 * transactions, the treatment of bad, foreign and long values, and the row that a database refused.
 * Opens no connection.
 */
@NullMarked
package org.irisgraph.iris.spec;

import org.jspecify.annotations.NullMarked;
