/**
 * Stores batches of elements: one transaction for many elements, the search for the bad rows of a
 * batch that the database refuses, retries after lost connections, and the deletion of rows that an
 * element no longer has. {@link org.irisgraph.iris.batch.BatchWriter} is the entry. Of Beam it uses
 * the serializable functions alone.
 */
@NullMarked
package org.irisgraph.iris.batch;

import org.jspecify.annotations.NullMarked;
