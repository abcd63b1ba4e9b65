/**
 * Documents that stand in a database already: a table, or a query, is cut into ranges of its key,
 * which workers read side by side.
 */
package org.irisgraph.table;
