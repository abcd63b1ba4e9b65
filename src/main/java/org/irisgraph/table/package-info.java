/** Reads documents from a table or a query, in ranges of its key that workers read in parallel. */
@NullMarked
package org.irisgraph.table;

import org.jspecify.annotations.NullMarked;
