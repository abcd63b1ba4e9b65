package org.irisgraph.graphrag;

import java.io.Serializable;
import org.irisgraph.jdbc.VectorColumn;
import org.jspecify.annotations.Nullable;

/**
 * The columns for the vectors of a run.
 *
 * @param texts of documents and passages
 * @param entities of the names of entities; null if the table has none
 * @param relationships of what they say; null if the table has none
 */
public record GraphVectors(
    VectorColumn texts, @Nullable VectorColumn entities, @Nullable VectorColumn relationships)
    implements Serializable {}
