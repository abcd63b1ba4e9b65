package org.irisgraph.source;

import java.io.Serializable;
import org.irisgraph.document.SourceFile;
import org.irisgraph.graph.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A new or changed file, or a place that cannot be read.
 *
 * @param file the file, or a folder that may contain files
 * @param failure why it cannot be read, or null
 */
record FileChange(SourceFile file, @Nullable Failure failure) implements Serializable {}
